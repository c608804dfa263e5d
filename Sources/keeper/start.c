/* The way from a request to a run: its pipes, the message to the container's init, the child that was made ahead. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper.h"

/* How long starting may take: the vfork child only makes system calls. */
#define START_PATIENCE (20 * NANOSECONDS)

/*
 * A pipe whose reading end never blocks the keeper. Programs may open it by name for writing, as in `echo x > /dev/stderr`,
 * also where it belongs to another user, but not for reading: they would take from the keeper what they printed.
 */
static int make_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) < 0 || fchmod(ends[1], 0222) < 0) return -1;
  return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

/* Sends the request on to the container, with its texts behind it or in the descriptor. */
static int forward(run *run, const char *texts, size_t size, const int *descriptors) {
  static init_message message;
  message.request = (init_request){.kind = INIT_START, .run = run->request};
  memcpy(message.texts, texts, size);
  return keeper_send(run->container->control.descriptor, &message, sizeof message.request + size, descriptors,
                     descriptors[3] < 0 ? 3 : 4, 0);
}

/* Makes a stream of the run and watches it; what it has made of it on failure is closed with the run. */
static int make_stream(run *run, source *source, int *written_end, file_identity *file) {
  int ends[2] = {-1, -1};
  int result = make_pipe(ends);
  *written_end = ends[1];
  *file = waits_identify(ends[0]);
  if (result == 0) result = events_watch(source, ends[0], streams_ready, run);
  else close_descriptor(&ends[0]);
  return result;
}

/* A run with its streams, for any request; where they could not be made, `error` says why. */
static run *make_run(int *error) {
  /* Zeros from calloc alone: the struct is large, and a literal would write all of it once more. */
  run *made = calloc(1, sizeof *made);
  if (made == NULL) _exit(3);
  made->output.descriptor = made->errors.descriptor = made->witness.descriptor = made->listener.descriptor = -1;
  made->examiner.descriptor = made->written_ends[0] = made->written_ends[1] = -1;
  bool is_made = make_stream(made, &made->output, &made->written_ends[0], &made->output_file) == 0 &&
                 make_stream(made, &made->errors, &made->written_ends[1], &made->errors_file) == 0;
  *error = is_made ? 0 : errno;
  return made;
}

static run *next_run;

void run_make_next(void) {
  int error;
  if (next_run != NULL) return;
  next_run = make_run(&error);
  if (error == 0) return;
  run_close(next_run); /* the request itself will say what is missing, if it still is */
  free(next_run);
  next_run = NULL;
}

static run *take_run(container *container, const keeper_run *request, int journal, int *error) {
  run *made = next_run;
  *error = 0;
  if (made == NULL) made = make_run(error);
  next_run = NULL;
  int64_t now = clock_now();
  made->container = container;
  made->request = *request;
  made->phase = PHASE_STARTING;
  made->journal = (struct journal){.descriptor = journal, .origin = now};
  made->sweep_deadline = now + START_PATIENCE;
  made->next_look = INT64_MAX;
  made->cpu_base = -1;
  /* Without a listener nobody hears of timers that could still end a wait. */
  made->has_unknown_timers = !has_rules(container->tier);
  made->alive_estimate = made->processes_estimate = 1;
  return made;
}

/* A child that was made ahead is needed, or ends as soon as nobody listens to it. */
static void use_listener(run *run) {
  container *container = run->container;
  if (container->listener < 0) return;
  if (!spawn_is_alike(&container->ahead, &run->request)) {
    close_descriptor(&container->listener);
    return;
  }
  run->leader = container->ahead_leader;
  notify_accept(run, container->listener);
  container->listener = -1;
}

/* Every program that gets no input shares one. */
static int empty_input(void) {
  static int null = -1;
  if (null < 0) null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  return null;
}

/* From here on the program may run. What is done after it delays the child, which mostly runs where the keeper does. */
static bool connect_run(run *run, const char *texts, size_t texts_size, int long_texts, int input) {
  int passed[] = {input, run->written_ends[0], run->written_ends[1], long_texts};
  return input >= 0 && forward(run, texts, texts_size, passed) == 0 &&
         events_watch(&run->witness, run->container->witness, streams_ready, run) == 0;
}

void run_start(container *container, const keeper_run *request, size_t size, const int *descriptors) {
  size_t texts_size = size - sizeof *request;
  bool has_input = (request->flags & KEEPER_HAS_INPUT) != 0;
  int long_texts = texts_size == 0 ? descriptors[1] : -1;
  int input = !has_input ? empty_input() : texts_size == 0 ? descriptors[2] : descriptors[1];
  int error;
  run *started = take_run(container, request, descriptors[0], &error);
  bool is_shared = has_rules(container->tier) && !has_namespaces(container->tier);
  if (is_shared && landlock_version() < LANDLOCK_SCOPES_SIGNALS) {
    started->request.flags |= KEEPER_GUARDS_SIGNALS;
  }
  container->run = started;
  started->input_file = waits_identify(input);
  started->witness_file = container->witness_file;
  surroundings_begin(started);
  run_set_priority(started, -20);
  bool is_limited = container->tier != KEEPER_TIER_CGROUP ||
                    cgroup_limit(&container->group, request->memory + request->disk_space, kernel_tasks(request)) == 0;
  const char *texts = (const char *)request + sizeof *request;
  bool is_connected = is_limited && error == 0 && connect_run(started, texts, texts_size, long_texts, input);
  if (!is_connected && error == 0) error = errno;
  close_descriptor(&long_texts);
  if (has_input) close(input);
  if (is_connected) {
    use_listener(started);
  } else {
    run_fail(started, is_limited ? KEEPER_STAGE_PIPES : KEEPER_STAGE_CGROUP, error);
    /* The program may have been asked for all the same. */
    container_close(container, error);
  }
}
