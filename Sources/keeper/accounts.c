/*
 * Accounts of a run's tasks: when each began and ended, and what it used. What it did meanwhile is in states.c.
 *
 * Begins and ends are exact where the C library makes the calls that the filter notifies about: a thread's end waits in
 * its exit call until its account has been read, which also finds threads that live shorter than the time between two
 * looks. What is not seen so (raw threads, tasks that a signal killed) is known from looks alone.
 */
#include <stdlib.h>
#include <string.h>

#include "accounts.h"

/* Past this a run's journal says no more; what is drawn or compared is far less. */
#define MOST_ACCOUNTS 20000
/* A birth that no new task belongs to after this has failed. */
#define BIRTH_PATIENCE NANOSECONDS

struct accounts *accounts_of(run *run) {
  if (!(run->request.flags & (KEEPER_ACCOUNTS_TASKS | KEEPER_TRACES_STATES))) return NULL;
  if (run->accounts == NULL) run->accounts = calloc(1, sizeof *run->accounts);
  return run->accounts;
}

static life **bucket(struct accounts *accounts, int thread) { return &accounts->buckets[(unsigned)thread % BUCKETS]; }

life *accounts_find(struct accounts *accounts, int process, int thread) {
  for (life *each = *bucket(accounts, thread); each != NULL; each = each->next) {
    if (each->thread == thread && each->process == process) return each;
  }
  return NULL;
}

bool accounts_have_ended(const struct accounts *accounts, int process, int thread) {
  for (size_t i = 0; i < MANY_ENDED; i++) {
    if (accounts->ended[i].process != process) continue;
    if (accounts->ended[i].thread == thread || accounts->ended[i].thread == 0) return true;
  }
  return false;
}

static void note_ended(struct accounts *accounts, int process, int thread) {
  size_t at = accounts->ended_count++ % MANY_ENDED;
  accounts->ended[at].process = process;
  accounts->ended[at].thread = thread;
}

int64_t accounts_instant(const run *run) { return clock_now() - run->journal.origin; }

void accounts_update(const run *run, life *life, const facts *facts) {
  life->account.seen = accounts_instant(run);
  life->account.run_time = facts->run_time;
  life->account.run_delay = facts->run_delay;
  life->account.voluntary_switches = facts->voluntary;
  life->account.forced_switches = facts->forced;
  memcpy(life->account.name, facts->name, sizeof life->account.name);
}

/* The births that have not been taken by a new task; one that failed is never taken, and forgotten. */
static birth *take_birth(struct accounts *accounts, bool is_thread, int process, int64_t now) {
  size_t first = accounts->birth_count > MANY_BIRTHS ? accounts->birth_count - MANY_BIRTHS : 0;
  for (size_t i = first; i < accounts->birth_count; i++) {
    birth *each = &accounts->births[i % MANY_BIRTHS];
    bool fits = !each->is_taken && each->is_thread == is_thread && each->process == process;
    if (!fits || now - each->time > BIRTH_PATIENCE) continue;
    each->is_taken = true;
    return each;
  }
  return NULL;
}

void accounts_birth(run *run, bool is_thread, int process, int thread) {
  struct accounts *accounts = accounts_of(run);
  if (accounts == NULL) return;
  accounts->births[accounts->birth_count++ % MANY_BIRTHS] =
      (birth){.is_thread = is_thread, .process = process, .thread = thread, .time = clock_now()};
}

static life *begin(run *run, int process, int thread, int parent, int64_t began) {
  struct accounts *accounts = run->accounts;
  life *life = calloc(1, sizeof *life);
  if (life == NULL) return NULL;
  life->process = process;
  life->thread = thread;
  life->call = -1;
  life->account = (keeper_account){.began = began, .seen = began, .ended = -1, .gate_time = -1, .run_delay = -1};
  birth *birth = take_birth(accounts, process != thread, process != thread ? process : parent, clock_now());
  if (birth != NULL) {
    life->account.creator_process = birth->process;
    life->account.creator_thread = birth->thread;
  }
  life->next = *bucket(accounts, thread);
  *bucket(accounts, thread) = life;
  spread_note_birth(run);
  keeper_record record = {.kind = KEEPER_RECORD_BEGAN, .process = process, .thread = thread};
  keeper_origin origin = {.process = life->account.creator_process, .thread = life->account.creator_thread};
  if (accounts->accounts_noted < MOST_ACCOUNTS) journal_note(&run->journal, record, &origin, sizeof origin);
  return life;
}

