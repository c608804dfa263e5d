/*
 * Spreads a timed run's tasks over its CPUs. Beside programs that never rest the kernel leaves two of them on one CPU, where
 * they were born, for up to some 200 ms: to it both CPUs are busy. On idle ones it moves one of them at once, as is done here.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* So long after a birth tasks are looked at often, since it is then that they come to lie on each other. */
#define BIRTH_WATCH (30 * MILLISECONDS)
#define BIRTH_INTERVAL (3 * MILLISECONDS)

static bool is_leased(const keeper_run *request, int cpu) {
  return cpu >= 0 && cpu < KEEPER_CPU_WORDS * 64 && (request->cpus[cpu / 64] >> (cpu % 64) & 1) != 0;
}

/* The last task, of those that could run, on the CPU that has most of them; NULL where none has several. */
static task *surplus(view *view, const unsigned short *loads) {
  task *found = NULL;
  for (size_t i = 0; i < view->count; i++) {
    task *each = &view->tasks[i];
    if (each->cpu >= 0 && loads[each->cpu] > 1 && (found == NULL || loads[each->cpu] >= loads[found->cpu])) found = each;
  }
  return found;
}

static void ask_to_move(const run *run, int thread, int cpu) {
  init_request request = {.kind = INIT_MOVE, .process = thread, .cpu = cpu};
  keeper_send(run->container->control.descriptor, &request, sizeof request, NULL, 0, 1);
}

int spread_cpu(const run *run, const char *stat) {
  /* The processor is the 36th word behind the state (proc_pid_stat(5)). */
  const char *at = stat;
  if (!spread_is_wanted(run)) return -1;
  for (int i = 0; i < 36 && at != NULL; i++) {
    at = strchr(at, ' ');
    if (at != NULL) at++;
  }
  int cpu = at == NULL ? -1 : atoi(at);
  return is_leased(&run->request, cpu) ? cpu : -1;
}

bool spread_is_wanted(const run *run) { return (run->request.flags & KEEPER_GOES_FIRST) != 0; }

void spread_look(run *run, view *view) {
  unsigned short loads[KEEPER_CPU_WORDS * 64] = {0};
  if (!spread_is_wanted(run) || view->running < 2) return;
  for (size_t i = 0; i < view->count; i++) {
    if (view->tasks[i].cpu >= 0) loads[view->tasks[i].cpu]++;
  }
  for (int cpu = 0; cpu < KEEPER_CPU_WORDS * 64; cpu++) {
    if (!is_leased(&run->request, cpu) || loads[cpu] > 0) continue;
    task *moved = surplus(view, loads);
    if (moved == NULL) return;
    ask_to_move(run, moved->thread, cpu);
    run->has_moved = true;
    loads[moved->cpu]--;
    loads[cpu]++;
    moved->cpu = cpu;
  }
}

void spread_note_birth(run *run) {
  if (!spread_is_wanted(run)) return;
  int64_t now = clock_now();
  int64_t soon = now + MILLISECONDS;
  run->spread_until = now + BIRTH_WATCH;
  if (soon < run->earliest_account) soon = run->earliest_account;
  if (run->next_account > soon) run->next_account = soon;
}

/* Whoever is born of a task that is being taken to a CPU has the task's mask of that moment, and would keep it. */
void spread_widen(const run *run, const facts *facts) {
  if (run->has_moved && facts->cpu_count == 1) ask_to_move(run, facts->thread, -1);
}

void spread_move(const place *place, const keeper_run *run, pid_t leader, const init_request *request) {
  uint64_t only[KEEPER_CPU_WORDS] = {0};
  if (request->process <= 1 || leader <= 0) return;
  /* Without a pid namespace the task may have ended meanwhile and its id be anybody's. */
  if (!has_namespaces(place->tier) && getpgid(request->process) != leader) return;
  /* Whoever may run nowhere else is taken there at once, and stays when it may run elsewhere again. */
  if (is_leased(run, request->cpu)) {
    only[request->cpu / 64] = 1ULL << (request->cpu % 64);
    syscall(SYS_sched_setaffinity, request->process, sizeof only, only);
  }
  syscall(SYS_sched_setaffinity, request->process, sizeof run->cpus, run->cpus);
}

int64_t spread_interval(const run *run) { return clock_now() < run->spread_until ? BIRTH_INTERVAL : TIMED_INTERVAL; }
