/*
 * Seccomp notifications: a task that makes one of the calls in the filter waits until the keeper has answered. Births
 * are counted, and refused past the limit; a stretched run's new threads are held at the witness's gate; writes are
 * noted with their true writer. The keeper never acts on memory a program could change, only on call numbers and
 * register arguments.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* Linux 6.6: the answering side hands its CPU straight to the waiting task. */
#define NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define NOTIF_SYNC_WAKE_UP 1UL
/* A held task's time is not charged to the run; past this nothing is held any more, or a run could last for ever. */
#define MOST_HELD (10 * NANOSECONDS)

ids notify_identify(uint32_t outer) {
  char path[40];
  char text[2048];
  ids found = {0, 0};
  snprintf(path, sizeof path, "/proc/%u/status", outer);
  FILE *file = fopen(path, "re");
  if (file == NULL) return found;
  while (fgets(text, sizeof text, file) != NULL) {
    int *target = strncmp(text, "NStgid:", 7) == 0 ? &found.process : strncmp(text, "NSpid:", 6) == 0 ? &found.thread : NULL;
    if (target == NULL) continue;
    char *last = strrchr(text, '\t');
    if (last != NULL) *target = atoi(last + 1);
    if (target == &found.thread) break;
  }
  fclose(file);
  return found;
}

