/*
 * The spinner: every thread does the same work, so that n threads on n whole CPUs take as long as one thread on one. The
 * work is one chain of operations that wait for each other beside many that don't, with loads and stores. Its mix is chosen so
 * that on a core whose other hyperthread is busy it takes longer by as much as Python does (1.53 and 1.57 times, seen side by
 * side on a Xeon; the chain alone 1.24, the rest alone 1.8).
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

#include "spin.h"

#define TABLE 2048

/* The threads wait here until all of them are there, or until one could not be started. */
typedef struct gate {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  size_t waiting;
  int decision; /* 0: wait, 1: work, -1: end */
} gate;

typedef struct spinner {
  gate *gate;
  uint64_t rounds;
  int64_t began;
  int64_t ended;
  int64_t cpu_time;
  uint64_t result;
} spinner;

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

__attribute__((noinline)) static uint64_t work(uint64_t rounds) {
  uint64_t table[TABLE];
  uint64_t a = 88172645463325252ULL;
  uint64_t b = 362436069ULL;
  uint64_t c = 521288629ULL;
  uint64_t d = 123456789ULL;
  for (uint64_t i = 0; i < TABLE; i++) table[i] = i * 2654435761ULL;
  for (uint64_t i = 0; i < rounds; i++) {
    a ^= a << 13;
    a ^= a >> 7;
    a ^= a << 17;
    if ((a ^ i) & 8) c += table[a % TABLE];
    for (uint64_t j = 0; j < 4; j++) {
      uint64_t place = (i * 4 + j) * 5;
      b += table[place % TABLE];
      c ^= table[(place + 700) % TABLE] + i;
      d -= table[(place + 1400) % TABLE] >> 1;
      table[(place + 64) % TABLE] = b ^ c;
      table[(place + 1064) % TABLE] = c + d;
      __asm__ volatile("" : "+r"(b), "+r"(c), "+r"(d) : : "memory"); /* one after the other, not as vectors */
    }
  }
  return a + b + c + d;
}

static int pass(gate *gate) {
  pthread_mutex_lock(&gate->mutex);
  gate->waiting++;
  pthread_cond_broadcast(&gate->changed);
  while (gate->decision == 0) pthread_cond_wait(&gate->changed, &gate->mutex);
  int decision = gate->decision;
  pthread_mutex_unlock(&gate->mutex);
  return decision;
}

/* Decides once so many threads wait. */
static void open_gate(gate *gate, size_t count, int decision) {
  pthread_mutex_lock(&gate->mutex);
  while (gate->waiting < count) pthread_cond_wait(&gate->changed, &gate->mutex);
  gate->decision = decision;
  pthread_cond_broadcast(&gate->changed);
  pthread_mutex_unlock(&gate->mutex);
}

static void *spin(void *argument) {
  spinner *own = argument;
  if (pass(own->gate) < 0) return NULL;
  int64_t used = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
  own->began = nanoseconds(CLOCK_MONOTONIC);
  own->result = work(own->rounds);
  own->ended = nanoseconds(CLOCK_MONOTONIC);
  own->cpu_time = nanoseconds(CLOCK_THREAD_CPUTIME_ID) - used;
  return NULL;
}

static int start(pthread_t *thread, int cpu, spinner *own) {
  pthread_attr_t attributes;
  cpu_set_t *set = CPU_ALLOC((size_t)cpu + 1);
  size_t size = CPU_ALLOC_SIZE((size_t)cpu + 1);
  if (set == NULL) return ENOMEM;
  CPU_ZERO_S(size, set);
  CPU_SET_S((size_t)cpu, size, set);
  pthread_attr_init(&attributes);
  int error = pthread_attr_setaffinity_np(&attributes, size, set);
  if (error == 0) error = pthread_create(thread, &attributes, spin, own);
  pthread_attr_destroy(&attributes);
  CPU_FREE(set);
  return error;
}

static keeper_spun sum(const spinner *spinners, size_t count) {
  keeper_spun spun = {0};
  int64_t began = INT64_MAX;
  int64_t ended = 0;
  for (size_t i = 0; i < count; i++) {
    if (spinners[i].began < began) began = spinners[i].began;
    if (spinners[i].ended > ended) ended = spinners[i].ended;
    spun.cpu_time += spinners[i].cpu_time;
    if (spinners[i].cpu_time > spun.most_cpu_time) spun.most_cpu_time = spinners[i].cpu_time;
  }
  spun.wall_time = ended - began;
  return spun;
}

int keeper_spin(const int *cpus, size_t count, uint64_t rounds, keeper_spun *spun) {
  gate gate = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
  pthread_t *threads = calloc(count, sizeof *threads);
  spinner *spinners = calloc(count, sizeof *spinners);
  int error = threads == NULL || spinners == NULL ? ENOMEM : 0;
  size_t started = 0;
  while (error == 0 && started < count) {
    spinners[started] = (spinner){.gate = &gate, .rounds = rounds};
    error = start(&threads[started], cpus[started], &spinners[started]);
    if (error == 0) started++;
  }
  open_gate(&gate, started, error == 0 ? 1 : -1);
  for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  if (error == 0) *spun = sum(spinners, count);
  free(threads);
  free(spinners);
  return error;
}
