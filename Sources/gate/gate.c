/*
 * Preloaded into programs that have no witness: holds each new thread, and each child that goes on with the same program,
 * at the gate of a stretched or muted run before its first line.
 *
 * The gate is a waitpid for a process group that can't exist. The keeper sees the call and answers it: with 0 when
 * everything else waits, or in a muted run with the group's number at once, which means to end without doing anything.
 * In a plain run, and outside of one, the kernel answers that there is no such child, and nothing is changed.
 *
 * What is printed is also passed on line by line, as on a terminal: otherwise the C library keeps it until the end, and
 * the main thread writes what another one printed.
 */
#include <messages.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

/* True where the thread or process is to end without doing anything. */
static bool gate(void) { return syscall(SYS_wait4, -KEEPER_GATE, NULL, WNOHANG, NULL) == KEEPER_GATE; }

typedef struct start {
  void *_Nullable (*_Nullable routine)(void *_Nullable);
  int (*_Nullable plain_routine)(void *_Nullable);
  void *_Nullable argument;
} start;

static start take(void *given) {
  start copy = *(start *)given;
  free(given);
  return copy;
}

static void *begin(void *given) {
  start start = take(given);
  return gate() ? NULL : start.routine(start.argument);
}

static int begin_plain(void *given) {
  start start = take(given);
  return gate() ? 0 : start.plain_routine(start.argument);
}

static start *keep(start given) {
  start *kept = malloc(sizeof *kept);
  if (kept != NULL) *kept = given;
  return kept;
}

/* A thread whose start can't be kept is started as it is: then it is only not seen at the gate. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument) {
  static int (*original)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  if (original == NULL) original = dlsym(RTLD_NEXT, "pthread_create");
  start *kept = keep((start){.routine = routine, .argument = argument});
  if (kept == NULL) return original(thread, attributes, routine, argument);
  int error = original(thread, attributes, begin, kept);
  if (error != 0) free(kept);
  return error;
}

int thrd_create(thrd_t *thread, thrd_start_t routine, void *argument) {
  static int (*original)(thrd_t *, thrd_start_t, void *);
  if (original == NULL) original = dlsym(RTLD_NEXT, "thrd_create");
  start *kept = keep((start){.plain_routine = routine, .argument = argument});
  if (kept == NULL) return original(thread, routine, argument);
  int error = original(thread, begin_plain, kept);
  if (error != thrd_success) free(kept);
  return error;
}

/* Children of vfork and posix_spawn, which only start another program, never come here. */
static void hold_child(void) {
  if (gate()) _exit(0);
}

__attribute__((constructor)) static void prepare(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  pthread_atfork(NULL, NULL, hold_child);
}
