/* The reference's images: bytes from a stream, pixels as section 9 makes them. */
#ifndef NC1_IMAGES_H
#define NC1_IMAGES_H

#include "recipe.h"

enum { PIXELS = 5 * 7, TRAINING_IMAGES = 75, VALIDATION_IMAGES = 20 };

typedef enum { TRAINING, VALIDATION } Split;

/* An image as bytes; every other one is zero. */
void image_bytes(Split split, int image, uint8_t bytes[PIXELS]);

/* Pixels of one image as the model sees them in an epoch. */
void read_image(const Recipe *recipe, Split split, int image, int epoch, float pixels[PIXELS]);

#endif
