/*
 * How much of a run's time the machine withheld: it had tasks that could have run, and others had the CPUs. A run's time
 * limit does not count that time, so a program ends as it would have on an idle machine; one that is withheld more than
 * 29 times its limit, and two minutes, is nobody's to judge: it had less than a thirtieth of what it could have used.
 *
 * In each step of `dt`, with `n` CPUs, the run's tasks ran for `u` and could have run, but did not, for `d` (the second
 * number of `schedstat`). What others took from it is at most w = min(d, n dt - u, what others used), and the same work
 * would have been done in u / (u + w) of the time.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keeper.h"

/* Several of the kernel's ticks, in which it counts what others used. */
#define STEP (200 * MILLISECONDS)
#define LEAST_STEP (50 * MILLISECONDS)
#define LEAST_PATIENCE (120 * NANOSECONDS)
#define UNKNOWN INT64_MAX

/* What the machine's CPUs did since its start, in nanoseconds. */
typedef struct machine {
  bool is_known;
  int64_t busy;
  int64_t steal;
  int64_t pressure; /* UNKNOWN where the kernel has no such account */
} machine;

static machine look_at_machine(void) {
  machine seen = {.pressure = UNKNOWN};
  long user, nice, system, idle, disk, interrupts, soft, steal = 0;
  long microseconds;
  FILE *file = fopen("/proc/stat", "re");
  if (file != NULL) {
    int64_t tick = NANOSECONDS / sysconf(_SC_CLK_TCK);
    seen.is_known = fscanf(file, "cpu %ld %ld %ld %ld %ld %ld %ld %ld", &user, &nice, &system, &idle, &disk, &interrupts,
                           &soft, &steal) >= 7;
    if (seen.is_known) seen.busy = (user + nice + system + interrupts + soft + steal) * tick;
    seen.steal = steal * tick;
    fclose(file);
  }
  file = fopen("/proc/pressure/cpu", "re");
  if (file != NULL) {
    if (fscanf(file, "some avg10=%*f avg60=%*f avg300=%*f total=%ld", &microseconds) == 1) {
      seen.pressure = microseconds * 1000;
    }
    fclose(file);
  }
  return seen;
}

static int64_t cpu_count(const keeper_run *request) {
  int64_t count = 0;
  for (size_t i = 0; i < KEEPER_CPU_WORDS; i++) count += __builtin_popcountll(request->cpus[i]);
  if (count > 0) return count;
  cpu_set_t own;
  return sched_getaffinity(0, sizeof own, &own) == 0 ? CPU_COUNT(&own) : sysconf(_SC_NPROCESSORS_ONLN);
}

/* Adds what a task ran and waited since the last step; false where the kernel keeps no such account. */
static bool add_task(run *run, size_t index, const task *task, int64_t *ran, int64_t *waited) {
  char path[64];
  char text[96];
  long on_cpu = 0;
  long delay = 0;
  unsigned long slices = 0;
  snprintf(path, sizeof path, "%d/task/%d/schedstat", task->process, task->thread);
  if (watch_read(run->container, path, text, sizeof text) <= 0) return true; /* it has ended */
  if (sscanf(text, "%ld %ld %lu", &on_cpu, &delay, &slices) != 3 || slices == 0) return false;
  sampled *known = NULL;
  for (size_t i = 0; known == NULL && i < run->sampled_count; i++) {
    sampled *each = &run->sampled[(index + i) % run->sampled_count];
    if (each->thread == task->thread) known = each;
  }
  if (known == NULL) {
    if (run->sampled_count == MAX_SAMPLED) return true;
    known = &run->sampled[run->sampled_count++];
    *known = (sampled){.thread = task->thread};
  }
  if (on_cpu >= known->on_cpu && delay >= known->delay) {
    *ran += on_cpu - known->on_cpu;
    *waited += delay - known->delay;
  }
  known->on_cpu = on_cpu;
  known->delay = delay;
  known->is_alive = true;
  return true;
}

static void forget_ended(run *run) {
  size_t kept = 0;
  for (size_t i = 0; i < run->sampled_count; i++) {
    if (!run->sampled[i].is_alive) continue;
    run->sampled[kept] = run->sampled[i];
    run->sampled[kept++].is_alive = false;
  }
  run->sampled_count = kept;
}

static int64_t least(int64_t left, int64_t right) { return left < right ? left : right; }

/* What was withheld in one step, at most the step. */
static int64_t withheld_in(run *run, const view *view, int64_t step) {
  int64_t ran = 0;
  int64_t waited = 0;
  bool is_counted = true;
  machine now = look_at_machine();
  machine before = {.is_known = run->machine_busy >= 0,
                    .busy = run->machine_busy,
                    .steal = run->machine_steal,
                    .pressure = run->machine_pressure};
  for (size_t i = 0; i < view->count; i++) is_counted = add_task(run, i, &view->tasks[i], &ran, &waited) && is_counted;
  forget_ended(run);
  int64_t cpus = cpu_count(&run->request);
  if (!is_counted) {
    /* Without that account: while some task of the run could go on, it waited no longer than any task of the machine. */
    ran = run->cpu_seen - run->cpu_sampled;
    waited = view->running == 0 ? 0 : now.pressure == UNKNOWN || before.pressure == UNKNOWN ? step : now.pressure - before.pressure;
  }
  run->cpu_sampled = run->cpu_seen;
  run->machine_busy = now.is_known ? now.busy : -1;
  run->machine_steal = now.steal;
  run->machine_pressure = now.pressure;
  /* A wait is counted when it ends, maybe a step later: what was too much for one step is left for the next. */
  waited += run->waited_before;
  int64_t taken = least(waited, cpus * step - ran);
  int64_t stolen = 0;
  if (now.is_known && before.is_known) {
    taken = least(taken, now.busy - before.busy - ran);
    if (ran > 0) stolen = (now.steal - before.steal) / cpus;
  }
  if (taken < 0) taken = 0;
  run->waited_before = least(waited - taken, step);
  int64_t lost = taken == 0 ? 0 : least(taken, (int64_t)((double)step * (double)taken / (double)(taken + ran)));
  return least(step, lost + stolen);
}

void starved_look(run *run, const view *view, int64_t now) {
  /* Near the end more often: what was withheld in the last step must be known in time. */
  bool is_near = now + STEP >= starved_deadline(run);
  if (run->sampled_at != 0 && now - run->sampled_at < (is_near ? LEAST_STEP : STEP)) return;
  int64_t withheld = withheld_in(run, view, now - run->sampled_at);
  if (run->sampled_at != 0) run->ended.withheld_time += withheld;
  run->sampled_at = now;
}

static int64_t most_withheld(const run *run) {
  int64_t times = 29 * run->request.wall_time;
  return times > LEAST_PATIENCE ? times : LEAST_PATIENCE;
}

int64_t starved_deadline(const run *run) { return run->deadline + least(run->ended.withheld_time, most_withheld(run)); }

bool starved_too_long(const run *run) { return run->ended.withheld_time >= most_withheld(run); }
