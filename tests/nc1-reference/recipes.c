#include "recipes.h"

const NamedRecipe recipes[RECIPES] = {
    { "reference run", {   /* section 11 */
        .seed = 1, .variational = true, .encoder = { 23 }, .latents = 5, .decoder = { 23 },
        .activation = RELU, .output = SIGMOID, .init = TORCH, .binarize = BINARIZE_NONE,
        .reconstruction = BCE, .reduction = SUM, .kl_weight = 1, .batch_size = 16, .epochs = 4,
        .optimizer = { .rule = ADAM, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8 },
        .step_size = { CONSTANT, .rate = 0.01 } } },
    { "tanh ae", {
        .seed = UINT64_C(0x123456789abcdef0), .encoder = { 19, 17 }, .latents = 3, .decoder = { 18 },
        .activation = TANH, .code = SOFTPLUS, .output = SIGMOID, .init = GLOROT, .binarize = BINARIZE_STATIC,
        .reconstruction = MSE, .reduction = MEAN, .batch_size = 32, .epochs = 4,
        .optimizer = { .rule = ADAMW, .beta1 = 0.8, .beta2 = 0.99, .eps = 1e-6, .weight_decay = 0.05, .gradient_clip = 0.02 },
        .step_size = { COSINE, .rate = 0.02, .min_rate = 0.001, .warmup_epochs = 2 } } },
    { "elu vae", {
        .seed = 7, .variational = true, .encoder = { 20 }, .latents = 4, .decoder = { 16, 21 },
        .activation = ELU, .output = IDENTITY, .init = HE, .binarize = BINARIZE_DYNAMIC,
        .reconstruction = MSE, .reduction = SUM, .kl_weight = 0.5, .kl_warmup_epochs = 3, .batch_size = 20, .epochs = 4,
        .optimizer = { .rule = SGD, .momentum = 0.9, .nesterov = true, .weight_decay = 0.001 },
        .step_size = { EXPONENTIAL, .rate = 0.005, .gamma = 0.7 } } },
    { "softplus vae", {
        .seed = 11, .variational = true, .encoder = { 24 }, .latents = 2, .decoder = { 24 },
        .activation = SOFTPLUS, .output = SIGMOID, .init = TORCH, .binarize = BINARIZE_THRESHOLD,
        .reconstruction = BCE, .reduction = MEAN, .kl_weight = 0.1, .batch_size = 25, .epochs = 4,
        .optimizer = { .rule = RMSPROP, .alpha = 0.95, .eps = 1e-7, .momentum = 0.5, .centered = true, .weight_decay = 0.01 },
        .step_size = { STEP, .rate = 0.004, .gamma = 0.3, .step_size = 2 } } },
    { "leaky ae", {
        .seed = 3, .encoder = { 18 }, .latents = 17, .decoder = { 0 },
        .activation = LEAKY_RELU, .output = SIGMOID, .init = HE, .binarize = BINARIZE_NONE,
        .reconstruction = BCE, .reduction = SUM, .batch_size = 100, .epochs = 3,   /* one short batch is the epoch */
        .optimizer = { .rule = ADAM, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 0.01, .gradient_clip = 1000 },
        .step_size = { WARMUP, .rate = 0.01, .warmup_epochs = 2 } } },
    { "sigmoid vae", {
        .seed = 5, .variational = true, .encoder = { 0 }, .latents = 6, .decoder = { 33 },
        .activation = SIGMOID, .output = IDENTITY, .init = GLOROT, .binarize = BINARIZE_NONE,
        .reconstruction = MSE, .reduction = SUM, .kl_weight = 0, .batch_size = 37, .epochs = 3,
        .optimizer = { .rule = SGD },
        .step_size = { MULTISTEP, .rate = 0.01, .gamma = 0.5, .milestones = { 1, 2 } } } },
    { "wide vae", {   /* wide enough for kernels that skip the zeros of images and of rectified layers */
        .seed = 13, .variational = true, .encoder = { 80, 96 }, .latents = 4, .decoder = { 130 },
        .activation = RELU, .output = SIGMOID, .init = TORCH, .binarize = BINARIZE_NONE,
        .reconstruction = BCE, .reduction = SUM, .kl_weight = 1, .batch_size = 16, .epochs = 4,
        .optimizer = { .rule = ADAM, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8 },
        .step_size = { CONSTANT, .rate = 0.01 } } },
    { "linear ae", {
        .seed = 9, .encoder = { 0 }, .latents = 3, .decoder = { 0 },
        .output = IDENTITY, .init = TORCH, .binarize = BINARIZE_NONE,
        .reconstruction = MSE, .reduction = MEAN, .batch_size = 40, .epochs = 3,
        .optimizer = { .rule = RMSPROP, .alpha = 0.99, .eps = 1e-8 },
        .step_size = { CONSTANT, .rate = 0.01 } } },
};
