#include "AllocationCounter.h"

// Says which C library there is.
#include <stdlib.h>

#if defined(__linux__) && defined(__GLIBC__)

// The program's own definition of malloc goes before the library's, which stays reachable by its other name. Swift asks
// for objects by malloc and posix_memalign; calloc and realloc are the C library's and C targets' own affair.
extern void *__libc_malloc(size_t size);

static _Thread_local unsigned long count;

void *malloc(size_t size) {
    count += 1;
    return __libc_malloc(size);
}

unsigned long allocation_count(void) { return count; }

#else

unsigned long allocation_count(void) { return 0; }

#endif
