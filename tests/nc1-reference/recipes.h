/* The runs whose every digest is a golden value. */
#ifndef NC1_RECIPES_H
#define NC1_RECIPES_H

#include "recipe.h"

typedef struct {
    const char *name;
    Recipe recipe;
} NamedRecipe;

enum { RECIPES = 8 };
extern const NamedRecipe recipes[RECIPES];

#endif
