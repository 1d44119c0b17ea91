/* The layers of an autoencoder, one forward pass, and one training step (sections 5 to 7). */
#ifndef NC1_MODEL_H
#define NC1_MODEL_H

#include "images.h"
#include "layer.h"
#include "optimizer.h"

enum { MAX_LAYERS = 2 * (MAX_HIDDEN + 1) + 2 };

typedef struct {
    const Recipe *recipe;
    Layer encoder[MAX_HIDDEN], mean, log_variance, decoder[MAX_HIDDEN + 1];   /* an AE's code layer is `mean` */
    int encoders, decoders;
    float *z, *dz, *dhidden;
    Parameter *parameters[2 * MAX_LAYERS];   /* in ordinal order of their names */
    int parameter_count;
    Progress progress;
} Model;

/* Losses of one image, in nats or squared units, summed over pixels or latents. */
typedef struct {
    double objective, bce, squared_error, kl;
} Losses;

/* Builds in place: layers and parameters are pointed to. */
void build(Model *model, const Recipe *recipe);

/* Runs (batch × PIXELS) images through the model; noise is (batch × latents) and unused by an AE. */
void run(Model *model, const float *images, const float *noise, int batch);

/* Losses of row i of the last `run`. */
Losses losses(const Model *model, const float *images, int i, double kl_weight);

/* Gradients of the last `run`, clipping if the recipe asks for it, and the update. */
void learn(Model *model, const float *images, const float *noise, int batch, double kl_weight, double step_size);

void digest_parameters(Sha256 *sha, const Model *model);

#endif
