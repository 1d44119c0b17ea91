#include "training.h"

#include <inttypes.h>
#include <stdio.h>

#include "ieee.h"
#include "model.h"
#include "random.h"

typedef struct {
    Losses sum;
    int images;
} Totals;

static void print_parameters(const Model *model)
{
    Sha256 sha;
    sha256_start(&sha);
    digest_parameters(&sha, model);
    sha256_print(&sha);
}

static void print_optimizer(const Model *model)
{
    Sha256 sha;
    sha256_start(&sha);
    digest_optimizer(&sha, model->recipe, &model->progress, model->parameters, model->parameter_count);
    sha256_print(&sha);
}

static void print_order(const int32_t *order)
{
    Sha256 sha;
    sha256_start(&sha);
    for (int i = 0; i < TRAINING_IMAGES; i++)
        sha256_u32(&sha, (uint32_t)order[i]);
    sha256_print(&sha);
}

static void print_metric(int epoch, const char *name, double training, double validation)
{
    printf("epoch %d %-14s%016" PRIx64 " %016" PRIx64 "\n", epoch, name, bits(training), bits(validation));
}

static void print_metrics(const Recipe *recipe, int epoch, const Totals *training, const Totals *validation)
{
    int n = training->images, v = validation->images;
    print_metric(epoch, "loss", training->sum.objective / n, validation->sum.objective / v);
    print_metric(epoch, "bce", training->sum.bce / n, validation->sum.bce / v);
    print_metric(epoch, "mse", training->sum.squared_error / n / PIXELS, validation->sum.squared_error / v / PIXELS);
    if (recipe->variational)
        print_metric(epoch, "kl", training->sum.kl / n, validation->sum.kl / v);
}

/* Adds the losses of the rows of the last run in their order; returns the sum of the objectives of these rows alone. */
static double add_losses(Totals *totals, const Model *model, const float *images, int batch, double kl_weight)
{
    double objectives = 0;
    for (int i = 0; i < batch; i++) {
        Losses of = losses(model, images, i, kl_weight);
        objectives = objectives + of.objective;
        totals->sum.objective = totals->sum.objective + of.objective;
        totals->sum.bce = totals->sum.bce + of.bce;
        totals->sum.squared_error = totals->sum.squared_error + of.squared_error;
        totals->sum.kl = totals->sum.kl + of.kl;
        totals->images++;
    }
    return objectives;
}

static Totals evaluate(Model *model, float *images, float *noise, double kl_weight)
{
    const Recipe *recipe = model->recipe;
    Stream source = stream(recipe->seed, "eval-noise", 0, 0);
    Totals totals = { 0 };
    for (int image = 0; image < VALIDATION_IMAGES; image++) {
        read_image(recipe, VALIDATION, image, 0, images);
        for (int l = 0; l < recipe->latents; l++)
            noise[l] = normal(&source, (uint64_t)(image * recipe->latents + l));
        run(model, images, noise, 1);
        add_losses(&totals, model, images, 1, kl_weight);
    }
    return totals;
}

void train(const Recipe *recipe)
{
    Model model;
    build(&model, recipe);
    printf("initial parameters    ");
    print_parameters(&model);
    float *images = allocate(recipe->batch_size * PIXELS, sizeof(float));
    float *noise = allocate(recipe->batch_size * recipe->latents, sizeof(float));

    for (int epoch = 1; epoch <= recipe->epochs; epoch++) {
        int32_t order[TRAINING_IMAGES];
        Stream shuffling = stream(recipe->seed, "shuffle", (uint32_t)epoch, 0);
        shuffle(&shuffling, order, TRAINING_IMAGES);
        double weight = kl_weight(recipe, epoch), eta = step_size(recipe, epoch);
        Totals totals = { 0 };
        for (int start = 0, step = 1; start < TRAINING_IMAGES; start += recipe->batch_size, step++) {
            int left = TRAINING_IMAGES - start, batch = left < recipe->batch_size ? left : recipe->batch_size;
            for (int i = 0; i < batch; i++)
                read_image(recipe, TRAINING, order[start + i], epoch, images + i * PIXELS);
            Stream source = stream(recipe->seed, "noise", (uint32_t)epoch, (uint32_t)step);
            for (int e = 0; e < batch * recipe->latents; e++)
                noise[e] = normal(&source, (uint64_t)e);
            run(&model, images, noise, batch);
            double objectives = add_losses(&totals, &model, images, batch, weight);
            printf("epoch %d step %d loss   %016" PRIx64 "\n", epoch, step, bits(objectives));
            learn(&model, images, noise, batch, weight, eta);
            if (epoch == 1 && step == 1) {
                printf("step 1 parameters     ");
                print_parameters(&model);
                printf("step 1 optimizer      ");
                print_optimizer(&model);
            }
        }
        Totals validation = evaluate(&model, images, noise, weight);
        printf("epoch %d order         ", epoch);
        print_order(order);
        printf("epoch %d parameters    ", epoch);
        print_parameters(&model);
        printf("epoch %d optimizer     ", epoch);
        print_optimizer(&model);
        print_metrics(recipe, epoch, &totals, &validation);
    }
}
