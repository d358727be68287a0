// Which processors get code of their own.

#ifndef DISPATCH_H
#define DISPATCH_H

// glibc resolves clones when the program is loaded; elsewhere, and under sanitizers, the plain loop is compiled.
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

#endif
