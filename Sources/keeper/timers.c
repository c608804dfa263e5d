/*
 * The timers that could still end a wait. Arming one is a call that the keeper is notified of; when it has fired for the
 * last time or was disarmed, it counts no more. What a program writes into its memory between the keeper's look and the
 * kernel's only misleads us about that program itself.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "keeper.h"

/* The one timer of `alarm` and `setitimer`; those of `timer_create` go by their ids, from 0. */
#define INTERVAL_TIMER (-1)
#define FOR_EVER INT64_MAX

static void forget(run *run, int process, int id) {
  for (size_t i = 0; i < run->timer_count; i++) {
    if (run->timers[i].process != process || run->timers[i].id != id) continue;
    run->timers[i] = run->timers[--run->timer_count];
    return;
  }
}

static void arm(run *run, int process, int id, int64_t until) {
  forget(run, process, id);
  if (run->timer_count == MAX_TIMERS) run->has_unknown_timers = true;
  else run->timers[run->timer_count++] = (timer){.process = process, .id = id, .until = until};
}

static bool read_memory(const run *run, uint32_t process, uint64_t address, void *bytes, size_t size) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%u/mem", process);
  watch_as(run->container);
  int memory = open(path, O_RDONLY | O_CLOEXEC);
  watch_as_oneself(run->container);
  if (memory < 0) return false;
  bool is_read = pread(memory, bytes, size, (off_t)address) == (ssize_t)size;
  close(memory);
  return is_read;
}

static int64_t later(int64_t now, int64_t seconds, int64_t nanoseconds) {
  if (seconds > FOR_EVER / NANOSECONDS / 2) return FOR_EVER;
  return now + seconds * NANOSECONDS + nanoseconds;
}

static void note_interval(run *run, int process, const struct seccomp_notif *request) {
  struct itimerval wanted = {0};
  if ((int)request->data.args[0] != ITIMER_REAL) return; /* they count CPU time, of which one that waits uses none */
  if (request->data.args[1] != 0 && !read_memory(run, request->pid, request->data.args[1], &wanted, sizeof wanted)) {
    run->has_unknown_timers = true;
  } else if (wanted.it_value.tv_sec == 0 && wanted.it_value.tv_usec == 0) {
    forget(run, process, INTERVAL_TIMER);
  } else {
    bool repeats = wanted.it_interval.tv_sec != 0 || wanted.it_interval.tv_usec != 0;
    int64_t until = later(clock_now(), wanted.it_value.tv_sec, wanted.it_value.tv_usec * 1000);
    arm(run, process, INTERVAL_TIMER, repeats ? FOR_EVER : until);
  }
}

static void note_timer(run *run, int process, const struct seccomp_notif *request) {
  struct itimerspec wanted;
  int id = (int)request->data.args[0];
  if (!read_memory(run, request->pid, request->data.args[2], &wanted, sizeof wanted)) {
    run->has_unknown_timers = true;
  } else if (wanted.it_value.tv_sec == 0 && wanted.it_value.tv_nsec == 0) {
    forget(run, process, id);
  } else {
    bool repeats = wanted.it_interval.tv_sec != 0 || wanted.it_interval.tv_nsec != 0;
    bool is_absolute = (int)request->data.args[1] & TIMER_ABSTIME;
    /* The clock of an absolute time is not known here, so it counts until it is set anew or its process has ended. */
    int64_t until = later(clock_now(), wanted.it_value.tv_sec, wanted.it_value.tv_nsec);
    arm(run, process, id, repeats || is_absolute ? FOR_EVER : until);
  }
}

void timers_note(run *run, int process, const struct seccomp_notif *request) {
  switch (request->data.nr) {
#ifdef SYS_alarm
  case SYS_alarm:
    if ((uint32_t)request->data.args[0] == 0) forget(run, process, INTERVAL_TIMER);
    else arm(run, process, INTERVAL_TIMER, later(clock_now(), (uint32_t)request->data.args[0], 0));
    return;
#endif
  case SYS_setitimer:
    note_interval(run, process, request);
    return;
  case SYS_timer_settime:
    note_timer(run, process, request);
    return;
  case SYS_timer_delete:
    forget(run, process, (int)request->data.args[0]);
    return;
  }
}

static bool is_alive(const view *view, int process) {
  for (size_t i = 0; i < view->count; i++) {
    if (view->tasks[i].process == process) return true;
  }
  return false;
}

bool timers_pending(run *run, const view *view, int64_t now) {
  for (size_t i = 0; i < run->timer_count;) {
    if (run->timers[i].until > now && is_alive(view, run->timers[i].process)) i++;
    else run->timers[i] = run->timers[--run->timer_count];
  }
  return run->timer_count > 0 || run->has_unknown_timers;
}
