#include "optimizer.h"

#include <stdio.h>

#include "elementary.h"
#include "ieee.h"
#include "loss.h"

void clip(const Recipe *recipe, Parameter *const *parameters, int count)
{
    double squares = 0;
    for (int p = 0; p < count; p++) {
        const Parameter *parameter = parameters[p];
        double sum = 0;
        for (int row = 0; row < parameter->rows; row++) {
            const float *g = parameter->gradient + row * parameter->columns;
            sum = sum + row_sum(product, g, g, parameter->columns);
        }
        squares = squares + sum;
    }
    double factor = recipe->optimizer.gradient_clip / (sqrt(squares) + 1e-6);
    if (factor < 1)
        for (int p = 0; p < count; p++)
            for (int i = 0; i < parameters[p]->rows * parameters[p]->columns; i++)
                parameters[p]->gradient[i] = (float)factor * parameters[p]->gradient[i];
}

/* state[0] = m, state[1] = v */
static void adam(const Recipe *recipe, double eta, const Progress *progress, Parameter *p)
{
    double beta1 = recipe->optimizer.beta1, beta2 = recipe->optimizer.beta2, decay = recipe->optimizer.weight_decay;
    bool decoupled = recipe->optimizer.rule == ADAMW;
    float a1 = (float)(1 - beta1), B2 = (float)beta2, a2 = (float)(1 - beta2), eps = (float)recipe->optimizer.eps;
    float alpha = (float)(eta / (1 - progress->beta1_power)), D = (float)sqrt(1 - progress->beta2_power);
    float L = decoupled ? 0 : (float)decay, K = decoupled ? (float)(1 - eta * decay) : 1;
    for (int i = 0; i < p->rows * p->columns; i++) {
        float g = p->gradient[i], w = p->value[i], m = p->state[0][i], v = p->state[1][i];
        g = g + L * w;
        w = w * K;
        m = m + (g - m) * a1;
        v = v * B2 + a2 * g * g;
        w = w - alpha * m / (sqrtf(v) / D + eps);
        p->value[i] = w;
        p->state[0][i] = m;
        p->state[1][i] = v;
    }
}

/* state[0] = b */
static void sgd(const Recipe *recipe, double eta, bool first, Parameter *p)
{
    float M = (float)recipe->optimizer.momentum, E = (float)eta, L = (float)recipe->optimizer.weight_decay;
    for (int i = 0; i < p->rows * p->columns; i++) {
        float g = p->gradient[i], w = p->value[i], b = p->state[0][i];
        g = g + L * w;
        if (recipe->optimizer.momentum != 0) {
            b = first ? g : b * M + g;
            g = recipe->optimizer.nesterov ? g + M * b : b;
        }
        p->value[i] = w - E * g;
        p->state[0][i] = b;
    }
}

/* state[0] = v, state[1] = c, state[2] = b */
static void rmsprop(const Recipe *recipe, double eta, Parameter *p)
{
    float A = (float)recipe->optimizer.alpha, a = (float)(1 - recipe->optimizer.alpha);
    float M = (float)recipe->optimizer.momentum, E = (float)eta, L = (float)recipe->optimizer.weight_decay;
    float eps = (float)recipe->optimizer.eps;
    for (int i = 0; i < p->rows * p->columns; i++) {
        float g = p->gradient[i], w = p->value[i], v = p->state[0][i], c = p->state[1][i], b = p->state[2][i];
        g = g + L * w;
        v = v * A + a * g * g;
        float s = v;
        if (recipe->optimizer.centered) {
            c = c + (g - c) * a;
            s = (float)positive(v - c * c);
        }
        float d = sqrtf(s) + eps;
        if (recipe->optimizer.momentum != 0) {
            b = b * M + g / d;
            w = w - E * b;
        } else
            w = w - E * g / d;
        p->value[i] = w;
        p->state[0][i] = v;
        p->state[1][i] = c;
        p->state[2][i] = b;
    }
}

void update(const Recipe *recipe, double step_size, Progress *progress, Parameter *const *parameters, int count)
{
    bool first = progress->steps == 0;
    progress->beta1_power = progress->beta1_power * recipe->optimizer.beta1;
    progress->beta2_power = progress->beta2_power * recipe->optimizer.beta2;
    progress->steps = progress->steps + 1;
    for (int p = 0; p < count; p++)
        switch (recipe->optimizer.rule) {
        case SGD: sgd(recipe, step_size, first, parameters[p]); break;
        case RMSPROP: rmsprop(recipe, step_size, parameters[p]); break;
        default: adam(recipe, step_size, progress, parameters[p]);
        }
}

static void digest_state(Sha256 *sha, const char *state, int slot, Parameter *const *parameters, int count)
{
    for (int p = 0; p < count; p++) {
        char name[64];
        snprintf(name, sizeof name, "optimizer.%s.%s", state, parameters[p]->name);
        digest_tensor(sha, name, parameters[p], parameters[p]->state[slot]);
    }
}

void digest_optimizer(Sha256 *sha, const Recipe *recipe, const Progress *progress, Parameter *const *parameters, int count)
{
    bool momentum = recipe->optimizer.momentum != 0;
    switch (recipe->optimizer.rule) {
    case SGD:
        if (momentum)
            digest_state(sha, "momentum_buffer", 0, parameters, count);
        digest_number(sha, "optimizer.steps", progress->steps);
        break;
    case RMSPROP:
        if (recipe->optimizer.centered)
            digest_state(sha, "grad_avg", 1, parameters, count);
        if (momentum)
            digest_state(sha, "momentum_buffer", 2, parameters, count);
        digest_state(sha, "square_avg", 0, parameters, count);
        break;
    default:
        digest_state(sha, "exp_avg", 0, parameters, count);
        digest_state(sha, "exp_avg_sq", 1, parameters, count);
        digest_number(sha, "optimizer.beta1_power", progress->beta1_power);
        digest_number(sha, "optimizer.beta2_power", progress->beta2_power);
    }
}
