#include "images.h"

#include "random.h"

enum { IMAGE_SEED = 1 };   /* the same images for every recipe */

void image_bytes(Split split, int image, uint8_t bytes[PIXELS])
{
    Stream source = stream(IMAGE_SEED, "reference/pixels", 0, split == TRAINING ? 0 : 1);
    for (int j = 0; j < PIXELS; j++) {
        uint32_t w = word(&source, (uint64_t)(image * PIXELS + j));
        bytes[j] = w < UINT32_C(0x80000000) ? 0 : (uint8_t)w;
    }
}

void read_image(const Recipe *recipe, Split split, int image, int epoch, float pixels[PIXELS])
{
    bool redrawn = recipe->binarize == BINARIZE_DYNAMIC && split == TRAINING;
    Stream threshold = stream(
        recipe->seed, split == TRAINING ? "binarize" : "binarize/validation", redrawn ? (uint32_t)epoch : 0, (uint32_t)image);
    uint8_t bytes[PIXELS];
    image_bytes(split, image, bytes);
    for (int j = 0; j < PIXELS; j++) {
        float grey = (float)bytes[j] / 255;
        switch (recipe->binarize) {
        case BINARIZE_NONE: pixels[j] = grey; break;
        case BINARIZE_THRESHOLD: pixels[j] = bytes[j] >= 128; break;
        default: pixels[j] = uniform(&threshold, (uint64_t)j) < grey;
        }
    }
}
