/* Gradient clipping (section 7) and update rules (section 8). */
#ifndef NC1_OPTIMIZER_H
#define NC1_OPTIMIZER_H

#include "parameter.h"

typedef struct {
    double beta1_power, beta2_power;   /* 1 before the first step */
    double steps;
} Progress;

/* Parameters stand in ordinal order of their names, here and below. */
void clip(const Recipe *recipe, Parameter *const *parameters, int count);

void update(const Recipe *recipe, double step_size, Progress *progress, Parameter *const *parameters, int count);

void digest_optimizer(Sha256 *sha, const Recipe *recipe, const Progress *progress, Parameter *const *parameters, int count);

#endif
