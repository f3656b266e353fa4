#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// How many blocks of memory this process has asked for so far; 0 for ever where the system does not let us count.
unsigned long allocation_count(void);

#endif
