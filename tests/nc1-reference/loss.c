#include "loss.h"

#include "elementary.h"

double squared_error(double y, double t) { return (y - t) * (y - t); }

double cross_entropy_logit(double x, double t)
{
    return positive(x) - x * t + nc1_log1p(nc1_exp(0 - absolute(x)));
}

double cross_entropy_identity(double y, double t)
{
    double p = clamp(y, 1e-7, 1 - 1e-7);
    return 0 - (t * nc1_ln(p) + (1 - t) * nc1_ln(1 - p));
}

double divergence(double mean, double log_variance)
{
    return 0.5 * (mean * mean + nc1_exp(log_variance) - 1 - log_variance);
}

double product(double a, double b) { return a * b; }

double row_sum(Term *term, const float *a, const float *b, int columns)
{
    double lane[16] = { 0 };
    for (int j = 0; j < columns; j++)
        lane[j % 16] = lane[j % 16] + term(a[j], b[j]);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            lane[i] = lane[i] + lane[i + half];
    return lane[0];
}

void output_gradient(const Recipe *recipe, float scale, const float *x, const float *target, int pixels, float *dx)
{
    for (int j = 0; j < pixels; j++) {
        double logistic = nc1_sigmoid(x[j]);
        double y = recipe->output == SIGMOID ? (float)logistic : x[j];
        double t = target[j];
        if (recipe->reconstruction == BCE) {
            dx[j] = (float)(scale * (logistic - t));
            continue;
        }
        dx[j] = (float)(scale * (2 * (y - t)));
        if (recipe->output == SIGMOID)
            dx[j] = (float)(dx[j] * (y * (1 - y)));
    }
}
