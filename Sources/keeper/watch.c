/*
 * The kernel's view of a run's tree, from /proc: what its tasks wait for, what they use. Nothing here believes anything
 * a program says of itself.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/*
 * Where programs run as a user of their own and we lack CAP_SYS_PTRACE (Docker), /proc shows what they wait for only to
 * that user; file access as that user gives nothing else away, since signals go by the ids that stay. Of a user namespace
 * of its own making the keeper sees everything.
 */
void watch_as(const container *container) {
  if (container->user < 0 || has_namespaces(container->tier)) return;
  setfsgid((gid_t)container->user);
  setfsuid((uid_t)container->user);
}

void watch_as_oneself(const container *container) {
  if (container->user < 0 || has_namespaces(container->tier)) return;
  setfsuid(geteuid());
  setfsgid(getegid());
}

ssize_t watch_read(const container *container, const char *path, char *text, size_t capacity) {
  int file = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t size = read(file, text, capacity - 1);
  close(file);
  if (size < 0) return -1;
  text[size] = 0;
  return size;
}

/* Whether what just could not be read has ended. Anything else, as a keeper out of descriptors, hides what is there. */
static bool has_ended(void) { return errno == ENOENT || errno == ESRCH; }

/* The numbers among a directory's names. */
size_t watch_numbers(int directory, int *numbers, size_t capacity) {
  static char entries[32 << 10] __attribute__((aligned(8)));
  size_t count = 0;
  lseek(directory, 0, SEEK_SET);
  for (;;) {
    long size = syscall(SYS_getdents64, directory, entries, sizeof entries);
    if (size <= 0) return count;
    for (long at = 0; at < size;) {
      struct dirent64 *entry = (struct dirent64 *)(entries + at);
      int number = entry->d_name[0] >= '0' && entry->d_name[0] <= '9' ? atoi(entry->d_name) : 0;
      if (number > 0 && count < capacity) numbers[count++] = number;
      at += entry->d_reclen;
    }
  }
}

/* The threads of a process, at most MAX_TASKS; `is_complete` turns false where they can't be read. */
static size_t list_threads(const container *container, int process, int *threads, bool *is_complete) {
  char path[40];
  snprintf(path, sizeof path, "%d/task", process);
  int directory = openat(container->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) {
    if (!has_ended()) *is_complete = false;
    return 0;
  }
  size_t count = watch_numbers(directory, threads, MAX_TASKS);
  close(directory);
  return count;
}

/* Without a pid namespace: the descendants of init, found by walking from each process to its threads' children. */
static size_t list_descendants(const container *container, int *processes, size_t capacity, bool *is_complete) {
  size_t count = 0;
  char path[64];
  static char text[64 << 10];
  for (size_t next = 0; next <= count && count < capacity; next++) {
    int parent = next == 0 ? (int)container->init : processes[next - 1];
    int threads[MAX_TASKS];
    size_t thread_count = list_threads(container, parent, threads, is_complete);
    for (size_t i = 0; i < thread_count; i++) {
      snprintf(path, sizeof path, "%d/task/%d/children", parent, threads[i]);
      ssize_t size = watch_read(container, path, text, sizeof text);
      if (size < 0 && !has_ended()) *is_complete = false;
      if (size <= 0) continue;
      char *rest = text;
      for (char *word; (word = strsep(&rest, " ")) != NULL && count < capacity;) {
        if (*word != 0) processes[count++] = atoi(word);
      }
    }
  }
  return count;
}

size_t watch_processes(const container *container, int *processes, bool *is_complete) {
  *is_complete = true;
  if (!has_namespaces(container->tier)) return list_descendants(container, processes, MAX_PROCESSES, is_complete);
  size_t count = watch_numbers(container->proc, processes, MAX_PROCESSES);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (processes[i] != 1) processes[kept++] = processes[i];
  }
  return kept;
}

size_t watch_name(const container *container, int process, int thread, char name[16]) {
  char path[64];
  snprintf(path, sizeof path, "%d/task/%d/comm", process, thread);
  ssize_t size = watch_read(container, path, name, 16);
  if (size > 0 && name[size - 1] == '\n') size--;
  return size < 0 ? 0 : (size_t)size;
}

