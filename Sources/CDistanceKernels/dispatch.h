// Which processors get code of their own.

#ifndef DISPATCH_H
#define DISPATCH_H

// glibc resolves clones when the program is loaded. Elsewhere (macOS, arm64, musl) the plain loop is compiled for the
// target, where NEON is the baseline. Sanitizers start before clones can be resolved, so they get the plain loop.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define PLAIN_LOOPS 1
#endif
#endif

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(PLAIN_LOOPS)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

// Fused multiply-add would change the last bit of one squared distance in six, and with it which firms are neighbors.
#pragma STDC FP_CONTRACT OFF

#endif
