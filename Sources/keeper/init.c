/*
 * A container's init: starts programs, reaps everything, kills everything. It trusts its control socket and nothing
 * that a program can touch; in tiers A and B it is process 1, which no signal from inside reaches.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "keeper.h"

typedef struct init {
  place *place;
  int children; /* signalfd for SIGCHLD */
  int ruleset;
  pid_t leader;     /* 0 when no program runs */
  bool has_started; /* and the keeper has not been told yet */
  bool has_exited;  /* likewise */
  pid_t last_leader;
  keeper_run last_run;
  launch launch;
  pid_t examiner;  /* a debugger's shell, 0 when none runs */
  pid_t killed;    /* the last orphan that SIGKILL ended, 0 for none */
  init_reply used; /* adds up what was reaped since the start of the run */
} init;

static int64_t nanoseconds(struct timeval time) { return time.tv_sec * NANOSECONDS + time.tv_usec * 1000; }

static void reply(const place *place, const init_reply *message, const int *descriptors, size_t count) {
  if (keeper_send(place->control, message, sizeof *message, descriptors, count, 0) < 0) _exit(1);
}

static void note_reaped(init *init, pid_t pid, int status, const struct rusage *usage) {
  if (pid == init->examiner) {
    init->examiner = 0;
    return;
  }
  init->used.user_time += nanoseconds(usage->ru_utime);
  init->used.system_time += nanoseconds(usage->ru_stime);
  uint64_t peak = (uint64_t)usage->ru_maxrss * 1024;
  if (peak > init->used.peak_memory) init->used.peak_memory = peak;
  if (pid != init->leader) {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) init->killed = pid;
    return;
  }
  init->leader = 0;
  init->has_exited = true;
  init->used.pid = pid;
  init->used.status = status;
  init->used.time = clock_now();
}

/* Takes the signal, if it is there, so that the next one is heard of again. */
static void take_signal(const init *init) {
  struct signalfd_siginfo info;
  ssize_t ignored = read(init->children, &info, sizeof info);
  (void)ignored;
}

/* Reaps what has ended; with `wait` until no child is left. Returns whether one is. */
static bool reap(init *init, bool wait) {
  for (;;) {
    int status;
    struct rusage usage;
    pid_t pid = wait4(-1, &status, __WALL | (wait ? 0 : WNOHANG), &usage);
    if (pid < 0 && errno == EINTR) continue;
    if (pid <= 0) return pid == 0;
    note_reaped(init, pid, status, &usage);
  }
}

/* Empties the folders and fills in what the run used. */
static init_reply account(init *init, uint32_t kind) {
  init_reply message = init->used;
  const place *place = init->place;
  if (has_namespaces(place->tier)) wipe_objects();
  bool is_wiped = wipe_folder(place->work, NULL) == 0 && wipe_folder(place->temporary, NULL) == 0 &&
                  (place->shared_memory < 0 || wipe_folder(place->shared_memory, NULL) == 0) &&
                  wipe_folder(place->harness, "witness") == 0;
  int error = is_wiped ? 0 : errno;
  if (place->user >= 0 && place->shares_memory && !has_namespaces(place->tier)) wipe_shared_memory((uid_t)place->user);
  message.kind = kind;
  message.stage = is_wiped ? KEEPER_STAGE_NONE : KEEPER_STAGE_WIPE;
  message.error = error;
  return message;
}

/* The usual end, a program that leaves no child behind, needs no further word from the keeper. */
static void tell_exit(init *init, bool has_child) {
  init->has_started = init->has_exited = false;
  init_reply message = init->used;
  if (has_child) {
    message.kind = INIT_EXITED;
    reply(init->place, &message, NULL, 0);
    return;
  }
  message = account(init, INIT_EXITED);
  message.is_swept = true;
  reply(init->place, &message, NULL, 0);
  /* The keeper will ask for the next child. Made at once, it would take a CPU from those who wait for this run's end. */
  nanosleep(&(struct timespec){.tv_nsec = 100 * 1000}, NULL);
}

