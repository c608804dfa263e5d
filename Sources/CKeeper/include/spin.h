/* Work that is known to be perfectly parallel, to find out what a machine's CPUs give right now. */
#ifndef KEEPER_SPIN_H
#define KEEPER_SPIN_H

#include <stddef.h>
#include <stdint.h>

typedef struct keeper_spun {
  int64_t wall_time; /* nanoseconds from the start that all threads make together to the end of the last */
  int64_t cpu_time;  /* nanoseconds on CPUs, of all threads */
  int64_t most_cpu_time; /* nanoseconds on a CPU, of the thread that took longest */
} keeper_spun;

/*
 * Does `rounds` rounds of the same work on each of `count` CPUs at once, a thread pinned to each, and waits for them.
 * Returns 0, or the errno of what failed. In C because threads are pinned before they start and meet at a barrier, which
 * Swift has no words for.
 */
int keeper_spin(const int *_Nonnull cpus, size_t count, uint64_t rounds, keeper_spun *_Nonnull spun);

#endif
