/* Prints the golden values: everything that NC-1 fixes, computed from src/Compute/README.md alone. */
#include <inttypes.h>
#include <stdio.h>

#include "elementary.h"
#include "ieee.h"
#include "images.h"
#include "random.h"
#include "recipes.h"
#include "sha256.h"
#include "training.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

typedef double Function(double);

static const struct { const char *name; Function *of; } functions[] = {
    { "exp", nc1_exp }, { "ln", nc1_ln }, { "log1p", nc1_log1p },
    { "tanh", nc1_tanh }, { "sigmoid", nc1_sigmoid }, { "softplus", nc1_softplus },
};

/* No bit of a NaN is ever compared. */
static uint32_t comparable(float x) { return x != x ? UINT32_C(0x7fc00000) : float_bits(x); }

static void known_blocks(void)
{
    static const uint32_t inputs[3][6] = {   /* counter, key */
        { 0, 0, 0, 0, 0, 0 },
        { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
        { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0 },
    };
    for (int i = 0; i < COUNT(inputs); i++) {
        uint32_t c[4] = { inputs[i][0], inputs[i][1], inputs[i][2], inputs[i][3] };
        philox(c, inputs[i][4], inputs[i][5]);
        printf("%08x %08x %08x %08x\n", c[0], c[1], c[2], c[3]);
    }
}

static void draws(uint64_t seed, const char *purpose, uint32_t epoch, uint32_t step)
{
    enum { SHOWN = 6, NORMALS = 10001, ITEMS = 1000 };
    Stream source = stream(seed, purpose, epoch, step);
    printf("seed %016" PRIx64 " purpose %s epoch %u step %u\n", seed, purpose, epoch, step);
    printf("uniform ");
    for (uint64_t e = 0; e < SHOWN; e++)
        printf(" %08x", float_bits(uniform(&source, e)));
    printf("\nnormal  ");
    for (uint64_t e = 0; e < SHOWN; e++)
        printf(" %08x", float_bits(normal(&source, e)));

    Sha256 sha;
    sha256_start(&sha);
    for (uint64_t e = 0; e < NORMALS; e++)
        sha256_float(&sha, normal(&source, e));
    printf("\nnormals  ");
    sha256_print(&sha);

    Stream first_step = stream(seed, purpose, epoch, 0);
    int32_t items[ITEMS];
    shuffle(&first_step, items, ITEMS);
    sha256_start(&sha);
    for (int i = 0; i < ITEMS; i++)
        sha256_u32(&sha, (uint32_t)items[i]);
    printf("shuffled ");
    sha256_print(&sha);
}

/* Random terms; half of the products have up to 26 digits, so that now and then a far smaller third term decides a tie. */
static void fused_multiply_adds(void)
{
    enum { TRIPLES = 100000 };
    Stream source = stream(1, "reference/fused", 0, 0);
    Sha256 sha;
    sha256_start(&sha);
    for (uint64_t i = 0; i < TRIPLES; i++) {
        uint32_t w[4];
        for (uint64_t j = 0; j < 4; j++)
            w[j] = word(&source, 4 * i + j);
        uint32_t signs_and_digits = w[3] & 1 ? 0x807ff800 : 0x807fffff;
        uint32_t ea = w[3] >> 8 & 127, eb = w[3] >> 16 & 127, lift = w[3] >> 24 & 127;
        uint32_t ec = ea + eb + lift < 122 ? 0 : (ea + eb + lift - 122) % 255;   /* the product's is about ea + eb − 32 */
        float a = float_from_bits((w[0] & signs_and_digits) | ea << 23);
        float b = float_from_bits((w[1] & signs_and_digits) | (eb + 95) << 23);
        float c = float_from_bits((w[2] & 0x807fffff) | ec << 23);
        sha256_u32(&sha, comparable(fused(a, b, c)));
    }
    sha256_print(&sha);
}

static void table_of_functions(void)
{
    static const uint32_t inputs[] = {
        0x00000000, 0x80000000, 0x00000001, 0x3727c5ac, 0xb727c5ac, 0x3e99999a, 0xbe99999a, 0x3f800000, 0xbf800000,
        0x3fc00000, 0xc0300000, 0x41200000, 0xc1a00000, 0x42b16666, 0xc2ce0000, 0x7f61b1e6, 0x7f800000, 0xff800000,
    };
    for (int i = 0; i < COUNT(inputs); i++) {
        printf("%08x", inputs[i]);
        for (int f = 0; f < COUNT(functions); f++) {
            float y = (float)functions[f].of(float_from_bits(inputs[i]));
            if (y != y)
                printf(" nan     ");
            else
                printf(" %08x", float_bits(y));
        }
        printf("\n");
    }
}

/* Every 16381st of all floats, ascending by pattern; 2¹⁶ places of one turn. */
static void sweep_of_functions(void)
{
    Sha256 sha;
    for (int f = 0; f < COUNT(functions); f++) {
        sha256_start(&sha);
        for (uint64_t n = 0; n <= UINT32_MAX; n += 16381)
            sha256_u32(&sha, comparable((float)functions[f].of(float_from_bits((uint32_t)n))));
        printf("%-9s ", functions[f].name);
        sha256_print(&sha);
    }
    sha256_start(&sha);
    for (int i = 0; i < 1 << 16; i++) {
        double sine, cosine;
        nc1_sincos2pi(i * 0x1p-16 + 0x1p-24, &sine, &cosine);
        sha256_double(&sha, sine);
        sha256_double(&sha, cosine);
    }
    printf("sincos2pi ");
    sha256_print(&sha);
}

static void schedules(void)
{
    enum { EPOCHS = 8 };
    static const struct { const char *name; Recipe of; } shapes[] = {
        { "constant", { .step_size = { CONSTANT, .rate = 0.1 } } },
        { "step", { .step_size = { STEP, .rate = 0.1, .gamma = 0.7, .step_size = 3 } } },
        { "multistep", { .step_size = { MULTISTEP, .rate = 0.1, .gamma = 0.7, .milestones = { 2, 5, 6 } } } },
        { "exponential", { .step_size = { EXPONENTIAL, .rate = 0.1, .gamma = 0.7 } } },
        { "warmup", { .step_size = { WARMUP, .rate = 0.1, .warmup_epochs = 3 } } },
        { "cosine", { .step_size = { COSINE, .rate = 0.1, .min_rate = 0.01, .warmup_epochs = 3 }, .epochs = EPOCHS } },
    };
    for (int i = 0; i < COUNT(shapes); i++) {
        printf("%-11s", shapes[i].name);
        for (int epoch = 1; epoch <= EPOCHS; epoch++)
            printf(" %016" PRIx64, bits(step_size(&shapes[i].of, epoch)));
        printf("\n");
    }
    static const Recipe rising = { .kl_weight = 0.7, .kl_warmup_epochs = 6 };
    printf("%-11s", "kl weight");
    for (int epoch = 1; epoch <= EPOCHS; epoch++)
        printf(" %016" PRIx64, bits(kl_weight(&rising, epoch)));
    printf("\n");
}

static void images(void)
{
    static const struct { Split split; const char *label; int count; } splits[] = {
        { TRAINING, "training pixels       ", TRAINING_IMAGES }, { VALIDATION, "validation pixels     ", VALIDATION_IMAGES },
    };
    for (int s = 0; s < COUNT(splits); s++) {
        Sha256 sha;
        sha256_start(&sha);
        for (int image = 0; image < splits[s].count; image++) {
            uint8_t bytes[PIXELS];
            image_bytes(splits[s].split, image, bytes);
            sha256_bytes(&sha, bytes, PIXELS);
        }
        printf("%s", splits[s].label);
        sha256_print(&sha);
    }
}

int main(void)
{
    printf("# philox\n");
    known_blocks();
    printf("# streams\n");
    draws(1, "noise", 1, 1);
    draws(42, "shuffle", 3, 0);
    draws(UINT64_C(0x123456789abcdef0), "init/encoder.0.weight", 0, 0);
    draws(0, "abc", UINT32_MAX, UINT32_MAX);
    printf("# fused multiply-add\n");
    fused_multiply_adds();
    printf("# functions\n");
    table_of_functions();
    printf("# sweeps\n");
    sweep_of_functions();
    printf("# schedules\n");
    schedules();
    printf("# images\n");
    images();
    for (int r = 0; r < RECIPES; r++) {
        printf("# %s\n", recipes[r].name);
        train(&recipes[r].recipe);
    }
    return 0;
}
