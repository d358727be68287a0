// Only the re-entrant API is visible: a context per worker, never a shared one.
#ifndef GEOS_USE_ONLY_R_API
#define GEOS_USE_ONLY_R_API
#endif
#include <geos_c.h>
