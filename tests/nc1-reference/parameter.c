#include "parameter.h"

#include <stdio.h>
#include <stdlib.h>

#include "ieee.h"
#include "random.h"

void *allocate(int count, int size)
{
    void *memory = calloc((size_t)count, (size_t)size);
    if (memory == NULL)
        abort();
    return memory;
}

static float drawn(const Recipe *recipe, const Stream *stream, uint64_t element, bool bias, int in, int out)
{
    switch (recipe->init) {
    case GLOROT:
        return bias ? 0 : (2 * uniform(stream, element) - 1) * (float)sqrt(6.0 / (in + out));
    case HE:
        return bias ? 0 : normal(stream, element) * (float)sqrt(2.0 / in);
    default:
        return (2 * uniform(stream, element) - 1) * (float)(1 / sqrt(in));
    }
}

Parameter parameter(const Recipe *recipe, const char *layer, bool bias, int in, int out)
{
    Parameter p = { .rows = bias ? 1 : in, .columns = out, .bias = bias };
    char purpose[sizeof p.name + 5];
    snprintf(p.name, sizeof p.name, "%s.%s", layer, bias ? "bias" : "weight");
    snprintf(purpose, sizeof purpose, "init/%s", p.name);
    Stream source = stream(recipe->seed, purpose, 0, 0);
    p.value = allocate(p.rows * p.columns, sizeof(float));
    p.gradient = allocate(p.rows * p.columns, sizeof(float));
    for (int s = 0; s < MAX_STATES; s++)
        p.state[s] = allocate(p.rows * p.columns, sizeof(float));
    for (int o = 0; o < p.columns; o++)
        for (int i = 0; i < p.rows; i++)
            p.value[i * out + o] = drawn(recipe, &source, (uint64_t)(o * p.rows + i), bias, in, out);
    return p;
}

static void digest_name(Sha256 *sha, const char *name)
{
    sha256_u32(sha, (uint32_t)strlen(name));
    sha256_bytes(sha, name, strlen(name));
}

void digest_tensor(Sha256 *sha, const char *name, const Parameter *shape, const float *value)
{
    digest_name(sha, name);
    sha256_u32(sha, shape->bias ? 1 : 2);
    sha256_u64(sha, (uint64_t)shape->columns);
    if (!shape->bias)
        sha256_u64(sha, (uint64_t)shape->rows);
    for (int o = 0; o < shape->columns; o++)
        for (int i = 0; i < shape->rows; i++)
            sha256_float(sha, value[i * shape->columns + o]);
}

void digest_number(Sha256 *sha, const char *name, double value)
{
    digest_name(sha, name);
    sha256_u32(sha, 0);
    sha256_double(sha, value);
}
