/* Births: each waits until it has been counted, and is refused past the limits or where its program has ended. */
#include <errno.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "keeper.h"

static bool is_thread_birth(const struct seccomp_data *call) {
  return call->nr == SYS_clone && (call->args[0] & CLONE_THREAD) != 0;
}

/* Whether one more may be born. All are counted anew only when the last count plus all births since says no. */
static bool has_room(run *run, bool is_thread) {
  static view present;
  uint64_t processes = run->request.processes == 0 ? UINT64_MAX : (uint64_t)run->request.processes + 1;
  bool has_room = run->alive_estimate < run->request.tasks && (is_thread || run->processes_estimate < processes);
  if (has_room) return true;
  watch_tasks(run, &present, false);
  run->alive_estimate = present.count;
  run->processes_estimate = present.processes;
  return present.count < run->request.tasks && (is_thread || present.processes < processes) &&
         present.zombies < KEEPER_ZOMBIES;
}

/* Who is refused a birth may end of it before it is killed: it has outlived its program all the same. */
static void note_outliving(run *run, const struct seccomp_notif *request) {
  if (watch_has_ended(run)) run->outliving = notify_identify(request->pid).process;
}

void births_handle(run *run, const struct seccomp_notif *request) {
  bool is_thread = is_thread_birth(&request->data);
  if (run->phase == PHASE_SWEEPING) {
    note_outliving(run, request);
    notify_answer(run, request->id, EAGAIN, false);
    return;
  }
  if (!is_thread && (run->request.flags & KEEPER_THREADS_ONLY)) {
    run->ended.births_refused++;
    notify_answer(run, request->id, EPERM, false);
    return;
  }
  if (!has_room(run, is_thread)) {
    run->ended.births_refused++;
    note_outliving(run, request);
    notify_answer(run, request->id, EAGAIN, false);
    /* Where its program has ended and only init is late to say so, that decides. */
    if (run->phase == PHASE_SETTLING || run->outliving == 0) run_stop(run, KEEPER_TASKS);
    return;
  }
  /* Answered first: whose birth it is can be looked up while the new task starts. */
  ids creator = notify_identify(request->pid);
  run->alive_estimate++;
  run->processes_estimate += !is_thread;
  if (is_thread) run->ended.threads_born++;
  else run->ended.processes_born++;
  keeper_record record = {.kind = is_thread ? KEEPER_RECORD_THREAD : KEEPER_RECORD_PROCESS,
                          .process = creator.process,
                          .thread = creator.thread};
  journal_note(&run->journal, record, NULL, 0);
  accounts_birth(run, is_thread, creator.process, creator.thread);
  notify_answer(run, request->id, 0, true);
  bool is_over = run->request.births > 0 && run->ended.threads_born + run->ended.processes_born > run->request.births;
  if (is_over) run_stop(run, KEEPER_BIRTHS);
}
