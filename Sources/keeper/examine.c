/*
 * The stacks of programs that no witness tells of, from a debugger that the container's init starts. It is asked after the
 * end of a run is decided, and has some seconds in all: a busy machine needs them, a program that hinders it gains nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "keeper.h"

#define PATIENCE (10 * NANOSECONDS)
#define MOST_TEXT (256 << 10) /* of one process */

static void hear(run *run, const char *bytes, size_t size) {
  keeper_record record = {
      .kind = KEEPER_RECORD_STACKS, .process = run->examined[run->examined_index], .detail = KEEPER_STACKS_OF_DEBUGGER};
  run->examined_size += size;
  if (run->examined_size <= MOST_TEXT) journal_note(&run->journal, record, bytes, size);
}

static void handle_text(source *source, uint32_t events) {
  (void)events;
  run *run = source->owner;
  char bytes[4096];
  ssize_t size = read(source->descriptor, bytes, sizeof bytes);
  if (size > 0) hear(run, bytes, (size_t)size);
  else if (size == 0 || (errno != EAGAIN && errno != EINTR)) events_close(source);
}

/* Asks for the stacks of one process; false where that can't be done. */
static bool start(run *run) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return false;
  /* The debugger's own end waits for the keeper. */
  fcntl(ends[1], F_SETFL, 0);
  init_request request = {.kind = INIT_EXAMINE, .process = run->examined[run->examined_index]};
  run->examined_size = 0;
  bool is_sent = keeper_send(run->container->control.descriptor, &request, sizeof request, &ends[1], 1, 1) == 0;
  close(ends[1]);
  if (is_sent && events_watch(&run->examiner, ends[0], handle_text, run) == 0) return true;
  run->examiner.descriptor = -1;
  close(ends[0]);
  return false;
}

/* Runtimes whose own frames say nothing of the program's; the names of Python have its version behind them. */
static bool is_runtime(const char *name) {
  static const char *const names[] = {"java", "node", "ruby", "perl", "sh", "bash", "dash", "busybox"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(name, names[i]) == 0) return true;
  }
  return strncmp(name, "python", 6) == 0;
}

static bool is_interpreter(const run *run, int process) {
  char path[24];
  char program[PATH_MAX];
  snprintf(path, sizeof path, "%d/exe", process);
  ssize_t size = readlinkat(run->container->proc, path, program, sizeof program - 1);
  if (size <= 0) return true;
  program[size] = 0;
  const char *name = strrchr(program, '/');
  return name != NULL && is_runtime(name + 1);
}

void examine_add(run *run, int process) {
  size_t count = run->examined_count;
  bool is_known = count > 0 && run->examined[count - 1] == process;
  if (run->container->tier == KEEPER_TIER_LIGHT || is_known || count == MAX_EXAMINED) return;
  if (is_interpreter(run, process)) return;
  run->examined[run->examined_count++] = process;
}

bool examine_begin(run *run) {
  run->examined_until = clock_now() + PATIENCE;
  return run->examined_count > 0 && start(run);
}

bool examine_tick(run *run, int64_t now) {
  if (now >= run->examined_until) return false;
  if (run->examiner.descriptor >= 0) return true;
  return ++run->examined_index < run->examined_count && start(run);
}
