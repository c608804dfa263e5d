/*
 * The last words of a run that is to be ended for a deadlock or for its time: where each of its threads was. What ends it
 * is decided by then, so nothing that a program makes of the questions changes how it ended.
 *
 * A Python with a witness has handlers for two signals. The first is answered by Python's faulthandler, whatever the
 * threads wait for, one process after the other. The second is answered by the main thread, if it waits for something that
 * a signal can interrupt, with who holds what and who waits for whom. Both answer over the witness's channel, and what
 * comes there meanwhile is kept apart. Only a process that handles a signal is sent it. What the program prints meanwhile
 * is not kept. Programs without a witness are left to a debugger (examine.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

#define ASK_INTERVAL (2 * MILLISECONDS)
#define EXAMINE_INTERVAL (20 * MILLISECONDS) /* its end is heard of at once */
/* All processes together have the second of these at least; a program of many that don't answer can't take much longer. */
#define STACKS_PATIENCE (100 * MILLISECONDS)
#define ALL_STACKS_PATIENCE (1000 * MILLISECONDS)
#define WAITS_PATIENCE (1500 * MILLISECONDS)
/* Of all answers: a hundred threads of a hundred frames take more, and nobody reads them. */
#define MOST_ANSWERS (1 << 20)

/* The mask in a line of `status`, such as of the signals that a process handles. */
static uint64_t signal_mask(const char *status, const char *key) {
  const char *line = strstr(status, key);
  return line == NULL ? 0 : strtoull(line + strlen(key), NULL, 16);
}

static bool has_signal(uint64_t mask, int signal) { return mask >> (signal - 1) & 1; }

static bool read_status(const run *run, int process, char *text, size_t capacity) {
  char path[40];
  snprintf(path, sizeof path, "%d/status", process);
  return watch_read(run->container, path, text, capacity) > 0;
}

static void send_signal(const run *run, int process, int signal) {
  char path[24];
  snprintf(path, sizeof path, "%d", process);
  /* A process's folder serves as its pidfd: it can't come to mean another one. */
  int folder = openat(run->container->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  syscall(SYS_pidfd_send_signal, folder, signal, NULL, 0);
  close(folder);
}

static void ask(run *run, size_t first, size_t count, int signal) {
  static char text[STATUS_SIZE];
  for (size_t i = first; i < first + count; i++) {
    if (!read_status(run, run->asked[i], text, sizeof text)) continue;
    if (has_signal(signal_mask(text, "\nSigCgt:\t"), signal)) send_signal(run, run->asked[i], signal);
  }
  run->asked_signal = signal;
  run->asked_at = clock_now();
  run->asked_switches = 0;
}

static bool is_pending(const run *run) {
  static char text[STATUS_SIZE];
  for (size_t i = 0; i < run->asked_count; i++) {
    if (read_status(run, run->asked[i], text, sizeof text) &&
        has_signal(signal_mask(text, "\nShdPnd:\t") | signal_mask(text, "\nSigPnd:\t"), run->asked_signal)) {
      return true;
    }
  }
  return false;
}

static void note_found(run *run, const view *view) {
  for (size_t i = 0; i < view->count; i++) {
    const task *task = &view->tasks[i];
    char name[16];
    size_t size = watch_name(run->container, task->process, task->thread, name);
    keeper_record record = {.kind = KEEPER_RECORD_FOUND,
                            .process = task->process,
                            .thread = task->thread,
                            .value = task->call,
                            .detail = (uint8_t)task->state,
                            .reserved = task->is_endless};
    journal_note(&run->journal, record, size > 0 ? name : "?", size > 0 ? size : 1);
  }
}

bool ask_begin(run *run) {
  static view present;
  static char text[STATUS_SIZE];
  bool is_asked = run->ended.reason == KEEPER_DEADLOCK || run->ended.reason == KEEPER_WALL_TIME ||
                  run->ended.reason == KEEPER_CPU_TIME;
  bool is_plain = !(run->request.flags & (KEEPER_STRETCHED | KEEPER_MUTED));
  if (!is_asked || !is_plain || !(run->request.flags & KEEPER_DETECTS_DEADLOCK)) return false;
  watch_tasks(run, &present, true);
  if (run->ended.reason != KEEPER_DEADLOCK) note_found(run, &present);
  for (size_t i = 0; i < present.count && run->asked_count < MAX_ASKED; i++) {
    int process = present.tasks[i].process;
    if (run->asked_count > 0 && run->asked[run->asked_count - 1] == process) continue;
    if (!read_status(run, process, text, sizeof text)) continue;
    uint64_t handled = signal_mask(text, "\nSigCgt:\t");
    bool has_witness = has_signal(handled, KEEPER_ASKS_STACKS) && has_signal(handled, KEEPER_ASKS_WAITS);
    if (has_witness) run->asked[run->asked_count++] = process;
    else examine_add(run, process);
  }
  run->asked_since = clock_now();
  if (run->asked_count == 0) return examine_begin(run);
  ask(run, 0, 1, KEEPER_ASKS_STACKS);
  return true;
}

/* Everything waits again, as it did before it was asked. */
static bool is_at_rest(run *run) {
  static view present;
  watch_tasks(run, &present, true);
  if (!present.is_complete || present.running > 0 || present.endless != present.count) return false;
  bool is_same = run->asked_switches == present.switches;
  run->asked_switches = present.switches;
  return is_same;
}

int64_t ask_tick(run *run, int64_t now) {
  if (run->examined_until != 0) return examine_tick(run, now) ? now + EXAMINE_INTERVAL : 0;
  int64_t waited = now - run->asked_at;
  bool is_taken = waited >= ASK_INTERVAL && !is_pending(run);
  if (run->asked_signal == KEEPER_ASKS_STACKS) {
    bool is_deadlock = run->ended.reason == KEEPER_DEADLOCK;
    bool is_done = is_taken && (is_deadlock ? is_at_rest(run) : waited >= 5 * ASK_INTERVAL);
    bool is_patient = waited < STACKS_PATIENCE || now - run->asked_since < ALL_STACKS_PATIENCE;
    if (!is_done && is_patient) return now + ASK_INTERVAL;
    streams_hear(run);
    if (++run->asked_at_index < run->asked_count) ask(run, run->asked_at_index, 1, KEEPER_ASKS_STACKS);
    else ask(run, 0, run->asked_count, KEEPER_ASKS_WAITS);
    return now + ASK_INTERVAL;
  }
  bool is_done = run->answer_count >= run->asked_count || (is_taken && is_at_rest(run));
  if (!is_done && waited < WAITS_PATIENCE) return now + ASK_INTERVAL;
  return examine_begin(run) ? now + EXAMINE_INTERVAL : 0;
}

void ask_hear(run *run, const char *bytes, size_t size) {
  static const char mark[] = KEEPER_ANSWERED;
  if (run->asked_count == 0) return;
  bool are_stacks = run->asked_signal == KEEPER_ASKS_STACKS;
  keeper_record record = {.kind = are_stacks ? KEEPER_RECORD_STACKS : KEEPER_RECORD_ANSWERS,
                          .process = are_stacks ? run->asked[run->asked_at_index] : 0};
  run->answer_size += size;
  if (run->answer_size < MOST_ANSWERS) journal_note(&run->journal, record, bytes, size);
  const char *end = bytes + size;
  for (const char *found; (found = memmem(bytes, (size_t)(end - bytes), mark, sizeof mark - 1)) != NULL; bytes = found + 1) {
    run->answer_count++;
  }
}
