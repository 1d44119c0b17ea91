/* What a run is: the settings that a reference recipe may choose. Zero means "not used" unless a comment says otherwise. */
#ifndef NC1_RECIPE_H
#define NC1_RECIPE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { IDENTITY, RELU, LEAKY_RELU, ELU, TANH, SIGMOID, SOFTPLUS } Activation;
typedef enum { TORCH, GLOROT, HE } Init;
typedef enum { BCE, MSE } Reconstruction;
typedef enum { SUM, MEAN } Reduction;
typedef enum { BINARIZE_NONE, BINARIZE_THRESHOLD, BINARIZE_STATIC, BINARIZE_DYNAMIC } Binarize;
typedef enum { ADAM, ADAMW, SGD, RMSPROP } Rule;
typedef enum { CONSTANT, STEP, MULTISTEP, EXPONENTIAL, WARMUP, COSINE } Schedule;

enum { MAX_HIDDEN = 3 };

typedef struct {
    uint64_t seed;
    bool variational;
    int encoder[MAX_HIDDEN + 1], latents, decoder[MAX_HIDDEN + 1];   /* widths, ended by 0 */
    Activation activation, code, output;                             /* code: of an AE's code layer; output: IDENTITY or SIGMOID */
    Init init;
    Binarize binarize;
    Reconstruction reconstruction;
    Reduction reduction;
    double kl_weight;
    int kl_warmup_epochs;
    int batch_size, epochs;
    struct {
        Rule rule;
        double beta1, beta2, eps, alpha, momentum, weight_decay;
        bool nesterov, centered;
        double gradient_clip;
    } optimizer;
    struct {
        Schedule kind;
        double rate, gamma, min_rate;
        int step_size, milestones[4], warmup_epochs;                 /* milestones ended by 0 */
    } step_size;
} Recipe;

/* η of an epoch, counted from 1. */
double step_size(const Recipe *recipe, int epoch);

/* The weight of the KL term in an epoch, counted from 1. */
double kl_weight(const Recipe *recipe, int epoch);

#endif
