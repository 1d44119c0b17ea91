/* SHA-256 (FIPS 180-4) over bytes and over little-endian numbers. */
#ifndef NC1_SHA256_H
#define NC1_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t state[8];
    uint8_t block[64];
    uint64_t length;   /* bytes so far */
} Sha256;

void sha256_start(Sha256 *sha);
void sha256_bytes(Sha256 *sha, const void *bytes, size_t count);
void sha256_u32(Sha256 *sha, uint32_t number);
void sha256_u64(Sha256 *sha, uint64_t number);
void sha256_float(Sha256 *sha, float number);
void sha256_double(Sha256 *sha, double number);
void sha256_finish(Sha256 *sha, uint8_t digest[32]);

/* Ends the digest and a line with it, in lower-case hexadecimal. */
void sha256_print(Sha256 *sha);

#endif
