// The floor under any clustering that looks at points cell by cell: to sort n points by their cell once.
//
//     Floor POINTS EPS THREADS
//
// POINTS holds pairs of doubles. Cells are squares of side eps/√2. Each point becomes eight bytes, its cell and its
// number; a parallel radix sort orders these, one gather brings the points into their order. Prints medians of seven
// repetitions as a line of JSON: seconds for copying the points, and for keys, sort and gather together.

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { repetitions = 7, maximum_threads = 64 };

typedef struct {
    double x, y;
} point;

static size_t n;
static int threads;
static point *points, *sorted;
static uint64_t *keys, *other_keys;
static double min_x, min_y, cells_per_meter;
static uint64_t columns;
static int shift, digit_bits;
static uint32_t *histograms;  // one for each thread, 2^digit_bits each

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

typedef struct {
    void (*work)(int thread, size_t from, size_t to);
    int thread;
} share;

static void *run_share(void *argument) {
    share *s = argument;
    s->work(s->thread, n * (size_t)s->thread / (size_t)threads, n * (size_t)(s->thread + 1) / (size_t)threads);
    return NULL;
}

// Gives every thread an equal run of the points.
static void in_parallel(void (*work)(int, size_t, size_t)) {
    pthread_t started[maximum_threads];
    share shares[maximum_threads];
    for (int t = 0; t < threads; t++) {
        shares[t] = (share){work, t};
        if (t > 0) pthread_create(&started[t], NULL, run_share, &shares[t]);
    }
    run_share(&shares[0]);
    for (int t = 1; t < threads; t++) pthread_join(started[t], NULL);
}

static void copy(int thread, size_t from, size_t to) {
    (void)thread;
    memcpy(sorted + from, points + from, (to - from) * sizeof(point));
}

static void make_keys(int thread, size_t from, size_t to) {
    (void)thread;
    for (size_t i = from; i < to; i++) {
        uint64_t column = (uint64_t)((points[i].x - min_x) * cells_per_meter);
        uint64_t row = (uint64_t)((points[i].y - min_y) * cells_per_meter);
        keys[i] = (row * columns + column) << 32 | i;
    }
}

static uint32_t *histogram(int thread) { return histograms + ((size_t)thread << digit_bits); }
static uint32_t digit(uint64_t key) { return (uint32_t)(key >> shift) & ((1u << digit_bits) - 1); }

static void count_digits(int thread, size_t from, size_t to) {
    uint32_t *counts = histogram(thread);
    memset(counts, 0, sizeof(uint32_t) << digit_bits);
    for (size_t i = from; i < to; i++) counts[digit(keys[i])]++;
}

static void scatter(int thread, size_t from, size_t to) {
    uint32_t *next = histogram(thread);
    for (size_t i = from; i < to; i++) other_keys[next[digit(keys[i])]++] = keys[i];
}

static void gather(int thread, size_t from, size_t to) {
    (void)thread;
    enum { ahead = 24 };
    for (size_t i = from; i < to; i++) {
        if (i + ahead < to) __builtin_prefetch(points + (uint32_t)keys[i + ahead]);
        sorted[i] = points[(uint32_t)keys[i]];
    }
}

static void sort_and_gather(int key_bits) {
    int passes = key_bits <= 22 ? 2 : 3;
    digit_bits = (key_bits + passes - 1) / passes;
    in_parallel(make_keys);
    for (int pass = 0; pass < passes; pass++) {
        shift = 32 + pass * digit_bits;
        in_parallel(count_digits);
        uint32_t start = 0;
        for (uint32_t d = 0; d < 1u << digit_bits; d++)
            for (int t = 0; t < threads; t++) {
                uint32_t count = histogram(t)[d];
                histogram(t)[d] = start;
                start += count;
            }
        in_parallel(scatter);
        uint64_t *swapped = keys;
        keys = other_keys;
        other_keys = swapped;
    }
    in_parallel(gather);
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

static double median(double *seconds) {
    qsort(seconds, repetitions, sizeof(double), ascending);
    return seconds[repetitions / 2];
}

// Memory that was written to once, so that no repetition pays for its first touch.
static void *touched(size_t bytes) {
    void *memory = malloc(bytes);
    if (!memory) exit(71);
    memset(memory, 1, bytes);
    return memory;
}

static void read_points(const char *path) {
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (!file || stat(path, &status) != 0) exit(66);
    n = (size_t)status.st_size / sizeof(point);
    points = touched(n * sizeof(point));
    if (fread(points, sizeof(point), n, file) != n) exit(66);
    fclose(file);
}

// The number of bits of the largest cell number.
static int lay_grid(double eps) {
    double max_x = -INFINITY, max_y = -INFINITY;
    min_x = min_y = INFINITY;
    for (size_t i = 0; i < n; i++) {
        min_x = fmin(min_x, points[i].x);
        max_x = fmax(max_x, points[i].x);
        min_y = fmin(min_y, points[i].y);
        max_y = fmax(max_y, points[i].y);
    }
    cells_per_meter = sqrt(2) / eps;
    columns = (uint64_t)((max_x - min_x) * cells_per_meter) + 1;
    uint64_t cells = columns * ((uint64_t)((max_y - min_y) * cells_per_meter) + 1);
    int bits = 1;
    while (bits < 32 && 1ull << bits < cells) bits++;
    if (1ull << bits < cells) exit(65);
    return bits;
}

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    read_points(argv[1]);
    threads = atoi(argv[3]);
    if (threads < 1 || threads > maximum_threads || n == 0) return 64;
    int key_bits = lay_grid(atof(argv[2]));
    sorted = touched(n * sizeof(point));
    keys = touched(n * sizeof(uint64_t));
    other_keys = touched(n * sizeof(uint64_t));
    histograms = touched(((size_t)threads * sizeof(uint32_t)) << 16);

    double copy_seconds[repetitions], sort_seconds[repetitions];
    for (int r = 0; r < repetitions; r++) {
        double start = now();
        in_parallel(copy);
        copy_seconds[r] = now() - start;
        start = now();
        sort_and_gather(key_bits);
        sort_seconds[r] = now() - start;
        for (size_t i = 1; i < n; i++)
            if (keys[i] < keys[i - 1]) return 70;
    }
    double copied = median(copy_seconds), floor = median(sort_seconds);
    printf("{\"n\": %zu, \"threads\": %d, \"copy_seconds\": %.5f, \"seconds\": %.5f, \"fastest_seconds\": %.5f}\n", n,
           threads, copied, floor, sort_seconds[0]);
    return 0;
}