/* The parent as the container numbers it, which births are noted by; 0 where it is outside or gone. */
static int inner_parent(const facts *child) {
  facts parent;
  bool is_process = child->process == child->thread && child->parent > 0;
  return is_process && facts_from_outside((uint32_t)child->parent, &parent) ? parent.process : 0;
}

life *accounts_life(run *run, const facts *facts, int64_t began) {
  life *life = accounts_find(run->accounts, facts->process, facts->thread);
  return life != NULL ? life : begin(run, facts->process, facts->thread, inner_parent(facts), began);
}

static void end(run *run, life *ended, int64_t time) {
  struct accounts *accounts = run->accounts;
  keeper_record record = {.kind = KEEPER_RECORD_ACCOUNT, .process = ended->process, .thread = ended->thread};
  ended->account.ended = time;
  if (accounts->accounts_noted++ < MOST_ACCOUNTS) {
    journal_note(&run->journal, record, &ended->account, sizeof ended->account);
  }
  life **link = bucket(accounts, ended->thread);
  while (*link != NULL && *link != ended) link = &(*link)->next;
  if (*link == ended) *link = ended->next;
  note_ended(accounts, ended->process, ended->thread);
  free(ended);
}

void accounts_began(run *run, uint32_t outer) {
  struct accounts *accounts = accounts_of(run);
  facts facts;
  if (accounts == NULL || !facts_from_outside(outer, &facts)) return;
  bool is_known = accounts_find(accounts, facts.process, facts.thread) != NULL;
  if (is_known || accounts_have_ended(accounts, facts.process, facts.thread)) return;
  spread_widen(run, &facts);
  life *life = begin(run, facts.process, facts.thread, inner_parent(&facts), accounts_instant(run));
  if (life != NULL) accounts_update(run, life, &facts);
}

void accounts_gate(run *run, int process, int thread) {
  facts facts;
  if (accounts_of(run) == NULL || !facts_from_inside(run, process, thread, &facts)) return;
  life *life = accounts_life(run, &facts, accounts_instant(run));
  if (life == NULL) return;
  accounts_update(run, life, &facts);
  if (life->account.gate_time < 0) life->account.gate_time = facts.run_time;
}

/* A task that waits in its exit call has just been switched away from, or is about to be: then its time is complete. */
static bool look_at_end(uint32_t outer, facts *facts) {
  for (int attempt = 0; attempt < 3; attempt++) {
    if (!facts_from_outside(outer, facts)) return false;
    if (!facts->is_on_cpu) break;
  }
  return true;
}

static void end_thread(run *run, const facts *facts, int64_t time) {
  struct accounts *accounts = run->accounts;
  if (accounts_have_ended(accounts, facts->process, facts->thread)) return;
  life *life = accounts_life(run, facts, time);
  if (life == NULL) return;
  accounts_update(run, life, facts);
  end(run, life, time);
}

static void end_process(run *run, int process, int64_t time) {
  for (size_t i = 0; i < BUCKETS; i++) {
    for (life *each = run->accounts->buckets[i], *next; each != NULL; each = next) {
      facts facts;
      next = each->next;
      if (each->process != process) continue;
      if (facts_from_inside(run, process, each->thread, &facts)) accounts_update(run, each, &facts);
      end(run, each, time);
    }
  }
  note_ended(run->accounts, process, 0);
}

void accounts_exit(run *run, uint32_t outer, bool is_group) {
  facts facts;
  int64_t time = accounts_instant(run);
  if (accounts_of(run) == NULL || !look_at_end(outer, &facts)) return;
  end_thread(run, &facts, time);
  if (!is_group) return;
  moved_note(run, facts.process);
  end_process(run, facts.process, time);
}

/* Who is killed makes no call at its end, as the workers of a pool that is given up: what it used until now is noted. */
void accounts_kill(run *run, int process) {
  if (accounts_of(run) == NULL || process <= 0) return;
  moved_note(run, process);
  for (size_t i = 0; i < BUCKETS; i++) {
    for (life *each = run->accounts->buckets[i]; each != NULL; each = each->next) {
      facts facts;
      if (each->process == process && facts_from_inside(run, process, each->thread, &facts)) accounts_update(run, each, &facts);
    }
  }
}

void accounts_program_ended(run *run, int64_t time) {
  if (run->accounts != NULL) end_process(run, run->leader, time);
}

void accounts_finish(run *run) {
  if (run->accounts == NULL) return;
  for (size_t i = 0; i < BUCKETS; i++) {
    while (run->accounts->buckets[i] != NULL) end(run, run->accounts->buckets[i], -1);
  }
  free(run->accounts);
  run->accounts = NULL;
}
