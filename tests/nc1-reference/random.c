#include "random.h"

#include "elementary.h"
#include "ieee.h"
#include "sha256.h"

void philox(uint32_t counter[4], uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < 10; round++) {
        uint64_t p = UINT64_C(0xD2511F53) * counter[0];
        uint64_t q = UINT64_C(0xCD9E8D57) * counter[2];
        uint32_t c1 = counter[1], c3 = counter[3];
        counter[0] = (uint32_t)(q >> 32) ^ c1 ^ k0;
        counter[1] = (uint32_t)q;
        counter[2] = (uint32_t)(p >> 32) ^ c3 ^ k1;
        counter[3] = (uint32_t)p;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
}

Stream stream(uint64_t seed, const char *purpose, uint32_t epoch, uint32_t step)
{
    Sha256 sha;
    uint8_t d[32];
    sha256_start(&sha);
    sha256_bytes(&sha, purpose, strlen(purpose));
    sha256_finish(&sha, d);
    uint32_t number = d[0] | (uint32_t)d[1] << 8 | (uint32_t)d[2] << 16 | (uint32_t)d[3] << 24;
    return (Stream){ seed, epoch, step, number };
}

uint32_t word(const Stream *stream, uint64_t element)
{
    uint32_t block[4] = { (uint32_t)(element / 4), stream->step, stream->epoch, stream->number };
    philox(block, (uint32_t)stream->seed, (uint32_t)(stream->seed >> 32));
    return block[element % 4];
}

float uniform(const Stream *stream, uint64_t element)
{
    return (float)(word(stream, element) >> 9) * 0x1p-23f + 0x1p-24f;
}

/* Box and Muller: a pair of elements shares a radius and an angle. */
float normal(const Stream *stream, uint64_t element)
{
    uint64_t first = element & ~UINT64_C(1);
    double sine, cosine;
    double radius = sqrt(-2 * nc1_ln(uniform(stream, first)));
    nc1_sincos2pi(uniform(stream, first + 1), &sine, &cosine);
    return (float)(radius * (element == first ? cosine : sine));
}

void shuffle(const Stream *stream, int32_t *items, int count)
{
    for (int i = 0; i < count; i++)
        items[i] = i;
    for (int i = count - 1; i >= 1; i--) {
        int j = (int)((uint64_t)word(stream, (uint64_t)i) * (uint64_t)(i + 1) >> 32);
        int32_t kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }
}
