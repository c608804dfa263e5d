/*
 * Accounts of a run's tasks: when each began and ended, what it used, what it was doing as time went by.
 *
 * Begins and ends are exact where the C library makes the calls that the filter notifies about: a thread's end waits in
 * its exit call until its account has been read, which also finds threads that live shorter than the time between two
 * looks. What is not seen so (raw threads, tasks that a signal killed) is known from looks alone.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "journal.h"
#include "keeper.h"

/* Past this a run's journal says no more; what is drawn or compared is far less. */
#define MOST_ACCOUNTS 20000
/* Looks follow each other at this distance, or further apart in a long run or where a look is dear. */
#define STATE_INTERVAL (2 * MILLISECONDS)
#define LOOKS_BEFORE_SLOWER 500
#define LEAST_COST_FACTOR 20
#define SLEEP_COST_FACTOR 4
/* A birth that no new task belongs to after this has failed. */
#define BIRTH_PATIENCE NANOSECONDS
#define YEAR (365LL * 24 * 3600)

#define BUCKETS 1024
#define MANY_ENDED 256
#define MANY_BIRTHS 256

typedef struct life {
  struct life *next;
  int process;
  int thread;
  int state; /* keeper_state last noted; 0 for none */
  long call;
  bool is_endless;
  uint64_t switches; /* voluntary ones, when its last sleep was heard of */
  int64_t asleep_until;
  keeper_account account;
} life;

typedef struct birth {
  bool is_thread;
  bool is_taken;
  int process;
  int thread;
  int64_t time;
} birth;

struct accounts {
  life *buckets[BUCKETS];
  struct {
    int process;
    int thread; /* 0: all of the process's */
  } ended[MANY_ENDED];
  size_t ended_count;
  birth births[MANY_BIRTHS];
  size_t birth_count;
  size_t accounts_noted;
  size_t states_noted;
  int64_t last_cost; /* nanoseconds of CPU that the last look took */
  int64_t last_look;
};

static struct accounts *accounts_of(run *run) {
  if (!(run->request.flags & (KEEPER_ACCOUNTS_TASKS | KEEPER_TRACES_STATES))) return NULL;
  if (run->accounts == NULL) run->accounts = calloc(1, sizeof *run->accounts);
  return run->accounts;
}

static life **bucket(struct accounts *accounts, int thread) { return &accounts->buckets[(unsigned)thread % BUCKETS]; }

static life *find(struct accounts *accounts, int process, int thread) {
  for (life *each = *bucket(accounts, thread); each != NULL; each = each->next) {
    if (each->thread == thread && each->process == process) return each;
  }
  return NULL;
}

