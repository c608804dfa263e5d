/* What a run's tree uses: CPU time and memory, summed over its processes from /proc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keeper.h"

/* The CPU times in a `stat` line: fields 14 to 17, user and system, its own and those of its reaped children. */
static bool parse_times(const char *text, unsigned long times[4]) {
  const char *name_end = strrchr(text, ')');
  return name_end != NULL && sscanf(name_end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &times[0],
                                    &times[1], &times[2], &times[3]) == 4;
}

/* What a process doesn't share, in bytes, by the precise and slow account; 0 where it can't be read. */
static uint64_t proportional_memory(const run *run, int process) {
  char path[40];
  char text[2048];
  snprintf(path, sizeof path, "%d/smaps_rollup", process);
  if (watch_read(run->container, path, text, sizeof text) <= 0) return 0;
  char *pss = strstr(text, "\nPss:");
  return pss == NULL ? 0 : strtoull(pss + 5, NULL, 10) * 1024;
}

/* What a process has resident of shared memory that lies in no file, in bytes. */
static uint64_t shared_memory(const run *run, int process) {
  char path[40];
  static char text[STATUS_SIZE];
  snprintf(path, sizeof path, "%d/status", process);
  if (watch_read(run->container, path, text, sizeof text) <= 0) return 0;
  char *resident = strstr(text, "\nRssShmem:");
  return resident == NULL ? 0 : strtoull(resident + 10, NULL, 10) * 1024;
}

/* Sums over a tree, in bytes. */
typedef struct weight {
  uint64_t private;     /* resident and not shared */
  uint64_t shared;      /* resident and shared, of each process */
  uint64_t shared_most; /* the largest shared part of one process */
} weight;

/*
 * Memory is what each process has for itself plus the largest shared part once: mostly programs and libraries, which all
 * of them share. Where the sum of all that is resident is over the limit, memory shared without a file counts for each
 * process. Pages that several do share count more than once in this; a tree that still seems over its limit is weighed
 * again by proportional set sizes before anything is decided.
 */
static uint64_t weigh(const run *run, const int *processes, size_t count, const weight *weight) {
  uint64_t limit = run->request.memory;
  uint64_t memory = weight->private + weight->shared_most;
  if (count < 2 || weight->private + weight->shared <= limit) return memory;
  if (memory <= limit) {
    for (size_t i = 0; i < count; i++) memory += shared_memory(run, processes[i]);
    if (memory <= limit) return weight->private + weight->shared_most;
  }
  uint64_t exact = 0;
  for (size_t i = 0; i < count; i++) exact += proportional_memory(run, processes[i]);
  return exact > 0 && exact < memory ? exact : memory;
}

void watch_usage(run *run, int64_t *cpu, uint64_t *memory) {
  static int processes[MAX_PROCESSES];
  static long ticks_per_second;
  static uint64_t page;
  char path[40];
  char text[512];
  if (ticks_per_second == 0) ticks_per_second = sysconf(_SC_CLK_TCK);
  if (page == 0) page = (uint64_t)sysconf(_SC_PAGESIZE);
  uint64_t ticks = 0;
  weight sums = {0};
  bool are_all;
  size_t count = watch_processes(run->container, processes, &are_all);
  for (size_t i = 0; i < count; i++) {
    unsigned long times[4] = {0};
    unsigned long resident = 0;
    unsigned long shared = 0;
    snprintf(path, sizeof path, "%d/stat", processes[i]);
    if (watch_read(run->container, path, text, sizeof text) > 0 && parse_times(text, times)) {
      ticks += times[0] + times[1] + times[2] + times[3];
    }
    snprintf(path, sizeof path, "%d/statm", processes[i]);
    if (watch_read(run->container, path, text, sizeof text) <= 0) continue;
    if (sscanf(text, "%*u %lu %lu", &resident, &shared) != 2 || resident < shared) continue;
    sums.private += (resident - shared) * page;
    sums.shared += shared * page;
    if (shared * page > sums.shared_most) sums.shared_most = shared * page;
  }
  unsigned long gathered[4] = {0};
  snprintf(path, sizeof path, "%d/stat", has_namespaces(run->container->tier) ? 1 : (int)run->container->init);
  if (watch_read(run->container, path, text, sizeof text) > 0 && parse_times(text, gathered)) {
    uint64_t reaped = gathered[2] + gathered[3];
    if (run->cpu_base < 0) run->cpu_base = (int64_t)reaped;
    ticks += reaped - (uint64_t)run->cpu_base;
  }
  *cpu = (int64_t)(ticks * (NANOSECONDS / (uint64_t)ticks_per_second));
  *memory = weigh(run, processes, count, &sums);
}
