/* Random numbers as a function of seed, purpose, epoch, step and element (section 4). */
#ifndef NC1_RANDOM_H
#define NC1_RANDOM_H

#include <stdint.h>

typedef struct {
    uint64_t seed;
    uint32_t epoch, step, number;
} Stream;

/* Philox4x32-10: maps a counter in place. */
void philox(uint32_t counter[4], uint32_t k0, uint32_t k1);

Stream stream(uint64_t seed, const char *purpose, uint32_t epoch, uint32_t step);

uint32_t word(const Stream *stream, uint64_t element);
float uniform(const Stream *stream, uint64_t element);   /* in (0, 1), never 0 or 1 */
float normal(const Stream *stream, uint64_t element);

/* The first `count` integers in the order that the stream gives. */
void shuffle(const Stream *stream, int32_t *items, int count);

#endif
