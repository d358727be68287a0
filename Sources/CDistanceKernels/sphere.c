#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// Sine and cosine of degrees by the quarter turn that is nearest: |r| <= 45 degrees is left, exactly, and a Taylor
// polynomial of it errs by less than half a unit in the last place. Only sums and products, in a fixed order: the same
// bits on every processor, and multiples of 90 degrees come out exact.

INLINED void turn(const double *values, lanes_f64 *sine, lanes_f64 *cosine) {
    lanes_f64 degrees = LOAD(values);
    // Adding and taking off 1.5 * 2^52 rounds to the nearest whole number.
    const double rounder = 6755399441055744.0;
    lanes_f64 shifted = degrees * (1.0 / 90.0) + rounder;
    lanes_f64 quarters = shifted - rounder;
    lanes_f64 r = (degrees - quarters * 90.0) * 0.017453292519943295;
    lanes_f64 s = r * r;

    lanes_f64 p = s * (1.0 / 355687428096000.0) - 1.0 / 1307674368000.0;  // 17!, 15!
    p = p * s + 1.0 / 6227020800.0;                                       // 13!
    p = p * s - 1.0 / 39916800.0;
    p = p * s + 1.0 / 362880.0;
    p = p * s - 1.0 / 5040.0;
    p = p * s + 1.0 / 120.0;
    p = p * s - 1.0 / 6.0;
    lanes_f64 sine_r = r + r * s * p;

    lanes_f64 q = s * (1.0 / 20922789888000.0) - 1.0 / 87178291200.0;  // 16!, 14!
    q = q * s + 1.0 / 479001600.0;                                     // 12!
    q = q * s - 1.0 / 3628800.0;
    q = q * s + 1.0 / 40320.0;
    q = q * s - 1.0 / 720.0;
    q = q * s + 1.0 / 24.0;
    // 1 - s/2 loses what the quotient below gives back.
    lanes_f64 half = s * 0.5;
    lanes_f64 whole = 1.0 - half;
    lanes_f64 cosine_r = whole + (((1.0 - whole) - half) + s * s * q);

    // sin(r + k 90): sine, cosine, -sine, -cosine for k = 0, 1, 2, 3.
    lanes_i64 k = (lanes_i64)shifted;
    lanes_i64 odd = (k & 1) != 0;
    lanes_i64 sign = 1L << 63;
    lanes_i64 sine_bits = (odd & (lanes_i64)cosine_r) | (~odd & (lanes_i64)sine_r);
    lanes_i64 cosine_bits = (odd & (lanes_i64)sine_r) | (~odd & (lanes_i64)cosine_r);
    *sine = (lanes_f64)(sine_bits ^ (((k & 2) != 0) & sign));
    *cosine = (lanes_f64)(cosine_bits ^ ((((k + 1) & 2) != 0) & sign));
}

INLINED void vectors(const double *longitudes, const double *latitudes, double *x, double *y, double *z) {
    lanes_f64 sine_phi, cosine_phi, sine_lambda, cosine_lambda;
    turn(latitudes, &sine_phi, &cosine_phi);
    turn(longitudes, &sine_lambda, &cosine_lambda);
    lanes_f64 vx = cosine_phi * cosine_lambda, vy = cosine_phi * sine_lambda;
    memcpy(x, &vx, sizeof vx);
    memcpy(y, &vy, sizeof vy);
    memcpy(z, &sine_phi, sizeof sine_phi);
}

DISPATCHED
void unit_vectors(const double *longitudes, const double *latitudes, size_t n, double *x, double *y, double *z) {
    size_t i = 0;
    for (; i + lanes <= n; i += lanes) vectors(longitudes + i, latitudes + i, x + i, y + i, z + i);
    if (i == n) return;
    double rest[5][lanes] = {0};
    memcpy(rest[0], longitudes + i, (n - i) * sizeof(double));
    memcpy(rest[1], latitudes + i, (n - i) * sizeof(double));
    vectors(rest[0], rest[1], rest[2], rest[3], rest[4]);
    memcpy(x + i, rest[2], (n - i) * sizeof(double));
    memcpy(y + i, rest[3], (n - i) * sizeof(double));
    memcpy(z + i, rest[4], (n - i) * sizeof(double));
}
