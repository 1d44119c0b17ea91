/* Epochs of a recipe and what is printed of them (sections 7 and 9). */
#ifndef NC1_TRAINING_H
#define NC1_TRAINING_H

#include "recipe.h"

/* Trains all epochs and prints losses and digests, in the line format of section 11. */
void train(const Recipe *recipe);

#endif
