#include "elementary.h"

#include "ieee.h"

#define LOG2E 1.4426950408889634
#define LN2H 0.69314718036912382
#define LN2L 1.9082149292705877e-10
#define SHIFT 6755399441055744.0
#define EXPMAX 709.78271289338397
#define TWOPI 6.2831853071795862
#define ROOT_BITS UINT64_C(0x3FE6A09E667F3BCD)

/* Factorials up to 17! are exact doubles, so each quotient 1.0/n! is rounded once. */
#define F3 6.0
#define F5 120.0
#define F7 5040.0
#define F9 362880.0
#define F11 39916800.0
#define F13 6227020800.0
#define F15 1307674368000.0
#define F17 355687428096000.0
#define F2 2.0
#define F4 24.0
#define F6 720.0
#define F8 40320.0
#define F10 3628800.0
#define F12 479001600.0
#define F14 87178291200.0
#define F16 20922789888000.0

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

double clamp(double x, double lo, double hi)
{
    x = x > hi ? hi : x;
    return lo > x ? lo : x;
}

double positive(double x) { return x > 0 ? x : 0.0; }

double absolute(double x) { return from_bits(bits(x) & ~(UINT64_C(1) << 63)); }

/* Horner's rule, highest coefficient first. */
static double polynomial(double x, const double *coefficient, int count)
{
    double y = coefficient[0];
    for (int i = 1; i < count; i++)
        y = y * x + coefficient[i];
    return y;
}

/* eˣ = 2h·(1 + q), h a power of two. */
static void reduce(double x, double *h, double *q)
{
    static const double even[] = { 1 / F12, 1 / F10, 1 / F8, 1 / F6, 1 / F4, 1 / F2 };
    static const double odd[] = { 1 / F13, 1 / F11, 1 / F9, 1 / F7, 1 / F5, 1 / F3 };
    double s = x * LOG2E + SHIFT;
    double k = s - SHIFT;
    double r = x - k * LN2H - k * LN2L;
    double t = r * r;
    *q = r + t * (polynomial(t, even, COUNT(even)) + r * polynomial(t, odd, COUNT(odd)));
    *h = from_bits((bits(s) << 52) + bits(0.5));
}

double nc1_exp(double x)
{
    double h, q;
    reduce(clamp(x, -707, EXPMAX), &h, &q);
    double y = h + h * q;
    y = y + y;
    if (x > EXPMAX)
        y = INFINITY;
    if (-707 > x)
        y = 0;
    return y;
}

double nc1_expm1(double x)
{
    double h, q;
    reduce(clamp(x, -40, 0), &h, &q);
    double g = h + h;
    return g * q + (g - 1);
}

/* ln u, where w stands for u − 1. */
static double ln_of(double u, double w)
{
    static const double a[] = { 2 / 19.0, 2 / 15.0, 2 / 11.0, 2 / 7.0, 2 / 3.0 };
    static const double b[] = { 2 / 21.0, 2 / 17.0, 2 / 13.0, 2 / 9.0, 2 / 5.0 };
    if (u == 0)
        return -INFINITY;
    if (u == INFINITY)
        return INFINITY;
    if (!(u > 0))
        return NAN;
    uint64_t v = bits(u) + (bits(1) - ROOT_BITS);
    double m = from_bits((v & UINT64_C(0x000FFFFFFFFFFFFF)) + ROOT_BITS);   /* √½ ≤ m < √2 */
    double k = from_bits(v >> 52 | bits(0x1p52)) - (0x1p52 + 1023);         /* u = 2ᵏ·m */
    double f = k == 0 ? w : m - 1;
    double s = f / (f + 2);
    double t = s * s;
    double z = t * t;
    double A = polynomial(z, a, COUNT(a));
    double B = polynomial(z, b, COUNT(b));
    return k * LN2H + ((s + s) + (s * (t * (A + t * B)) + k * LN2L));
}

double nc1_ln(double x) { return ln_of(x, x - 1); }

double nc1_log1p(double x) { return ln_of(x + 1, x); }

double nc1_tanh(double x)
{
    double e = nc1_expm1(-2 * absolute(x));
    double y = (0 - e) / (e + 2);
    return from_bits(bits(y) | (bits(x) & UINT64_C(1) << 63));
}

double nc1_sigmoid(double x)
{
    double e = nc1_exp(0 - absolute(x));
    return (0 > x ? e : 1) / (1 + e);
}

double nc1_softplus(double x) { return positive(x) + nc1_log1p(nc1_exp(0 - absolute(x))); }

void nc1_sincos2pi(double u, double *sine, double *cosine)
{
    static const double odd[] = { 1 / F17, -1 / F15, 1 / F13, -1 / F11, 1 / F9, -1 / F7, 1 / F5, -1 / F3 };
    static const double even[] = { 1 / F16, -1 / F14, 1 / F12, -1 / F10, 1 / F8, -1 / F6, 1 / F4, -1 / F2 };
    double s = u * 4 + SHIFT;
    unsigned n = (unsigned)(bits(s) & 3);   /* quarter turns */
    double a = (u - (s - SHIFT) * 0.25) * TWOPI;
    double t = a * a;
    double S = a + a * (polynomial(t, odd, COUNT(odd)) * t);
    double C = 1 + polynomial(t, even, COUNT(even)) * t;
    double sin = n & 1 ? C : S, cos = n & 1 ? S : C;
    *sine = n & 2 ? -sin : sin;
    *cosine = (n + 1) & 2 ? -cos : cos;
}
