/* Linear layers (section 3) and activations (section 5). Matrices are row-major; results go to the last argument. */
#ifndef NC1_LAYER_H
#define NC1_LAYER_H

#include "parameter.h"

typedef struct {
    int in, out;
    Activation activation;
    Parameter weight, bias;
    const float *x;    /* (batch × in), read by the last `forward` */
    float *y, *dy;     /* (batch × out); dy becomes the gradient before the activation in `backward` */
} Layer;

Layer layer(const Recipe *recipe, const char *name, int in, int out, Activation activation);

/* y = activation(x·W + b). */
void forward(Layer *layer, const float *x, int batch);

/* From dy the gradients of weight and bias and, unless it is null, dx (batch × in). */
void backward(Layer *layer, int batch, float *dx);

#endif
