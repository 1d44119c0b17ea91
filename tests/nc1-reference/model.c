#include "model.h"

#include <stdio.h>
#include <stdlib.h>

#include "elementary.h"
#include "ieee.h"
#include "loss.h"

static int by_name(const void *a, const void *b)
{
    return strcmp((*(Parameter *const *)a)->name, (*(Parameter *const *)b)->name);
}

static Layer *add(Model *model, Layer *place, const char *name, int in, int out, Activation activation)
{
    *place = layer(model->recipe, name, in, out, activation);
    model->parameters[model->parameter_count++] = &place->weight;
    model->parameters[model->parameter_count++] = &place->bias;
    return place;
}

void build(Model *model, const Recipe *recipe)
{
    *model = (Model){ .recipe = recipe, .progress = { 1, 1, 0 } };
    char name[32];
    int width = PIXELS, widest = PIXELS, latents = recipe->latents;
    for (int i = 0; recipe->encoder[i] > 0; i++, model->encoders++) {
        snprintf(name, sizeof name, "encoder.%d", i);
        width = add(model, &model->encoder[i], name, width, recipe->encoder[i], recipe->activation)->out;
        widest = width > widest ? width : widest;
    }
    snprintf(name, sizeof name, "encoder.%d", model->encoders);
    add(model, &model->mean, recipe->variational ? "mean" : name, width, latents, recipe->variational ? IDENTITY : recipe->code);
    if (recipe->variational)
        add(model, &model->log_variance, "log_variance", width, latents, IDENTITY);
    width = latents;
    for (int i = 0; i == 0 || recipe->decoder[i - 1] > 0; i++, model->decoders++) {
        bool last = recipe->decoder[i] == 0;
        int out = last ? PIXELS : recipe->decoder[i];
        snprintf(name, sizeof name, "decoder.%d", i);
        width = add(model, &model->decoder[i], name, width, out, last ? IDENTITY : recipe->activation)->out;
    }
    qsort(model->parameters, (size_t)model->parameter_count, sizeof *model->parameters, by_name);
    model->z = allocate(recipe->batch_size * latents, sizeof(float));
    model->dz = allocate(recipe->batch_size * latents, sizeof(float));
    model->dhidden = allocate(recipe->batch_size * widest, sizeof(float));
}

void run(Model *model, const float *images, const float *noise, int batch)
{
    const float *h = images;
    for (int l = 0; l < model->encoders; h = model->encoder[l++].y)
        forward(&model->encoder[l], h, batch);
    forward(&model->mean, h, batch);
    h = model->mean.y;
    if (model->recipe->variational) {
        forward(&model->log_variance, model->mean.x, batch);
        for (int i = 0; i < batch * model->recipe->latents; i++) {
            double mean = model->mean.y[i], log_variance = model->log_variance.y[i];
            model->z[i] = (float)(mean + noise[i] * nc1_exp(0.5 * log_variance));
        }
        h = model->z;
    }
    for (int l = 0; l < model->decoders; h = model->decoder[l++].y)
        forward(&model->decoder[l], h, batch);
}

Losses losses(const Model *model, const float *images, int i, double kl_weight)
{
    const Recipe *recipe = model->recipe;
    int latents = recipe->latents;
    const float *x = model->decoder[model->decoders - 1].y + i * PIXELS, *target = images + i * PIXELS;
    bool sigmoid = recipe->output == SIGMOID;
    float output[PIXELS];
    for (int j = 0; j < PIXELS; j++)
        output[j] = sigmoid ? (float)nc1_sigmoid(x[j]) : x[j];

    Losses of = { 0 };
    of.bce = row_sum(sigmoid ? cross_entropy_logit : cross_entropy_identity, x, target, PIXELS);
    of.squared_error = row_sum(squared_error, output, target, PIXELS);
    double P = recipe->reduction == SUM ? 1 : 1.0 / PIXELS;
    of.objective = P * (recipe->reconstruction == BCE ? of.bce : of.squared_error);
    if (recipe->variational)
        of.kl = row_sum(divergence, model->mean.y + i * latents, model->log_variance.y + i * latents, latents);
    if (recipe->variational && kl_weight != 0)
        of.objective = of.objective + kl_weight * of.kl;
    return of;
}

static void backward_heads(Model *model, const float *noise, int batch, double kl_weight)
{
    Layer *mean = &model->mean, *log_variance = &model->log_variance;
    int latents = model->recipe->latents, width = mean->in;
    float kappa = (float)(kl_weight / batch);
    for (int i = 0; i < batch * latents; i++) {
        double m = mean->y[i], lv = log_variance->y[i], dz = model->dz[i];
        float dm = model->dz[i];
        float dlv = (float)(dz * noise[i] * (0.5 * nc1_exp(0.5 * lv)));
        if (kappa != 0) {
            dm = (float)(dm + kappa * m);
            dlv = (float)(dlv + kappa * (0.5 * (nc1_exp(lv) - 1)));
        }
        mean->dy[i] = dm;
        log_variance->dy[i] = dlv;
    }
    float *hidden = model->encoders > 0 ? model->encoder[model->encoders - 1].dy : NULL;
    backward(mean, batch, hidden);
    backward(log_variance, batch, hidden == NULL ? NULL : model->dhidden);
    if (hidden != NULL)
        for (int i = 0; i < batch * width; i++)
            hidden[i] = hidden[i] + model->dhidden[i];
}

void learn(Model *model, const float *images, const float *noise, int batch, double kl_weight, double step_size)
{
    const Recipe *recipe = model->recipe;
    double P = recipe->reduction == SUM ? 1 : 1.0 / PIXELS;
    float scale = (float)(P / batch);
    Layer *last = &model->decoder[model->decoders - 1];
    for (int i = 0; i < batch; i++)
        output_gradient(recipe, scale, last->y + i * PIXELS, images + i * PIXELS, PIXELS, last->dy + i * PIXELS);
    for (int l = model->decoders - 1; l > 0; l--)
        backward(&model->decoder[l], batch, model->decoder[l - 1].dy);
    backward(&model->decoder[0], batch, recipe->variational ? model->dz : model->mean.dy);
    if (recipe->variational)
        backward_heads(model, noise, batch, kl_weight);
    else
        backward(&model->mean, batch, model->encoders > 0 ? model->encoder[model->encoders - 1].dy : NULL);
    for (int l = model->encoders - 1; l >= 0; l--)
        backward(&model->encoder[l], batch, l > 0 ? model->encoder[l - 1].dy : NULL);
    if (recipe->optimizer.gradient_clip > 0)
        clip(recipe, model->parameters, model->parameter_count);
    update(recipe, step_size, &model->progress, model->parameters, model->parameter_count);
}

void digest_parameters(Sha256 *sha, const Model *model)
{
    for (int p = 0; p < model->parameter_count; p++)
        digest_tensor(sha, model->parameters[p]->name, model->parameters[p], model->parameters[p]->value);
}
