/* IEEE 754 as section 1 of the contract needs it: bit patterns, and the one fused multiply-add. */
#ifndef NC1_IEEE_H
#define NC1_IEEE_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

_Static_assert(FLT_EVAL_METHOD == 0, "a float expression must be rounded to float, so x87 arithmetic is out");
_Static_assert(FLT_MANT_DIG == 24 && DBL_MANT_DIG == 53, "float and double must be binary32 and binary64");

static inline uint64_t bits(double x) { uint64_t n; memcpy(&n, &x, sizeof n); return n; }
static inline double from_bits(uint64_t n) { double x; memcpy(&x, &n, sizeof x); return x; }
static inline uint32_t float_bits(float x) { uint32_t n; memcpy(&n, &x, sizeof n); return n; }
static inline float float_from_bits(uint32_t n) { float x; memcpy(&x, &n, sizeof x); return x; }

/* a·b + c, rounded once to float. */
static inline float fused(float a, float b, float c)
{
#ifdef NC1_FMAF
    return fmaf(a, b, c);
#else
    double product = (double)a * b;   /* exact: 24 + 24 bits */
    double sum = product + c;
    double part = sum - product;
    double error = (product - (sum - part)) + (c - part);
    /* Rounding the sum to odd keeps what the second rounding must know: on which side of a tie the exact value lies. */
    if (error != 0 && (bits(sum) & 1) == 0)
        sum = from_bits((error > 0) == (sum > 0) ? bits(sum) + 1 : bits(sum) - 1);
    return (float)sum;
#endif
}

#endif