static void answer_value(run *run, uint64_t notification, int64_t value) {
  struct seccomp_notif_resp response = {.id = notification, .val = value};
  ioctl(run->listener.descriptor, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

void notify_answer(run *run, uint64_t notification, int error, bool continues) {
  struct seccomp_notif_resp response = {
      .id = notification, .error = -error, .flags = continues ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0};
  /* ENOENT: the task was killed meanwhile. */
  ioctl(run->listener.descriptor, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static void handle_gate(run *run, const struct seccomp_notif *request) {
  ids arrived = notify_identify(request->pid);
  keeper_record record = {.kind = KEEPER_RECORD_HELD, .process = arrived.process, .thread = arrived.thread};
  if (run->request.flags & KEEPER_MUTED) {
    journal_note(&run->journal, record, NULL, 0);
    answer_value(run, request->id, KEEPER_GATE);
    return;
  }
  if (run->gated_count == MAX_GATED || arrived.process == 0 || run->held_total > MOST_HELD) {
    notify_answer(run, request->id, 0, false);
    return;
  }
  accounts_gate(run, arrived.process, arrived.thread);
  if (run->held_count++ == 0) {
    run->held_since = clock_now();
    run->held_since_cpu = run->cpu_seen;
  }
  run->gated[run->gated_count++] =
      (gated){.process = arrived.process, .thread = arrived.thread, .notification = request->id};
  journal_note(&run->journal, record, NULL, 0);
  run->settled_since = 0;
  run->next_look = clock_now() + MILLISECONDS;
}

static void handle_write(run *run, const struct seccomp_notif *request) {
  ids writer = notify_identify(request->pid);
  keeper_record record = {.kind = KEEPER_RECORD_WROTE,
                          .process = writer.process,
                          .thread = writer.thread,
                          .value = request->data.nr == SYS_write ? (int64_t)request->data.args[2] : 0,
                          .detail = (uint32_t)request->data.args[0]};
  journal_note(&run->journal, record, NULL, 0);
  notify_answer(run, request->id, 0, true);
}

static void handle_guarded(run *run, const struct seccomp_notif *request) {
  int error = guard_error(run, &request->data);
  /* A timer: something other than the tree's own tasks can end a wait. */
  if (error < 0) timers_note(run, notify_identify(request->pid).process, request);
  notify_answer(run, request->id, error < 0 ? 0 : error, error <= 0);
}

/* The session that a process or thread belongs to; no program can leave that of its run. */
static int session_of(int id) {
  char path[32];
  char text[512];
  int session = 0;
  snprintf(path, sizeof path, "/proc/%d/stat", id);
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  size_t size = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[size] = 0;
  char *name_end = strrchr(text, ')');
  if (name_end != NULL) sscanf(name_end + 2, "%*c %*d %*d %d", &session);
  return session;
}

/*
 * Where neither a namespace nor Landlock keeps signals inside, each call is looked at. Its arguments are
 * registers, so nothing can change under us but whose process an id is, and that only once the first has been reaped.
 * The run's session, which is also its group, is the caller's: a program may signal before init has said who its leader is.
 */
static void handle_signal(run *run, const struct seccomp_notif *request) {
  int target = (int)request->data.args[0];
  if (request->data.nr == SYS_kill) accounts_kill(run, target);
  if (!(run->request.flags & KEEPER_GUARDS_SIGNALS)) {
    notify_answer(run, request->id, 0, true);
    return;
  }
  int session = session_of((int)request->pid);
  bool is_own_group = target == 0 || (session > 1 && target == -session);
  bool is_inside = is_own_group || (target > 0 && session > 1 && session_of(target) == session);
  notify_answer(run, request->id, is_inside ? 0 : EPERM, is_inside);
}

static void handle_connect(run *run, const struct seccomp_notif *request) {
  int error = sockets_connect(run, request, notify_identify(request->pid).process);
  if (error != 0) notify_answer(run, request->id, error, false);
}

static void listener_ready(source *source, uint32_t events) {
  run *run = source->owner;
  struct seccomp_notif request;
  if (!(events & EPOLLIN)) {
    events_ignore(source); /* every task under the filter is gone; closing it, which frees the filter, can wait */
    return;
  }
  memset(&request, 0, sizeof request);
  if (ioctl(source->descriptor, SECCOMP_IOCTL_NOTIF_RECV, &request) < 0) return;
  switch (request.data.nr) {
  case SYS_clone:
#ifdef SYS_fork
  case SYS_fork:
  case SYS_vfork:
#endif
    births_handle(run, &request);
    return;
  case SYS_set_robust_list:
    accounts_began(run, request.pid);
    notify_answer(run, request.id, 0, true);
    return;
  case SYS_nanosleep:
  case SYS_clock_nanosleep:
  case SYS_pselect6:
#ifdef SYS_select
  case SYS_select:
#endif
    accounts_sleep(run, request.pid, &request.data);
    notify_answer(run, request.id, 0, true);
    return;
  case SYS_exit:
  case SYS_exit_group:
    accounts_exit(run, request.pid, request.data.nr == SYS_exit_group);
    notify_answer(run, request.id, 0, true);
    return;
  case SYS_kill:
  case SYS_tkill:
  case SYS_tgkill:
  case SYS_rt_sigqueueinfo:
  case SYS_rt_tgsigqueueinfo:
    handle_signal(run, &request);
    return;
  case SYS_wait4:
    handle_gate(run, &request);
    return;
  case SYS_write:
  case SYS_writev:
    handle_write(run, &request);
    return;
  case SYS_connect:
    handle_connect(run, &request);
    return;
  default:
    handle_guarded(run, &request);
  }
}

void notify_accept(run *run, int listener) {
  run->ended.births_counted = (run->request.flags & KEEPER_COUNTS_BIRTHS) != 0;
  ioctl(listener, NOTIF_SET_FLAGS, NOTIF_SYNC_WAKE_UP);
  if (events_watch(&run->listener, listener, listener_ready, run) < 0) {
    close(listener); /* births then fail with ENOSYS: better than births that nobody counts */
    run->listener.descriptor = -1;
  }
}

static bool is_process(const run *run, const gated *task) {
  return task->process == task->thread && task->process != run->leader;
}

static bool is_alive(const view *view, const gated *task) {
  for (size_t i = 0; i < view->count; i++) {
    if (view->tasks[i].thread == task->thread && view->tasks[i].process == task->process) return true;
  }
  return false;
}

/*
 * Lets all held tasks through and says how many of their kind are alive together: those held and, when everything else
 * was seen at rest, those that had passed the gate before and are still there (an ending one would not be at rest).
 */
void notify_release(run *run, const view *view) {
  int64_t together[2] = {0, 0};
  for (size_t i = 0; i < run->gated_count; i++) {
    gated *task = &run->gated[i];
    bool counts = task->notification != 0
                      ? ioctl(run->listener.descriptor, SECCOMP_IOCTL_NOTIF_ID_VALID, &task->notification) == 0
                      : view != NULL && is_alive(view, task);
    if (counts) together[is_process(run, task)]++;
  }
  for (size_t i = 0; i < run->gated_count; i++) {
    gated *task = &run->gated[i];
    if (task->notification == 0) continue;
    keeper_record record = {.kind = KEEPER_RECORD_RELEASED,
                            .process = task->process,
                            .thread = task->thread,
                            .value = together[is_process(run, task)]};
    journal_note(&run->journal, record, NULL, 0);
    notify_answer(run, task->notification, 0, false);
    task->notification = 0;
  }
  int64_t held = clock_now() - run->held_since;
  run->held_total += held;
  run->deadline += held;
  run->held_count = 0;
  run->settled_since = 0;
}
