/*
 * Theory of operation
 *
 * There are four kinds of process:
 *
 *   harness    the Swift process. Starts one keeper and speaks with it over a socket (descriptor 3, SOCK_SEQPACKET).
 *   keeper     this program: single-threaded, one epoll loop. Opens containers, watches runs, decides how they end.
 *   init       one for each container, made by the keeper with clone(2), never executing another program. In tiers A and B
 *              it is process 1 of namespaces of its own, behind a private root; in the others it is a child subreaper. It
 *              starts programs, reaps every orphan, and on request kills everything below it.
 *   program    what a student wrote: a child of init, never process 1, restricted by Landlock, seccomp and limits.
 *              After a run init makes the child for the next one ahead (spawn.c), which waits for its request.
 *
 * Rights: keeper and init run as the harness does. A program has no capabilities, can't gain any, sees (A, B) or may
 * open (C, D) only the files it was given, and can't signal or trace anything outside its container.
 *
 * What flows where: a program's standard output and error are pipes that the keeper reads; a FIFO in the container
 * carries the witness's records, equally untrusted. All of it, and what the kernel says (births, the gate, waits), goes
 * with its instant into the run's journal, a memory file that the harness made and reads at the end. How a run ended
 * travels only over the socket, never through anything a program can write to.
 *
 * Who dies with whom: the keeper ends when the harness's end of the socket closes, and kills every container. An init
 * with namespaces dies with the keeper (PR_SET_PDEATHSIG, safe here because the keeper has one thread), and all of its
 * processes with it; one without finds its control socket closed, and kills and removes what is its own before it ends.
 * Every decision (deadline, output, memory, deadlock) is the keeper's, so a stalled harness can't miss one.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "keeper.h"

int64_t clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * NANOSECONDS + now.tv_nsec;
}

void close_descriptor(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

static void close_everything(void) {
  while (containers != NULL) container_close(containers, ECANCELED);
}

void tell_harness(const void *message, size_t size, const int *descriptors, size_t count) {
  static bool is_ending;
  if (keeper_send(KEEPER_CHANNEL, message, size, descriptors, count, 0) == 0 || is_ending) return;
  is_ending = true;
  close_everything();
  _exit(0);
}

typedef union request {
  keeper_header header;
  keeper_open open;
  keeper_run run;
  char bytes[sizeof(keeper_run) + KEEPER_SHORT_TEXTS];
} request;

static void answer_open_error(const keeper_header *header, keeper_stage stage, int error) {
  keeper_opened reply = {.header = *header, .stage = stage, .error = error};
  reply.header.kind = KEEPER_OPENED;
  tell_harness(&reply, sizeof reply, NULL, 0);
}

static void answer_run_error(const keeper_run *request, keeper_reason reason, int error) {
  keeper_ended reply = {.header = request->header, .reason = reason, .stage = KEEPER_STAGE_MESSAGE, .error = error};
  reply.header.kind = KEEPER_ENDED;
  tell_harness(&reply, sizeof reply, NULL, 0);
}

/* How many descriptors come with a request to run. */
static size_t run_descriptors(const keeper_run *request, size_t size) {
  return 1 + (size_t)(size == sizeof *request) + (size_t)((request->flags & KEEPER_HAS_INPUT) != 0);
}

/* Takes over the descriptors it passes on and closes the others. */
static void handle_request(request *message, size_t size, int *descriptors, size_t count) {
  container *place = container_find(message->header.container);
  size_t taken = 0;
  switch (message->header.kind) {
  case KEEPER_OPEN:
    if (size != sizeof(keeper_open) || count != 1 || message->header.version != KEEPER_VERSION || place != NULL) {
      answer_open_error(&message->header, KEEPER_STAGE_MESSAGE, EPROTO);
    } else {
      container_open(&message->open, descriptors[0]);
      taken = 1;
    }
    break;
  case KEEPER_RUN:
    if (size < sizeof(keeper_run) || count != run_descriptors(&message->run, size)) {
      answer_run_error(&message->run, KEEPER_CONTAINER_FAILED, EPROTO);
    } else if (place == NULL || !place->is_ready || place->run != NULL) {
      answer_run_error(&message->run, KEEPER_CONTAINER_FAILED, place == NULL ? ENOENT : EBUSY);
    } else {
      run_start(place, &message->run, size, descriptors);
      taken = count;
    }
    break;
  case KEEPER_CANCEL:
    /* Who is ending by itself just now is not said to have been cancelled. */
    if (place != NULL && place->run != NULL && (place->run->has_settled || !watch_has_ended(place->run))) {
      run_stop(place->run, KEEPER_CANCELLED);
    }
    break;
  case KEEPER_CLOSE:
    if (place != NULL) container_close(place, ECANCELED);
    break;
  }
  for (size_t i = taken; i < count; i++) close(descriptors[i]);
}

static void harness_ready(source *source, uint32_t events) {
  (void)events;
  request message;
  int descriptors[KEEPER_MAX_DESCRIPTORS];
  size_t count;
  ssize_t size = keeper_receive(source->descriptor, &message, sizeof message, descriptors, &count, 1);
  if (size < 0 && errno == EAGAIN) return;
  if (size < (ssize_t)sizeof(keeper_header)) {
    close_everything();
    _exit(0);
  }
  handle_request(&message, (size_t)size, descriptors, count);
}

/* The keeper reads pipes and sockets only when epoll says so, and the harness's terminal signals are not its business. */
static void prepare_process(void) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignore, NULL);
  sigaction(SIGINT, &ignore, NULL);
  sigaction(SIGQUIT, &ignore, NULL);
  sigaction(SIGTERM, &ignore, NULL);
  sigaction(SIGHUP, &ignore, NULL);
  setpgid(0, 0);
  prctl(PR_SET_NAME, "keeper");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    if (fcntl(descriptor, F_GETFD) < 0) open("/dev/null", O_RDWR);
  }
  fcntl(KEEPER_CHANNEL, F_SETFD, FD_CLOEXEC);
}

/* Without a pid namespace, inits that were killed leave their orphans to the keeper, which may have nothing else to do. */
static void children_ready(source *source, uint32_t events) {
  struct signalfd_siginfo info;
  (void)events;
  ssize_t ignored = read(source->descriptor, &info, sizeof info);
  (void)ignored;
  while (waitpid(-1, NULL, WNOHANG) > 0) {}
}

static int watch_children(source *children) {
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);
  int descriptor = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor < 0 ? -1 : events_watch(children, descriptor, children_ready, children);
}

int main(void) {
  static source harness;
  static source children;
  prepare_process();
  if (events_watch(&harness, KEEPER_CHANNEL, harness_ready, &harness) < 0 || watch_children(&children) < 0) return 3;
  run_make_next();
  for (;;) {
    int64_t wake = INT64_MAX;
    int64_t now = clock_now();
    container *next;
    for (container *each = containers; each != NULL; each = next) {
      next = each->next;
      if (each->run == NULL) continue;
      int64_t wanted = run_tick(each->run, now);
      if (wanted < wake) wake = wanted;
    }
    events_wait(wake);
  }
}