/*
 * The keeper, woken while a short program runs, takes a CPU from it: of its start it hears a little later, or with its end.
 * Not so where it waits for the start to give the program its priority, or has not heard from the child, with its listener,
 * whom it would have to kill.
 */
static bool may_wait(const init *init) {
  const keeper_run *run = &init->last_run;
  return has_rules(init->place->tier) && (run->flags & KEEPER_LISTENS) != 0 && !(run->flags & KEEPER_GOES_FIRST);
}

/* Tells of a child that has become a program, or could not. */
static void tell_start(init *init) {
  init_reply message = {.kind = INIT_STARTED,
                        .pid = init->launch.pid,
                        .stage = init->launch.stage,
                        .error = init->launch.error,
                        .start = init->launch.time};
  init->has_started = false;
  reply(init->place, &message, NULL, 0);
}

/* The child has become its program, or has not. */
static void note_start(init *init) {
  launch *launch = &init->launch;
  bool has_started = launch->pid > 0 && launch->stage == KEEPER_STAGE_NONE;
  if (launch->pid > 0 && !has_started) waitpid(launch->pid, NULL, __WALL);
  init->used = (init_reply){.kind = INIT_SWEPT, .start = launch->time};
  init->last_run = launch->message.request.run;
  init->leader = has_started ? launch->pid : 0;
  init->last_leader = init->leader;
  init->has_started = has_started;
  if (!has_started || !may_wait(init)) tell_start(init);
}

static void start(init *init) {
  launch *launch = &init->launch;
  launch->is_received = true;
  launch->time = clock_now();
  spawn_program(init->place, &launch->message.request.run, init->ruleset, launch);
  for (size_t i = 0; i < launch->count; i++) close(launch->descriptors[i]);
  note_start(init);
}

/* Makes the child for the next run, and sleeps until that has become the program or has ended. */
static void prepare(init *init) {
  launch *launch = &init->launch;
  launch->is_received = false;
  spawn_program(init->place, &init->last_run, init->ruleset, launch);
  if (launch->is_received) note_start(init);
  else if (launch->pid > 0) waitpid(launch->pid, NULL, __WALL);
}

static void kill_everything(init *init, pid_t leader) {
  if (has_namespaces(init->place->tier)) {
    kill(-1, SIGKILL);
    reap(init, true);
    return;
  }
  /* The filter denies new sessions and groups, so the group holds them all; the walk is for what it missed. */
  if (leader > 0) kill(-leader, SIGKILL);
  while (reap(init, false)) {
    if (init->place->user >= 0) kills_by_user(init->place);
    kills_of_descendants(getpid());
    struct pollfd waiting = {.fd = init->children, .events = POLLIN};
    if (poll(&waiting, 1, 1) > 0) take_signal(init);
  }
}

static void sweep(init *init) {
  init->killed = 0;
  kill_everything(init, init->last_leader);
  init->last_leader = 0;
  init->has_exited = false;
  init_reply message = account(init, INIT_SWEPT);
  message.killed = init->killed;
  reply(init->place, &message, NULL, 0);
}

/*
 * The keeper is gone. A namespace ends with its init; elsewhere nothing would end the program's own children, and nobody
 * would remove the folders, if init did not do it.
 */
static void end_alone(init *init) __attribute__((noreturn));

static void end_alone(init *init) {
  const place *place = init->place;
  if (has_namespaces(place->tier)) _exit(0);
  kill_everything(init, init->last_leader);
  account(init, INIT_SWEPT);
  int folder = open(place->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder >= 0) wipe_folder(folder, NULL);
  rmdir(place->folder);
  _exit(0);
}

