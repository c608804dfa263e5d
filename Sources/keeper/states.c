/* What each task was doing as time went by, from looks at all of them and from the sleeps that are heard of. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>

#include "accounts.h"
#include "journal.h"

/* Looks follow each other at this distance, or further apart in a long run or where a look is dear. */
#define STATE_INTERVAL (2 * MILLISECONDS)
#define LOOKS_BEFORE_SLOWER 500
#define LEAST_COST_FACTOR 20
#define SLEEP_COST_FACTOR 4

static int state_of(const task *task) {
  switch (task->state) {
  case 'R': return KEEPER_STATE_RUNNING;
  case 'T':
  case 't': return KEEPER_STATE_STOPPED;
  default: return task->is_held ? KEEPER_STATE_HELD : task->is_sleeping ? KEEPER_STATE_SLEEPING : KEEPER_STATE_WAITING;
  }
}

static void note_state(run *run, life *life, int state, long call, bool is_endless) {
  if (life->state == state && life->call == call && life->is_endless == is_endless) return;
  life->state = state;
  life->call = call;
  life->is_endless = is_endless;
  if (run->accounts->states_noted++ >= KEEPER_MOST_STATES) return;
  keeper_record record = {.kind = KEEPER_RECORD_STATE,
                          .process = life->process,
                          .thread = life->thread,
                          .value = call,
                          .detail = (uint32_t)state,
                          .reserved = is_endless};
  journal_note(&run->journal, record, NULL, 0);
}

/* Whether sleeps by this call are heard of when they begin; what a look alone sees of them may be a sleep of no time. */
static bool is_notified(const run *run, long call) {
  bool is_heard = call == SYS_nanosleep || call == SYS_clock_nanosleep || call == SYS_pselect6;
#ifdef SYS_select
  is_heard = is_heard || call == SYS_select;
#endif
  return is_heard && run->listener.descriptor >= 0;
}

/*
 * On a busy machine a task may still be on its way to the sleep that was heard of: it has not been switched away from since.
 * When it was heard of, it may have been about to be switched away from once more, to wait for our answer; then it is awake
 * only when its sleep can be over.
 */
static bool is_on_its_way(const life *life, const facts *facts) {
  if (life->state != KEEPER_STATE_SLEEPING) return false;
  uint64_t since = facts->voluntary - life->switches;
  return since == 0 || (since == 1 && clock_now() < life->asleep_until);
}

static void look_at_life(run *run, const task *task) {
  struct accounts *accounts = run->accounts;
  facts facts;
  if (accounts_have_ended(accounts, task->process, task->thread)) return;
  if (!facts_from_inside(run, task->process, task->thread, &facts)) return;
  life *life = accounts_life(run, &facts, accounts_instant(run));
  if (life == NULL) return;
  accounts_update(run, life, &facts);
  spread_widen(run, &facts);
  if (!(run->request.flags & KEEPER_TRACES_STATES)) return;
  int state = state_of(task);
  if (state == KEEPER_STATE_SLEEPING && life->state != state && is_notified(run, task->call)) return;
  if (state == KEEPER_STATE_RUNNING && is_on_its_way(life, &facts)) return;
  note_state(run, life, state, state == KEEPER_STATE_RUNNING ? -1 : task->call, task->is_endless);
}

static int64_t cpu_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * NANOSECONDS + now.tv_nsec;
}

/* Looks at all but one task, which is known to do something that a look would not see. */
static void look_at_others(run *run, int process, int thread) {
  static view present;
  int64_t begun = cpu_now();
  watch_tasks(run, &present, (run->request.flags & KEEPER_TRACES_STATES) != 0);
  spread_look(run, &present);
  for (size_t i = 0; i < present.count; i++) {
    const task *task = &present.tasks[i];
    if (task->process != process || task->thread != thread) look_at_life(run, task);
  }
  run->accounts->last_cost = cpu_now() - begun;
  run->accounts->last_look = clock_now();
}

void accounts_sleep(run *run, uint32_t outer, const struct seccomp_data *call) {
  facts facts;
  watch_as(run->container); /* the program's memory is read */
  int64_t length = sleeps_length(outer, call);
  watch_as_oneself(run->container);
  if (length == 0) return;
  if (!(run->request.flags & KEEPER_TRACES_STATES) || accounts_of(run) == NULL) return;
  if (!facts_from_outside(outer, &facts) || accounts_have_ended(run->accounts, facts.process, facts.thread)) return;
  life *life = accounts_life(run, &facts, accounts_instant(run));
  if (life == NULL) return;
  /* Each sleep is a record of its own, also where no look came between two. */
  life->state = 0;
  life->switches = facts.voluntary;
  life->asleep_until = clock_now() + length;
  note_state(run, life, KEEPER_STATE_SLEEPING, call->nr, false);
  /* Who goes to sleep may have let another one go on: what the others do is looked at again, if that is not too dear. */
  int64_t since = clock_now() - run->accounts->last_look;
  if (since > SLEEP_COST_FACTOR * run->accounts->last_cost) look_at_others(run, life->process, life->thread);
}

void accounts_look(run *run) {
  if (accounts_of(run) == NULL) {
    run->next_account = INT64_MAX;
    return;
  }
  look_at_others(run, 0, 0);
  int64_t interval = spread_is_wanted(run) ? spread_interval(run) : STATE_INTERVAL;
  int64_t by_age = accounts_instant(run) / LOOKS_BEFORE_SLOWER;
  int64_t by_cost = run->accounts->last_cost * LEAST_COST_FACTOR;
  if (interval < by_age) interval = by_age;
  if (interval < by_cost) interval = by_cost;
  run->next_account = clock_now() + interval;
  run->earliest_account = clock_now() + by_cost;
}
