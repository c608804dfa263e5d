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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

#define LOOK_INTERVAL (10 * MILLISECONDS)
/* Between two looks passes at least this many times what the first one took. */
#define LOOK_SHARE 4
/* A gate opens when everything else is at rest, or at the latest after these. */
#define GATE_PATIENCE_SLEEPING (1 * NANOSECONDS)
#define GATE_PATIENCE_RUNNING (5 * NANOSECONDS)
/* Processes that keep running after their program's end are leftovers after this. */
#define SETTLE_PATIENCE (2 * NANOSECONDS)

#define MEASURE_INTERVAL (50 * MILLISECONDS)

/*
 * Where programs run as a user of their own and we lack CAP_SYS_PTRACE (Docker), /proc shows what they wait for only to
 * that user; file access as that user gives nothing else away, since signals go by the ids that stay.
 */
void watch_as(int user) {
  if (user < 0) return;
  setfsgid((gid_t)user);
  setfsuid((uid_t)user);
}

void watch_as_oneself(int user) {
  if (user < 0) return;
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

/* Without a pid namespace: the descendants of init, found by walking from each process to its threads' children. */
static size_t list_descendants(const container *container, int *processes, size_t capacity) {
  size_t count = 0;
  char path[64];
  static char text[64 << 10];
  for (size_t next = 0; next <= count && count < capacity; next++) {
    int parent = next == 0 ? (int)container->init : processes[next - 1];
    int threads[MAX_TASKS];
    snprintf(path, sizeof path, "%d/task", parent);
    int directory = openat(container->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) continue;
    size_t thread_count = watch_numbers(directory, threads, MAX_TASKS);
    close(directory);
    for (size_t i = 0; i < thread_count; i++) {
      snprintf(path, sizeof path, "%d/task/%d/children", parent, threads[i]);
      if (watch_read(container, path, text, sizeof text) <= 0) continue;
      char *rest = text;
      for (char *word; (word = strsep(&rest, " ")) != NULL && count < capacity;) {
        if (*word != 0) processes[count++] = atoi(word);
      }
    }
  }
  return count;
}

size_t watch_processes(const container *container, int *processes) {
  if (!has_namespaces(container->tier)) return list_descendants(container, processes, MAX_PROCESSES);
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

/* What a task at rest waits for, and how often it has been switched away from. */
static void look_at_wait(run *run, view *view, task *task) {
  char path[64];
  char text[2048];
  unsigned long arguments[6] = {0};
  task->call = waits_call(run->container, task->process, task->thread, arguments);
  task->is_held = task->call == SYS_wait4 && (int)arguments[0] == -KEEPER_GATE;
  task->is_endless = !task->is_held && waits_endlessly(run, task, arguments);
  task->is_sleeping = is_sleep(task->call, arguments);
  snprintf(path, sizeof path, "%d/task/%d/status", task->process, task->thread);
  if (watch_read(run->container, path, text, sizeof text) <= 0) view->is_complete = false;
  char *voluntary = strstr(text, "\nvoluntary_ctxt_switches:");
  char *forced = strstr(text, "\nnonvoluntary_ctxt_switches:");
  uint64_t switches = 0;
  if (voluntary != NULL) switches += strtoull(voluntary + 25, NULL, 10);
  if (forced != NULL) switches += strtoull(forced + 28, NULL, 10);
  view->held += task->is_held;
  view->endless += task->is_endless;
  if (task->call >= 0 && !task->is_held && !task->is_endless && waits_is_helper(run->container, task)) view->helpers++;
  else view->switches += mixed((uint64_t)task->thread << 40 ^ switches);
}

static void look_at_task(run *run, view *view, int process, int thread, bool waits) {
  char path[64];
  char text[512];
  if (view->count == MAX_TASKS) {
    view->is_complete = false;
    return;
  }
  snprintf(path, sizeof path, "%d/task/%d/stat", process, thread);
  char *name_end = watch_read(run->container, path, text, sizeof text) > 0 ? strrchr(text, ')') : NULL;
  if (name_end == NULL) return; /* it has ended */
  char state = name_end[2];
  if (state == 'Z' || state == 'X') {
    view->zombies++;
    return;
  }
  task *task = &view->tasks[view->count++];
  *task = (struct task){.process = process, .thread = thread, .state = state, .call = -1};
  if (state == 'R' || state == 'D') {
    view->running++;
  } else if (state == 'T' || state == 't') {
    view->stopped++;
  } else if (waits) {
    look_at_wait(run, view, task);
  }
}

void watch_tasks(run *run, view *view, bool waits) {
  static int processes[MAX_PROCESSES];
  static int threads[MAX_TASKS];
  char path[40];
  memset(view, 0, offsetof(struct view, tasks));
  view->is_complete = true;
  size_t process_count = watch_processes(run->container, processes);
  watch_as(run->container->user);
  for (size_t i = 0; i < process_count; i++) {
    snprintf(path, sizeof path, "%d/task", processes[i]);
    int directory = openat(run->container->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) continue;
    size_t thread_count = watch_numbers(directory, threads, MAX_TASKS);
    close(directory);
    size_t before = view->count;
    for (size_t j = 0; j < thread_count; j++) look_at_task(run, view, processes[i], threads[j], waits);
    view->processes += view->count > before;
  }
  watch_as_oneself(run->container->user);
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

static void look_at_gate(run *run, const view *view, int64_t now) {
  bool is_at_rest = view->is_complete && view->running == 0 && view->endless + view->held == view->count;
  if (is_at_rest && view->held == run->held_count) {
    if (watch_rested(run, view, now, MILLISECONDS)) notify_release(run, view);
  } else {
    run->settled_since = 0;
    int64_t held_for = now - run->held_since;
    bool is_asleep = view->running == 0;
    if (held_for > (is_asleep ? GATE_PATIENCE_SLEEPING : GATE_PATIENCE_RUNNING)) notify_release(run, NULL);
  }
}

/* Where births are notified there can't be too many; without a listener they are seen here, or not at all. */
static bool is_over_tasks(const run *run, const view *view) {
  const keeper_run *request = &run->request;
  size_t processes = request->flags & KEEPER_THREADS_ONLY ? 1 : request->processes == 0 ? SIZE_MAX : request->processes + 1;
  return view->count > request->tasks || view->processes > processes;
}

/* Tiers A and B have a file system of their own, of that size. */
static bool is_over_disk_space(run *run, int64_t now) {
  if (has_namespaces(run->container->tier) || now < run->next_measure) return false;
  run->next_measure = now + MEASURE_INTERVAL;
  uint64_t used = measure_folder(run->container->folder, 1024 + run->request.disk_space / 4096);
  return used > run->request.disk_space;
}

static void look(run *run, int64_t now) {
  static view present;
  int64_t cpu;
  uint64_t memory;
  run->next_look = now + (run->held_count > 0 ? 2 * MILLISECONDS : LOOK_INTERVAL);
  watch_usage(run, &cpu, &memory);
  if (cpu > run->cpu_seen) run->cpu_seen = cpu;
  if (memory > run->ended.peak_memory) run->ended.peak_memory = memory;
  const cgroup *group = &run->container->group;
  /* A tree can grow past both limits between two looks; the kernel then has killed a part of it, not always the program. */
  if (memory > run->request.memory || cgroup_kills(group) > group->kills_before) {
    run_stop(run, KEEPER_MEMORY);
    return;
  }
  if (run->request.cpu_time > 0 && cpu >= run->request.cpu_time) {
    run_stop(run, KEEPER_CPU_TIME);
    return;
  }
  if (is_over_disk_space(run, now)) {
    run_stop(run, KEEPER_DISK);
    return;
  }
  if (run->held_count == 0 && !(run->request.flags & KEEPER_DETECTS_DEADLOCK)) return;
  watch_tasks(run, &present, true);
  starved_look(run, &present, now);
  if (is_over_tasks(run, &present)) {
    run_stop(run, KEEPER_TASKS);
    return;
  }
  if (run->held_count > 0) look_at_gate(run, &present, now);
  else deadlock_look(run, &present, now);
}

static void note_leftovers(run *run, const view *view) {
  int last = 0;
  for (size_t i = 0; i < view->count; i++) {
    const task *task = &view->tasks[i];
    if (task->process == last) continue;
    last = task->process;
    char name[16];
    size_t size = watch_name(run->container, task->process, task->process, name);
    keeper_record record = {.kind = KEEPER_RECORD_LEFTOVER, .process = task->process};
    journal_note(&run->journal, record, size > 0 ? name : "?", size > 0 ? size : 1);
    run->has_leftovers = true;
  }
}

/*
 * After the program's end: its helpers (a pool's resource tracker, say) may need a moment to end as well, and longer on a
 * busy machine. A leftover is what has come to rest and stays, or what is still running after two seconds.
 */
static void settle(run *run, int64_t now) {
  static view present;
  int64_t cpu;
  uint64_t memory;
  if (run->held_count > 0) notify_release(run, NULL);
  watch_tasks(run, &present, true);
  if (present.count == 0) {
    run_stop(run, KEEPER_EXITED);
    return;
  }
  watch_usage(run, &cpu, &memory);
  bool has_stayed = present.running > 0 ? false : watch_rested(run, &present, now, KEEPER_REST);
  bool is_over = now - run->settling_since > SETTLE_PATIENCE || memory > run->request.memory;
  if (present.running > 0) run->settled_since = 0;
  run->next_look = now + 2 * MILLISECONDS;
  if (!has_stayed && !is_over) return;
  note_leftovers(run, &present);
  run_stop(run, KEEPER_EXITED);
}

/* Looks again later when it took long: a tree of a thousand tasks must not keep the keeper from everybody else's. */
static void look_less(run *run, int64_t began) {
  int64_t taken = clock_now() - began;
  int64_t earliest = began + taken * (1 + LOOK_SHARE);
  if (run->held_count == 0 && run->next_look < earliest) run->next_look = earliest;
}

void watch_look(run *run, int64_t now) {
  look(run, now);
  look_less(run, now);
}

void watch_settle(run *run, int64_t now) {
  settle(run, now);
  look_less(run, now);
}