int init_receive(const place *place, launch *launch, int nonblocking) {
  init_message *message = &launch->message;
  ssize_t size = keeper_receive(place->control, message, sizeof *message, launch->descriptors, &launch->count, nonblocking);
  if (size < 0 && errno == EAGAIN) return 0;
  launch->size = size < 0 ? 0 : (size_t)size;
  return size >= (ssize_t)sizeof message->request ? 1 : -1;
}

static void examine(init *init) {
  launch *launch = &init->launch;
  if (init->examiner != 0) examiner_end(init->examiner);
  init->examiner = 0;
  if (launch->count == 1) {
    pid_t examiner = examiner_start(init->place, launch->message.request.process, launch->descriptors[0]);
    if (examiner > 0) init->examiner = examiner;
  }
  for (size_t i = 0; i < launch->count; i++) close(launch->descriptors[i]);
}

static void handle_request(init *init) {
  int result = init_receive(init->place, &init->launch, 1);
  if (result == 0) return;
  if (result < 0) end_alone(init);
  uint32_t kind = init->launch.message.request.kind;
  if (kind == INIT_START) start(init);
  else if (kind == INIT_SWEEP) sweep(init);
  else if (kind == INIT_EXAMINE) examine(init);
  else if (kind == INIT_MOVE) spread_move(init->place, &init->last_run, init->leader, &init->launch.message.request);
  else if (kind == INIT_PREPARE) prepare(init);
}

static void serve(init *init) {
  for (;;) {
    struct pollfd sources[2] = {{.fd = init->place->control, .events = POLLIN}, {.fd = init->children, .events = POLLIN}};
    int ready = poll(sources, 2, init->has_started ? 1 : -1);
    if (ready < 0 && errno != EINTR) _exit(1);
    if (sources[1].revents & POLLIN) {
      take_signal(init);
      bool has_child = reap(init, false);
      if (init->has_exited) tell_exit(init, has_child);
    }
    /* Whatever else has happened, it can be told now. */
    if (init->has_started) tell_start(init);
    if (sources[0].revents != 0) handle_request(init);
  }
}

/* Signal dispositions and mask are inherited by every program: they are made plain here, once. A keeper_stage, else errno. */
static keeper_stage prepare_process(init *init) {
  sigset_t all;
  sigset_t child;
  prctl(PR_SET_NAME, "keeper-init");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  struct sigaction plain = {.sa_handler = SIG_DFL};
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &plain, NULL);
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  init->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  return init->children < 0 ? KEEPER_STAGE_PIPES : KEEPER_STAGE_NONE;
}

void init_main(place *place) {
  static init init;
  init.place = place;
  keeper_stage stage = prepare_process(&init);
  if (stage == KEEPER_STAGE_NONE) stage = has_namespaces(place->tier) ? mounts_enter(place) : mounts_plain_folders(place);
  if (stage == KEEPER_STAGE_NONE) stage = mounts_witness(place);
  init.ruleset = -1;
  if (stage == KEEPER_STAGE_NONE && has_rules(place->tier) && (init.ruleset = landlock_ruleset(place)) < 0) {
    stage = KEEPER_STAGE_LANDLOCK;
  }
  init_reply message = {.kind = INIT_READY, .stage = stage, .error = errno};
  int proc = stage == KEEPER_STAGE_NONE ? open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (stage == KEEPER_STAGE_NONE && proc < 0) {
    message.stage = KEEPER_STAGE_PROC;
    message.error = errno;
  }
  if (message.stage == KEEPER_STAGE_NONE) {
    message.stage = spawn_prepare(place);
    message.error = errno;
  }
  if (message.stage != KEEPER_STAGE_NONE) {
    reply(place, &message, NULL, 0);
    _exit(1);
  }
  message.error = 0;
  int descriptors[] = {proc, place->witness, place->work, place->harness, place->listener};
  reply(place, &message, descriptors, place->listener >= 0 ? 5 : 4);
  close(proc);
  close_descriptor(&place->listener);
  serve(&init);
  _exit(0);
}
