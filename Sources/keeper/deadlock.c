/*
 * When a run is in deadlock: every task waits without a timeout for something that only the run's own tree can bring
 * about, nothing has been switched to for a while, no timer is armed, and nothing that is waited for can be fed from
 * outside.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "jvm.h"

/*
 * Where helpers of a runtime wake up now and then, a stall of theirs (a collection of garbage) must not look like rest: it
 * must be longer, and at its end all of them must wait as well.
 */
#define REST_WITH_HELPERS (300 * MILLISECONDS)
/*
 * So long before the verdict the descriptors are looked at. A timer that has just fired looks disarmed already; whom it
 * wakes is seen to run in the time that is left.
 */
#define SCAN_LEAD (50 * MILLISECONDS)
#define MEMORY_DEVICES 1 /* null, zero, random: always ready */
#define MAX_LISTENERS 64
#define MOST_MACHINES 8 /* of Java: each takes milliseconds to read */

/* The sockets that somebody could connect or send to, by inode. */
typedef struct listeners {
  unsigned long inodes[MAX_LISTENERS];
  size_t count;
  bool is_complete;
} listeners;

/* Adds the sockets of one table of /proc/PID/net that are in `state`. */
static void add_listeners(const container *container, int process, const char *table, unsigned state, listeners *found) {
  char path[64];
  char line[512];
  snprintf(path, sizeof path, "%d/net/%s", process, table);
  int descriptor = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
  if (file == NULL) {
    if (descriptor >= 0 || errno != ENOENT) found->is_complete = false; /* else a kernel without this family */
    if (descriptor >= 0) close(descriptor);
    return;
  }
  while (fgets(line, sizeof line, file) != NULL) {
    unsigned present = 0;
    unsigned long inode = 0;
    if (sscanf(line, "%*s %*s %*s %x %*s %*s %*s %*s %*s %lu", &present, &inode) != 2 || present != state) continue;
    if (found->count < MAX_LISTENERS) found->inodes[found->count++] = inode;
    else found->is_complete = false;
  }
  if (ferror(file)) found->is_complete = false;
  fclose(file);
}

static bool is_listener(const listeners *known, const char *link) {
  unsigned long inode = strtoul(link + strlen("socket:["), NULL, 10);
  for (size_t i = 0; i < known->count; i++) {
    if (known->inodes[i] == inode) return true;
  }
  return !known->is_complete;
}

static bool is_armed(const container *container, int process, int descriptor) {
  char path[64];
  char text[512];
  unsigned long long seconds = 1;
  unsigned long long nanoseconds = 1;
  snprintf(path, sizeof path, "%d/fdinfo/%d", process, descriptor);
  if (watch_read(container, path, text, sizeof text) <= 0) return true;
  char *value = strstr(text, "it_value: (");
  if (value == NULL || sscanf(value, "it_value: (%llu, %llu)", &seconds, &nanoseconds) != 2) return true;
  return seconds != 0 || nanoseconds != 0;
}

/* Whether something outside the tree could make this descriptor ready for one who waits for many, or who accepts. */
static bool can_be_fed(const run *run, int process, int descriptor, const listeners *known) {
  char path[64];
  char link[PATH_MAX];
  struct stat status;
  if (waits_link(run->container, process, descriptor, link) == 0) return false;
  if (strncmp(link, "socket:[", 8) == 0) {
    return waits_socket_leads_out(run) || is_listener(known, link);
  }
  if (strcmp(link, "anon_inode:inotify") == 0 || strcmp(link, "anon_inode:[fanotify]") == 0) return true;
  if (strncmp(link, "anon_inode:", 11) == 0) return false;
  snprintf(path, sizeof path, "%d/fd/%d", process, descriptor);
  if (fstatat(run->container->proc, path, &status, 0) < 0) return false;
  if (S_ISCHR(status.st_mode)) return major(status.st_rdev) != MEMORY_DEVICES;
  return (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) && waits_is_same(&status, &run->input_file);
}

