/* Supervision of one run: its deadlines, its end. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

/* How long an init may take to kill, reap and wipe before its container is given up. */
#define SWEEP_PATIENCE (20 * NANOSECONDS)

/* What the kernel did, and what was used or printed between the last look and the end, decides as well. */
static void decide_by_account(run *run) {
  keeper_ended *ended = &run->ended;
  bool is_by_itself = ended->reason == KEEPER_EXITED || ended->reason == KEEPER_SIGNALED;
  if (!is_by_itself) return;
  bool is_killed = cgroup_kills(&run->container->group) > run->container->group.kills_before;
  if (is_killed || ended->peak_memory > run->request.memory) {
    ended->reason = KEEPER_MEMORY;
  } else if (ended->reason == KEEPER_EXITED && ended->output_bytes + ended->error_bytes > run->request.output) {
    ended->reason = KEEPER_OUTPUT;
  }
}

void run_set_priority(const run *run, int nice) {
  if (run->request.flags & KEEPER_GOES_FIRST) setpriority(PRIO_PROCESS, (id_t)run->container->init, nice);
}

/* Where the kernel shares CPUs out among sessions, a program's session needs the priority too (sched(7), autogroup). */
static void set_session_priority(const run *run) {
  char path[32];
  if (!(run->request.flags & KEEPER_GOES_FIRST)) return;
  snprintf(path, sizeof path, "%d/autogroup", run->leader);
  int file = openat(run->container->proc, path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t ignored = write(file, "-20", 3);
  (void)ignored;
  close(file);
}

void run_close(run *run) {
  events_close(&run->output);
  events_close(&run->errors);
  events_close(&run->examiner);
  events_close(&run->listener);
  if (run->witness.descriptor >= 0) events_ignore(&run->witness); /* the container's */
  run->witness.descriptor = -1;
  close_descriptor(&run->written_ends[0]);
  close_descriptor(&run->written_ends[1]);
  close_descriptor(&run->journal.descriptor);
}

static void finish(run *run) {
  container *container = run->container;
  run_set_priority(run, 0);
  streams_drain(run);
  accounts_finish(run);
  surroundings_end(run);
  decide_by_account(run);
  streams_note_tails(run);
  container->run = NULL;
  run->ended.header = run->request.header;
  run->ended.header.kind = KEEPER_ENDED;
  tell_harness(&run->ended, sizeof run->ended, NULL, 0);
  /* The harness need not wait for all this. */
  run_make_next();
  run_close(run);
  events_free_later(run);
}

void run_fail(run *run, keeper_stage stage, int error) {
  run->ended.reason = KEEPER_CONTAINER_FAILED;
  run->ended.stage = stage;
  run->ended.error = error;
  run->is_decided = true;
  finish(run);
}

static void sweep(run *run) {
  init_request request = {.kind = INIT_SWEEP};
  accounts_look(run);
  surroundings_end(run);
  run->phase = PHASE_SWEEPING;
  run->sweep_deadline = clock_now() + SWEEP_PATIENCE;
  if (keeper_send(run->container->control.descriptor, &request, sizeof request, NULL, 0, 1) < 0) {
    container_close(run->container, errno);
  }
}

void run_stop(run *run, keeper_reason reason) {
  if (run->phase == PHASE_SWEEPING) return;
  bool is_new = !run->is_decided;
  if (is_new) {
    run->is_decided = true;
    run->ended.reason = reason;
    if (run->ended.wall_time == 0) run->ended.wall_time = clock_now() - run->journal.origin;
  }
  if (run->phase == PHASE_STARTING) return;
  if (is_new && run->phase == PHASE_RUNNING) {
    streams_drain(run);
    if (ask_begin(run)) {
      run->phase = PHASE_ASKING;
      return;
    }
  }
  sweep(run);
}

static void decide_by_status(run *run, int status) {
  if (run->is_decided) return;
  run->is_decided = true;
  if (WIFEXITED(status)) {
    run->ended.reason = KEEPER_EXITED;
    run->ended.code = WEXITSTATUS(status);
    return;
  }
  int signal = WTERMSIG(status);
  bool is_cpu = signal == SIGXCPU || (signal == SIGKILL && run->request.cpu_time > 0 && run->cpu_seen >= run->request.cpu_time);
  run->ended.code = signal;
  run->ended.core_dumped = WCOREDUMP(status) ? 1 : 0;
  run->ended.reason = is_cpu                ? KEEPER_CPU_TIME
                      : signal == SIGXFSZ   ? KEEPER_FILE_SIZE
                      : signal == SIGSYS    ? KEEPER_DISALLOWED_CALL
                                            : KEEPER_SIGNALED;
}

/* What forks and exits without pause can be missed by every look; that it was killed is certain. */
static void note_unseen(run *run, int process) {
  keeper_record record = {.kind = KEEPER_RECORD_LEFTOVER, .process = process};
  journal_note(&run->journal, record, "?", 1);
}

/* Everything is gone: what it used is known, and the run is over. */
static void handle_swept(run *run, const init_reply *reply) {
  run->ended.user_time = reply->user_time;
  run->ended.system_time = reply->system_time;
  if (reply->peak_memory > run->ended.peak_memory) run->ended.peak_memory = reply->peak_memory;
  int unseen = run->has_settled && reply->killed != 0 ? reply->killed : run->outliving;
  if (!run->has_leftovers && unseen != 0) note_unseen(run, unseen);
  container *container = run->container;
  container->ahead = run->request;
  finish(run);
  if (reply->stage != KEEPER_STAGE_NONE) {
    container_close(container, reply->error);
  } else if (spawn_may_prepare(container->tier, &container->ahead)) {
    init_request request = {.kind = INIT_PREPARE};
    keeper_send(container->control.descriptor, &request, sizeof request, NULL, 0, 1);
  }
}

static void handle_exited(run *run, const init_reply *reply) {
  surroundings_end(run);
  run->ended.wall_time = reply->time - run->journal.origin;
  decide_by_status(run, reply->status);
  accounts_program_ended(run, run->ended.wall_time);
  if (reply->is_swept) {
    handle_swept(run, reply);
    return;
  }
  run->phase = PHASE_SETTLING;
  run->has_settled = true;
  run->settling_since = run->settled_since = clock_now();
  run->next_look = 0;
}

static void handle_failure(run *run, const init_reply *reply) {
  run->is_decided = true;
  run->ended.reason = KEEPER_NOT_STARTED;
  run->ended.stage = reply->stage;
  run->ended.error = reply->error;
  run->leader = 0;
  sweep(run);
}

/* What init tells first of a program that runs, or has run. */
static void handle_started(run *run, const init_reply *reply) {
  run->leader = reply->pid;
  set_session_priority(run);
  run->phase = PHASE_RUNNING;
  run->ended.peak_tasks = 1;
  run->deadline = reply->start + run->request.wall_time;
  int64_t first_look = reply->start + 5 * MILLISECONDS;
  if (first_look < run->next_look) run->next_look = first_look; /* somebody may be at the gate already */
  run->next_account = reply->start + MILLISECONDS;
  if (run->is_decided) sweep(run);
}

void run_handle_reply(run *run, const init_reply *reply, const int *descriptors, size_t count) {
  bool is_expected = run->phase == PHASE_STARTING && run->listener.descriptor < 0 &&
                     (!reply->is_ahead || spawn_is_alike(&run->container->ahead, &run->request));
  if (reply->kind == INIT_LISTENER && count == 1 && is_expected) {
    run->leader = reply->pid;
    notify_accept(run, descriptors[0]);
    return;
  }
  for (size_t i = 0; i < count; i++) close(descriptors[i]);
  bool has_failed = reply->kind == INIT_STARTED && reply->stage != KEEPER_STAGE_NONE;
  bool has_started = reply->kind == INIT_STARTED || reply->kind == INIT_EXITED;
  if (run->phase == PHASE_STARTING && has_failed) handle_failure(run, reply);
  else if (run->phase == PHASE_STARTING && has_started) handle_started(run, reply);
  if (reply->kind == INIT_EXITED && run->phase == PHASE_RUNNING) {
    handle_exited(run, reply);
  } else if (reply->kind == INIT_SWEPT && run->phase == PHASE_SWEEPING) {
    handle_swept(run, reply);
  }
}

static int64_t earliest(const run *run) {
  int64_t next = run->next_look < run->next_account ? run->next_look : run->next_account;
  int64_t deadline = starved_deadline(run);
  return deadline < next && run->held_count == 0 ? deadline : next;
}

/* Each look of a timed run takes a CPU from it: who is awake for one makes the other too, if that would soon be due. */
static void look_around(run *run, int64_t now) {
  int64_t soon = now + (spread_is_wanted(run) ? spread_interval(run) / 2 : 0);
  bool is_account_due = now >= run->next_account;
  bool is_look_due = now >= run->next_look;
  bool is_account_soon = is_look_due && soon >= run->next_account && now >= run->earliest_account;
  bool is_look_soon = is_account_due && soon >= run->next_look;
  if (is_account_due || is_account_soon) accounts_look(run);
  if (is_look_due || is_look_soon) watch_look(run, now);
}

int64_t run_tick(run *run, int64_t now) {
  switch (run->phase) {
  case PHASE_STARTING:
  case PHASE_SWEEPING:
    if (now >= run->sweep_deadline) {
      container_close(run->container, ETIMEDOUT);
      return INT64_MAX;
    }
    return run->sweep_deadline;
  case PHASE_RUNNING:
    if (now >= starved_deadline(run) && run->held_count == 0) {
      run_stop(run, starved_too_long(run) ? KEEPER_STARVED : KEEPER_WALL_TIME);
      return now;
    }
    look_around(run, now);
    if (run->phase != PHASE_RUNNING) return now;
    return earliest(run);
  case PHASE_ASKING: {
    int64_t next = ask_tick(run, now);
    if (next == 0) sweep(run);
    return next == 0 ? now : next;
  }
  case PHASE_SETTLING:
    if (now >= run->next_look) watch_settle(run, now);
    return run->phase == PHASE_SETTLING ? run->next_look : now;
  }
  return now;
}
