#include "layer.h"

#include "elementary.h"
#include "ieee.h"

Layer layer(const Recipe *recipe, const char *name, int in, int out, Activation activation)
{
    return (Layer){
        .in = in, .out = out, .activation = activation,
        .weight = parameter(recipe, name, false, in, out),
        .bias = parameter(recipe, name, true, in, out),
        .y = allocate(recipe->batch_size * out, sizeof(float)),
        .dy = allocate(recipe->batch_size * out, sizeof(float)),
    };
}

static float activate(Activation activation, double x)
{
    switch (activation) {
    case RELU: return (float)(0 > x ? 0 : x);
    case LEAKY_RELU: return (float)(x > 0 ? x : 0.01 * x);
    case ELU: return (float)(x > 0 ? x : nc1_expm1(x));
    case TANH: return (float)nc1_tanh(x);
    case SIGMOID: return (float)nc1_sigmoid(x);
    case SOFTPLUS: return (float)nc1_softplus(x);
    default: return (float)x;
    }
}

static float activate_backward(Activation activation, double y, double dy)
{
    switch (activation) {
    case RELU: return (float)(y > 0 ? dy : 0);
    case LEAKY_RELU: return (float)(y > 0 ? dy : 0.01 * dy);
    case ELU: return (float)(y > 0 ? dy : dy * (y + 1));
    case TANH: return (float)(dy * (1 - y * y));
    case SIGMOID: return (float)(dy * (y * (1 - y)));
    case SOFTPLUS: return (float)(dy * (0 - nc1_expm1(0 - y)));
    default: return (float)dy;
    }
}

void forward(Layer *layer, const float *x, int batch)
{
    int in = layer->in, out = layer->out;
    layer->x = x;
    for (int i = 0; i < batch; i++)
        for (int j = 0; j < out; j++) {
            float acc = layer->bias.value[j];
            for (int k = 0; k < in; k++)
                acc = fused(x[i * in + k], layer->weight.value[k * out + j], acc);
            layer->y[i * out + j] = activate(layer->activation, acc + 0.0f);
        }
}

void backward(Layer *layer, int batch, float *dx)
{
    int in = layer->in, out = layer->out;
    const float *x = layer->x;
    float *dy = layer->dy;
    for (int i = 0; i < batch * out; i++)
        dy[i] = activate_backward(layer->activation, layer->y[i], dy[i]);
    for (int k = 0; k < in; k++)
        for (int j = 0; j < out; j++) {
            float acc = 0;
            for (int i = 0; i < batch; i++)
                acc = fused(x[i * in + k], dy[i * out + j], acc);
            layer->weight.gradient[k * out + j] = acc + 0.0f;
        }
    for (int j = 0; j < out; j++) {
        float sum = 0;
        for (int i = 0; i < batch; i++)
            sum = sum + dy[i * out + j];
        layer->bias.gradient[j] = sum;
    }
    if (dx == NULL)
        return;
    for (int i = 0; i < batch; i++)
        for (int k = 0; k < in; k++) {
            float acc = 0;
            for (int j = 0; j < out; j++)
                acc = fused(dy[i * out + j], layer->weight.value[k * out + j], acc);
            dx[i * in + k] = acc + 0.0f;
        }
}