static uint64_t mixed(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

/* Whether the call does nothing but let time pass: also a wait for none of any descriptors, with a timeout. */
static bool is_sleep(long call, const unsigned long arguments[6]) {
  switch (call) {
  case SYS_nanosleep:
  case SYS_clock_nanosleep: return true;
  case SYS_ppoll: return arguments[1] == 0 && arguments[2] != 0;
  case SYS_pselect6: return arguments[0] == 0 && arguments[4] != 0;
#ifdef SYS_poll
  case SYS_poll: return arguments[1] == 0 && (int)arguments[2] >= 0;
  case SYS_select: return arguments[0] == 0 && arguments[4] != 0;
#endif
  default: return false;
  }
}

/* How often a task has been switched away from; false where that can't be known, as when it has just ended. */
static bool count_switches(const container *container, const task *task, uint64_t *switches) {
  static const char voluntary_key[] = "\nvoluntary_ctxt_switches:";
  static const char forced_key[] = "\nnonvoluntary_ctxt_switches:";
  static char text[STATUS_SIZE];
  char path[64];
  snprintf(path, sizeof path, "%d/task/%d/status", task->process, task->thread);
  if (watch_read(container, path, text, sizeof text) <= 0) return false;
  const char *voluntary = strstr(text, voluntary_key);
  const char *forced = strstr(text, forced_key);
  if (voluntary == NULL || forced == NULL) return false;
  *switches = strtoull(voluntary + sizeof voluntary_key - 1, NULL, 10) + strtoull(forced + sizeof forced_key - 1, NULL, 10);
  return true;
}

/* What a task at rest waits for, and how often it has been switched away from. */
static void look_at_wait(run *run, view *view, task *task) {
  uint64_t switches = 0;
  unsigned long arguments[6] = {0};
  task->call = waits_call(run->container, task->process, task->thread, arguments);
  task->is_held = task->call == SYS_wait4 && (int)arguments[0] == -KEEPER_GATE;
  task->is_endless = !task->is_held && waits_endlessly(run, task, arguments);
  task->is_sleeping = is_sleep(task->call, arguments);
  if (!count_switches(run->container, task, &switches)) view->is_complete = false;
  view->held += task->is_held;
  view->endless += task->is_endless;
  bool is_other = task->call >= 0 && !task->is_held && !task->is_endless;
  bool is_helper = is_other && runtime_is_helper(run->container, task, arguments);
  task->is_entering = is_other && !is_helper && task->call == SYS_futex && runtime_is_java(run->container, task->process);
  view->helpers += is_helper;
  view->entering += task->is_entering;
  if (!is_helper && !task->is_entering) view->switches += mixed((uint64_t)task->thread << 40 ^ switches);
}

static void look_at_task(run *run, view *view, int process, int thread, bool is_second, bool waits) {
  char path[64];
  char text[512];
  if (view->count == MAX_TASKS) {
    view->is_complete = false;
    return;
  }
  snprintf(path, sizeof path, "%d/task/%d/stat", process, thread);
  ssize_t size = watch_read(run->container, path, text, sizeof text);
  if (size < 0 && has_ended()) return;
  char *name_end = size > 0 ? strrchr(text, ')') : NULL;
  if (name_end == NULL) {
    view->is_complete = false;
    return;
  }
  char state = name_end[2];
  if (state == 'Z' || state == 'X') {
    view->zombies++;
    return;
  }
  task *task = &view->tasks[view->count++];
  *task = (struct task){.process = process, .thread = thread, .state = state, .is_second = is_second, .call = -1, .cpu = -1};
  if (state == 'R' || state == 'D') {
    view->running++;
    if (state == 'R') task->cpu = spread_cpu(run, name_end + 2);
    view->stirring += waits && runtime_is_java_helper(run->container, task);
  } else if (state == 'T' || state == 't') {
    view->stopped++;
  } else if (waits) {
    look_at_wait(run, view, task);
  }
}

void watch_tasks(run *run, view *view, bool waits) {
  static int processes[MAX_PROCESSES];
  static int threads[MAX_TASKS];
  memset(view, 0, offsetof(struct view, tasks));
  size_t process_count = watch_processes(run->container, processes, &view->is_complete);
  watch_as(run->container);
  for (size_t i = 0; i < process_count; i++) {
    size_t thread_count = list_threads(run->container, processes[i], threads, &view->is_complete);
    size_t before = view->count;
    for (size_t j = 0; j < thread_count; j++) look_at_task(run, view, processes[i], threads[j], j == 1, waits);
    view->processes += view->count > before;
  }
  watch_as_oneself(run->container);
  if (view->count > run->ended.peak_tasks) run->ended.peak_tasks = view->count;
}

/* Whether the tree has been in this state, without a single switch to any of its tasks, since `settled_since`. */
bool watch_rested(run *run, const view *view, int64_t now, int64_t duration) {
  if (run->settled_since == 0 || view->switches != run->settled_switches) {
    run->settled_since = now;
    run->settled_switches = view->switches;
    return false;
  }
  return now - run->settled_since >= duration;
}

bool watch_has_ended(const run *run) {
  const unsigned exiting = 4; /* PF_EXITING of the kernel's sched.h: it makes no call any more */
  char path[40];
  char text[512];
  char state = 'X';
  unsigned flags = 0;
  int threads = 0;
  if (run->has_settled) return true;
  if (run->is_decided || run->leader <= 0) return false;
  snprintf(path, sizeof path, "%d/stat", run->leader);
  char *name_end = watch_read(run->container, path, text, sizeof text) > 0 ? strrchr(text, ')') : NULL;
  if (name_end != NULL) {
    /* The first, seventh and eighteenth word behind the name (proc_pid_stat(5)). */
    sscanf(name_end + 2, "%c %*d %*d %*d %*d %*d %u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d", &state, &flags, &threads);
  }
  return (state == 'Z' || state == 'X' || (flags & exiting) != 0) && threads <= 1;
}
