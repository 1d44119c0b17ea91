/* A trained tensor with its gradient and the optimiser's state, and how such tensors are drawn and digested (section 10). */
#ifndef NC1_PARAMETER_H
#define NC1_PARAMETER_H

#include "recipe.h"
#include "sha256.h"

enum { MAX_STATES = 3 };

typedef struct {
    char name[32];
    int rows, columns;           /* a weight is (in × out); a bias is one row */
    bool bias;
    float *value, *gradient;
    float *state[MAX_STATES];
} Parameter;

/* Memory is never given back: the program ends soon. */
void *allocate(int count, int size);

/* A parameter of a layer with `in` inputs and `out` outputs, drawn as the recipe says. */
Parameter parameter(const Recipe *recipe, const char *layer, bool bias, int in, int out);

/* Adds the frame of a tensor that has the parameter's shape. */
void digest_tensor(Sha256 *sha, const char *name, const Parameter *shape, const float *value);

/* Adds the frame of a single number. */
void digest_number(Sha256 *sha, const char *name, double value);

#endif
