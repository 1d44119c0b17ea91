/* Sums of a row, the losses of an image and the gradient of the decoder's output (section 6). */
#ifndef NC1_LOSS_H
#define NC1_LOSS_H

#include "recipe.h"

/* One column's term in a row's sum; the arguments are what the row holds there. */
typedef double Term(double a, double b);

Term squared_error;            /* output, target */
Term cross_entropy_logit;      /* logit, target */
Term cross_entropy_identity;   /* output, target */
Term divergence;               /* μ, λ: nats of KL(q‖N(0, I)) */
Term product;

/* Sixteen lanes and one tree. */
double row_sum(Term *term, const float *a, const float *b, int columns);

/* Gradient of the last linear layer's output x, for one image of a batch; scale is ς. */
void output_gradient(const Recipe *recipe, float scale, const float *x, const float *target, int pixels, float *dx);

#endif
