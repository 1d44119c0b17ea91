/* Elementary functions in double (section 2). The float functions are (float)f(x). */
#ifndef NC1_ELEMENTARY_H
#define NC1_ELEMENTARY_H

double nc1_exp(double x);
double nc1_expm1(double x);   /* x ≤ 0 */
double nc1_ln(double x);      /* x not subnormal */
double nc1_log1p(double x);
double nc1_tanh(double x);
double nc1_sigmoid(double x);
double nc1_softplus(double x);

/* sin 2πu and cos 2πu. */
void nc1_sincos2pi(double u, double *sine, double *cosine);

double clamp(double x, double lo, double hi);   /* a NaN stays */
double positive(double x);                      /* x > 0 ? x : +0 */
double absolute(double x);

#endif