/* Whether the task's account is closed already: it may still be seen on its way out. */
static bool has_ended(const struct accounts *accounts, int process, int thread) {
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

static int64_t instant(const run *run) { return clock_now() - run->journal.origin; }

static void update(const run *run, life *life, const facts *facts) {
  life->account.seen = instant(run);
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
  bool is_known = find(accounts, facts.process, facts.thread) != NULL;
  if (is_known || has_ended(accounts, facts.process, facts.thread)) return;
  life *life = begin(run, facts.process, facts.thread, inner_parent(&facts), instant(run));
  if (life != NULL) update(run, life, &facts);
}

void accounts_gate(run *run, int process, int thread) {
  facts facts;
  if (accounts_of(run) == NULL || !facts_from_inside(run, process, thread, &facts)) return;
  life *life = find(run->accounts, process, thread);
  if (life == NULL) life = begin(run, process, thread, inner_parent(&facts), instant(run));
  if (life == NULL) return;
  update(run, life, &facts);
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
  if (has_ended(accounts, facts->process, facts->thread)) return;
  life *life = find(accounts, facts->process, facts->thread);
  if (life == NULL) life = begin(run, facts->process, facts->thread, inner_parent(facts), time);
  if (life == NULL) return;
  update(run, life, facts);
  end(run, life, time);
}

static void end_process(run *run, int process, int64_t time) {
  for (size_t i = 0; i < BUCKETS; i++) {
    for (life *each = run->accounts->buckets[i], *next; each != NULL; each = next) {
      facts facts;
      next = each->next;
      if (each->process != process) continue;
      if (facts_from_inside(run, process, each->thread, &facts)) update(run, each, &facts);
      end(run, each, time);
    }
  }
  note_ended(run->accounts, process, 0);
}

void accounts_exit(run *run, uint32_t outer, bool is_group) {
  facts facts;
  int64_t time = instant(run);
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
      if (each->process == process && facts_from_inside(run, process, each->thread, &facts)) update(run, each, &facts);
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
  if (has_ended(accounts, task->process, task->thread)) return;
  if (!facts_from_inside(run, task->process, task->thread, &facts)) return;
  life *life = find(accounts, task->process, task->thread);
  if (life == NULL) life = begin(run, task->process, task->thread, inner_parent(&facts), instant(run));
  if (life == NULL) return;
  update(run, life, &facts);
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
  watch_tasks(run, &present, true);
  for (size_t i = 0; i < present.count; i++) {
    const task *task = &present.tasks[i];
    if (task->process != process || task->thread != thread) look_at_life(run, task);
  }
  run->accounts->last_cost = cpu_now() - begun;
  run->accounts->last_look = clock_now();
}

/*
 * How long a call sleeps, in nanoseconds, 1 where that can't be known. 0 for one that lets no time pass: Python's own library
 * calls sleep(0) to let others go first, which is no sleep, and one until an instant that has come already is none either.
 * The time lies in the program's memory, where it could be changed meanwhile; then the program only seems to sleep less.
 */
static int64_t sleep_length(uint32_t outer, const struct seccomp_data *call) {
  bool is_clock = call->nr == SYS_clock_nanosleep;
  int at = call->nr == SYS_nanosleep ? 0 : is_clock ? 2 : 4;
  char path[32];
  int64_t time[2];
  snprintf(path, sizeof path, "/proc/%u/mem", outer);
  int memory = open(path, O_RDONLY | O_CLOEXEC);
  if (memory < 0) return 1;
  bool is_read = pread(memory, time, sizeof time, (off_t)call->args[at]) == sizeof time;
  close(memory);
  /* What the program wrote there may be anything; the kernel refuses more than a second in the smaller part. */
  bool is_micro = false;
#ifdef SYS_select
  is_micro = call->nr == SYS_select;
#endif
  int64_t units = is_micro ? NANOSECONDS / 1000 : NANOSECONDS;
  if (!is_read || time[1] < 0 || time[1] >= units) return 1;
  time[1] *= NANOSECONDS / units;
  struct timespec now = {0};
  bool is_absolute = is_clock && ((int)call->args[1] & TIMER_ABSTIME);
  if (is_absolute) clock_gettime((clockid_t)call->args[0], &now);
  bool is_past = time[0] < now.tv_sec || (time[0] == now.tv_sec && time[1] <= now.tv_nsec);
  if (is_past) return 0;
  int64_t seconds = time[0] - now.tv_sec;
  return seconds < YEAR ? seconds * NANOSECONDS + time[1] - now.tv_nsec : YEAR * NANOSECONDS;
}

void accounts_sleep(run *run, uint32_t outer, const struct seccomp_data *call) {
  facts facts;
  watch_as(run->container->user); /* the program's memory is read */
  int64_t length = sleep_length(outer, call);
  watch_as_oneself(run->container->user);
  if (length == 0) return;
  if (!(run->request.flags & KEEPER_TRACES_STATES) || accounts_of(run) == NULL) return;
  if (!facts_from_outside(outer, &facts) || has_ended(run->accounts, facts.process, facts.thread)) return;
  life *life = find(run->accounts, facts.process, facts.thread);
  if (life == NULL) life = begin(run, facts.process, facts.thread, inner_parent(&facts), instant(run));
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
  int64_t interval = STATE_INTERVAL;
  int64_t by_age = instant(run) / LOOKS_BEFORE_SLOWER;
  int64_t by_cost = run->accounts->last_cost * LEAST_COST_FACTOR;
  if (interval < by_age) interval = by_age;
  if (interval < by_cost) interval = by_cost;
  run->next_account = clock_now() + interval;
}
