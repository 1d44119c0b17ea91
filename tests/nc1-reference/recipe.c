#include "recipe.h"

#include "elementary.h"

static double multiplied(double rate, double gamma, int times)
{
    for (int i = 0; i < times; i++)
        rate = rate * gamma;
    return rate;
}

double step_size(const Recipe *recipe, int epoch)
{
    double r = recipe->step_size.rate, gamma = recipe->step_size.gamma;
    double min = recipe->step_size.min_rate;
    int f = epoch - 1, warmup = recipe->step_size.warmup_epochs;
    switch (recipe->step_size.kind) {
    case STEP:
        return multiplied(r, gamma, f / recipe->step_size.step_size);
    case MULTISTEP: {
        int passed = 0;
        for (const int *m = recipe->step_size.milestones; *m > 0; m++)
            passed += *m <= f;
        return multiplied(r, gamma, passed);
    }
    case EXPONENTIAL:
        return multiplied(r, gamma, f);
    case WARMUP:
        return epoch < warmup ? r * epoch / warmup : r;
    case COSINE: {
        if (epoch <= warmup)
            return r * epoch / warmup;
        double sine, cosine, n = f - warmup, N = recipe->epochs - warmup;
        nc1_sincos2pi(n / (2 * N), &sine, &cosine);
        return min + 0.5 * (r - min) * (1 + cosine);
    }
    default:
        return r;
    }
}

double kl_weight(const Recipe *recipe, int epoch)
{
    int f = epoch - 1;
    return f >= recipe->kl_warmup_epochs ? recipe->kl_weight : recipe->kl_weight * f / recipe->kl_warmup_epochs;
}
