/* The regular looks at a run: its limits, its gate, a deadlock, and what is left when the program has ended. */
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "keeper.h"

#define LOOK_INTERVAL (10 * MILLISECONDS)
/* Between two looks passes at least this many times what the first one took. */
#define LOOK_SHARE 4
/*
 * A gate opens when everything else is at rest, or at the latest after these. Of what computes meanwhile its CPU time counts,
 * so that it comes as far on a busy machine as on an idle one.
 */
#define GATE_PATIENCE_SLEEPING (1 * NANOSECONDS)
#define GATE_PATIENCE_RUNNING (5 * NANOSECONDS)
#define GATE_PATIENCE (10 * NANOSECONDS)
/* Processes that keep running after their program's end are leftovers after this. */
#define SETTLE_PATIENCE (2 * NANOSECONDS)

#define MEASURE_INTERVAL (50 * MILLISECONDS)

static void look_at_gate(run *run, const view *view, int64_t now) {
  bool is_at_rest = view->is_complete && view->running == 0 && view->endless + view->held == view->count;
  if (is_at_rest && view->held == run->held_count) {
    if (watch_rested(run, view, now, MILLISECONDS)) notify_release(run, view);
  } else {
    run->settled_since = 0;
    int64_t held_for = now - run->held_since;
    bool is_asleep = view->running == 0 && held_for > GATE_PATIENCE_SLEEPING;
    bool has_computed = run->cpu_seen - run->held_since_cpu > GATE_PATIENCE_RUNNING;
    if (is_asleep || has_computed || held_for > GATE_PATIENCE) notify_release(run, NULL);
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
  int64_t usual = spread_is_wanted(run) ? TIMED_INTERVAL : LOOK_INTERVAL;
  run->next_look = now + (run->held_count > 0 ? 2 * MILLISECONDS : usual);
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
 * busy machine. A leftover is what has come to rest and stays, or what is still running after two seconds. One look alone
 * can miss a helper whose parent ends just then.
 */
static void settle(run *run, int64_t now) {
  static view present;
  int64_t cpu;
  uint64_t memory;
  if (run->held_count > 0) notify_release(run, NULL);
  watch_tasks(run, &present, true);
  bool was_empty = run->was_empty;
  run->was_empty = present.is_complete && present.count == 0;
  if (was_empty && run->was_empty) {
    run_stop(run, KEEPER_EXITED);
    return;
  }
  watch_usage(run, &cpu, &memory);
  bool is_at_rest = present.running == 0 && present.count > 0;
  bool has_stayed = is_at_rest && watch_rested(run, &present, now, KEEPER_REST);
  bool is_over = now - run->settling_since > SETTLE_PATIENCE || memory > run->request.memory;
  if (!is_at_rest) run->settled_since = 0;
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