/* Whether a process has an armed timer among its descriptors, or waits for one that can be fed from outside. */
static bool has_outer_descriptor(const run *run, int process, bool waits_for_any, const listeners *known) {
  char path[64];
  char link[PATH_MAX];
  bool is_outer = false;
  snprintf(path, sizeof path, "%d/fd", process);
  int directory = openat(run->container->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = directory < 0 ? NULL : fdopendir(directory);
  if (entries == NULL) {
    if (directory >= 0) close(directory);
    return true;
  }
  for (struct dirent *entry; !is_outer && (entry = readdir(entries)) != NULL;) {
    if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
    int descriptor = atoi(entry->d_name);
    if (waits_link(run->container, process, descriptor, link) == 0) continue;
    if (strcmp(link, "anon_inode:[timerfd]") == 0) is_outer = is_armed(run->container, process, descriptor);
    else if (waits_for_any) is_outer = can_be_fed(run, process, descriptor, known);
  }
  closedir(entries);
  return is_outer;
}

static bool waits_for_any(long call) {
  return waits_is_for_many(call) || call == SYS_accept || call == SYS_accept4 || call == SYS_recvfrom ||
         call == SYS_recvmsg;
}

/* The dear part of the look, made once everything has come to rest. */
static bool can_be_woken(const run *run, const view *view) {
  for (size_t first = 0; first < view->count;) {
    int process = view->tasks[first].process;
    listeners known = {.is_complete = true};
    bool waits = false;
    size_t next = first;
    for (; next < view->count && view->tasks[next].process == process; next++) {
      waits = waits || waits_for_any(view->tasks[next].call);
    }
    first = next;
    if (waits) {
      add_listeners(run->container, process, "tcp", 0x0A, &known);
      add_listeners(run->container, process, "tcp6", 0x0A, &known);
      add_listeners(run->container, process, "udp", 0x07, &known);
      add_listeners(run->container, process, "udp6", 0x07, &known);
    }
    if (has_outer_descriptor(run, process, waits, &known)) return true;
  }
  return false;
}

/* The virtual machine of Java that is read now, and how many processes were tried. */
static struct {
  jvm machine;
  int turns;
} java;

static void java_begin(void) {
  java.machine = (jvm){.memory = -1};
  java.turns = 0;
}

/* Has the machine of a task's process ready, where it is one of Java; tasks come process by process. */
static bool java_turns_to(const run *run, const task *task) {
  if (java.machine.process == task->process) return java.machine.memory >= 0;
  if (!runtime_is_java(run->container, task->process) || ++java.turns > MOST_MACHINES) return false;
  jvm_close(&java.machine);
  return jvm_open(run->container, task->process, &java.machine);
}

/* Whether those that may be entering monitors do so, and all of these have owners: then only the tree can let them in. */
static bool are_shut_out(const run *run, const view *view) {
  bool are = true;
  java_begin();
  for (size_t i = 0; are && i < view->count; i++) {
    const task *task = &view->tasks[i];
    int owner;
    if (task->is_entering) are = java_turns_to(run, task) && jvm_waits(&java.machine, task->thread, &owner);
  }
  jvm_close(&java.machine);
  return are;
}

static waits_relation relation_of(const run *run, const task *task, int *other) {
  unsigned long arguments[6] = {0};
  *other = 0;
  if (waits_call(run->container, task->process, task->thread, arguments) != task->call) return WAITS_UNKNOWN;
  waits_relation relation = waits_other(run->container, task, arguments, other);
  if (relation != WAITS_UNKNOWN || task->call != SYS_futex || !java_turns_to(run, task)) return relation;
  return jvm_waits(&java.machine, task->thread, other) && *other != 0 ? WAITS_FOR_LOCK : WAITS_UNKNOWN;
}

static void note_blocked(run *run, const view *view) {
  java_begin();
  for (size_t i = 0; i < view->count; i++) {
    const task *task = &view->tasks[i];
    if (!task->is_endless && !task->is_entering) continue;
    char name[16];
    int other = 0;
    size_t size = watch_name(run->container, task->process, task->thread, name);
    waits_relation relation = relation_of(run, task, &other);
    keeper_record record = {.kind = KEEPER_RECORD_BLOCKED,
                            .process = task->process,
                            .thread = task->thread,
                            .value = task->call,
                            .detail = (uint32_t)relation,
                            .reserved = (uint32_t)other};
    journal_note(&run->journal, record, size > 0 ? name : "?", size > 0 ? size : 1);
  }
  jvm_close(&java.machine);
}

void deadlock_look(run *run, const view *view, int64_t now) {
  size_t waiting = view->endless + view->stopped + view->helpers + view->entering;
  bool has_all = view->is_complete && view->running == view->stirring && view->endless + view->stopped > 0 &&
                 waiting + view->stirring == view->count;
  if (!has_all || timers_pending(run, view, now)) {
    run->settled_since = 0;
    return;
  }
  if (view->stirring > 0) run->stirred_at = now;
  int64_t rest = view->helpers + view->stirring > 0 ? REST_WITH_HELPERS : KEEPER_REST;
  if (!watch_rested(run, view, now, rest - SCAN_LEAD) || now - run->stirred_at < SCAN_LEAD) return;
  if (run->scanned_since != run->settled_since) {
    bool is_woken = false;
    watch_as(run->container);
    if (view->stopped == 0) is_woken = !are_shut_out(run, view) || can_be_woken(run, view);
    watch_as_oneself(run->container);
    if (is_woken) run->settled_since = 0;
    else run->scanned_since = run->settled_since;
    return;
  }
  if (!watch_rested(run, view, now, rest)) return;
  /* Who is stopped can be continued by its own tree only, and everything else of that waits. */
  if (view->stopped > 0) {
    run_stop(run, KEEPER_STOPPED);
    return;
  }
  watch_as(run->container);
  bool are_still = are_shut_out(run, view);
  if (are_still) note_blocked(run, view);
  watch_as_oneself(run->container);
  if (are_still) run_stop(run, KEEPER_DEADLOCK);
  else run->settled_since = 0;
}
