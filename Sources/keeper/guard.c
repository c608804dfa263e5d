/*
 * Calls that the keeper decides itself, by their register arguments alone, which nobody can change meanwhile: those that
 * name another task (without a pid namespace that may be anybody's), and those that make room for memory that no process
 * need have mapped.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "keeper.h"

/* Deeper than any tree that a limit on tasks allows. */
#define MOST_ANCESTORS 4096

static int parent_of(int task) {
  char path[40];
  char text[2048];
  int parent = 0;
  snprintf(path, sizeof path, "/proc/%d/status", task);
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  while (parent == 0 && fgets(text, sizeof text, file) != NULL) {
    if (strncmp(text, "PPid:", 5) == 0) parent = atoi(text + 5);
  }
  fclose(file);
  return parent;
}

/* Whether a task, by the id it has for the keeper, is one of the run's: a descendant of the container's init. */
static bool is_own(const run *run, int task) {
  for (int i = 0; task > 1 && i < MOST_ANCESTORS; i++) {
    task = parent_of(task);
    if (task == run->container->init) return true;
  }
  return false;
}

static bool may_reserve(run *run, uint64_t bytes) {
  if (bytes > run->request.memory - run->reserved) return false;
  run->reserved += bytes;
  return true;
}

int guard_error(run *run, const struct seccomp_data *call) {
  int first = (int)call->args[0];
  int second = (int)call->args[1];
  switch (call->nr) {
  case SYS_shmget: return call->args[1] == 0 || may_reserve(run, call->args[1]) ? 0 : ENOMEM;
  case SYS_setpriority: return first == PRIO_PROCESS && (second == 0 || is_own(run, second)) ? 0 : EPERM;
  default: return -1;
  }
}
