/*
 * Starts one program. The child shares init's memory until it executes (CLONE_VM | CLONE_VFORK), which costs the same
 * whatever init's size, and lets it leave the step that failed in plain memory. Up to execve it makes only system calls.
 *
 * Restricting a child costs a good part of what a short program does. So after a run the keeper has init make the next
 * child ahead: it is restricted as that run was, and waits for the next request itself, while init sleeps in vfork. A
 * request of another kind it leaves in the socket and ends; init then takes it, and makes a child for it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* Linux 5.19: a notified call, once the keeper has it, is interrupted only by fatal signals, so it is notified once. */
#define FILTER_WAIT_KILLABLE (1UL << 5)

/* What a child does with its request; everything in it is init's memory too. */
typedef struct plan {
  const place *place;
  launch *launch;
  keeper_run run; /* what it was prepared for */
  const struct sock_fprog *filter;
  int ruleset;
} plan;

/* What init may hand on at most; known from spawn_prepare on. */
static struct rlimit present[RLIM_NLIMITS];

/* Raising a hard limit needs a privilege that not every harness has: take what there is. */
int spawn_limit(int resource, uint64_t soft, uint64_t hard) {
  rlim_t most = present[resource].rlim_max;
  struct rlimit wanted = {.rlim_cur = soft < most ? soft : most, .rlim_max = hard < most ? hard : most};
  if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
  return setrlimit(resource, &wanted);
}

/* How many tasks there are on the machine, at least those of our user; the fourth word is `running/all`. */
static uint64_t count_tasks(void) {
  char text[128] = "";
  int file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
  if (file < 0) return UINT64_MAX;
  ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  char *slash = size > 0 ? strchr(text, '/') : NULL;
  return slash == NULL ? UINT64_MAX : strtoull(slash + 1, NULL, 10);
}

static int set_limits(const place *place, const keeper_run *run) {
  if (spawn_limit(RLIMIT_FSIZE, run->file_size, run->file_size) < 0 || spawn_limit(RLIMIT_STACK, run->stack, run->stack) < 0) {
    return -1;
  }
  /*
   * Counted for each user on the whole machine: of use where the container has a user of its own; where nothing else
   * refuses births (tier E), what the user has already comes on top. With namespaces births are counted otherwise.
   */
  bool is_alone = place->user >= 0 && !has_namespaces(place->tier);
  uint64_t others = is_alone ? 8 : place->tier == KEEPER_TIER_BARE ? count_tasks() : UINT64_MAX;
  uint64_t most = kernel_tasks(run) + others;
  if (others != UINT64_MAX && spawn_limit(RLIMIT_NPROC, most, most) < 0) return -1;
  if (run->cpu_time == 0) return 0;
  /* A second line behind the watch, which knows the whole tree: no process alone gets far past the limit. */
  uint64_t seconds = (uint64_t)((run->cpu_time + NANOSECONDS - 1) / NANOSECONDS) + 1;
  return spawn_limit(RLIMIT_CPU, seconds, seconds + 1);
}

/* No CPU at all means every one that the keeper may use. */
static int choose_cpus(const keeper_run *run) {
  bool is_free = true;
  for (size_t i = 0; i < KEEPER_CPU_WORDS; i++) is_free &= run->cpus[i] == 0;
  return is_free ? 0 : (int)syscall(SYS_sched_setaffinity, 0, sizeof run->cpus, run->cpus);
}

/* When memory runs out, programs go before their init. The child of a vfork changes its own weight alone. */
static void weigh(void) {
  int weight = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  ssize_t written = weight < 0 ? 0 : write(weight, "1000", 4);
  (void)written;
  if (weight >= 0) close(weight);
}

int spawn_connect(const int streams[3]) {
  for (int target = 0; target < 3; target++) {
    if (dup2(streams[target], target) < 0) return -1;
  }
  return (int)syscall(SYS_close_range, 3U, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
}

/* Everything after this is done as the container's own user. */
static int change_user(const place *place) {
  if (place->user < 0) return 0;
  uid_t user = (uid_t)place->user;
  if (syscall(SYS_setgroups, 0, NULL) < 0 || syscall(SYS_setresgid, user, user, user) < 0) return -1;
  /* The death signal is forgotten with the user. */
  return syscall(SYS_setresuid, user, user, user) < 0 ? -1 : prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* In tiers C to E the harness may be root; a program must not have what root has, nor get it by executing. */
static int drop_privileges(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  return (int)syscall(SYS_capset, &header, none);
}

int spawn_drop_rights(const place *place) {
  return change_user(place) < 0 || drop_privileges() < 0 ? -1 : 0;
}

/* What every program of the container inherits from its init: limits that never differ, no way to privileges, the long filter. */
keeper_stage spawn_prepare(const place *place) {
  for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
    if (getrlimit(resource, &present[resource]) < 0) return KEEPER_STAGE_LIMITS;
  }
  if (spawn_limit(RLIMIT_CORE, 0, 0) < 0 || spawn_limit(RLIMIT_MEMLOCK, 0, 0) < 0 || spawn_limit(RLIMIT_MSGQUEUE, 0, 0) < 0 ||
      spawn_limit(RLIMIT_RTPRIO, 0, 0) < 0 || spawn_limit(RLIMIT_SIGPENDING, 1024, 1024) < 0) {
    return KEEPER_STAGE_LIMITS;
  }
  umask(022);
  for (int capability = 0; capability <= 63; capability++) {
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno == EINVAL) break;
  }
  prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return KEEPER_STAGE_PRIVILEGES;
  if (!has_rules(place->tier)) return KEEPER_STAGE_NONE;
  const struct sock_fprog *filter = filter_base(place->tier, place->network);
  bool is_installed = filter != NULL && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0UL, filter) == 0;
  return is_installed ? KEEPER_STAGE_NONE : KEEPER_STAGE_FILTER;
}

/* Installs the filter; the listener goes to the keeper before anything could wait for its answer. */
static int install_filter(const plan *plan) {
  bool listens = plan->run.flags & KEEPER_LISTENS;
  unsigned long flags = listens ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  long result = -1;
  if (listens) result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags | FILTER_WAIT_KILLABLE, plan->filter);
  if (result < 0) result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, plan->filter);
  if (result < 0 || !listens) return (int)result;
  int listener = (int)result;
  init_reply reply = {.kind = INIT_LISTENER, .pid = getpid(), .is_ahead = !plan->launch->is_received};
  int sent = keeper_send(plan->place->control, &reply, sizeof reply, &listener, 1, 0);
  /* The keeper's is the only one: when the keeper is gone, calls fail rather than wait for it. */
  close(listener);
  return sent;
}

static int fail(launch *launch, keeper_stage stage) {
  launch->error = errno;
  launch->stage = stage;
  return 127;
}

/* By its path: the descriptor that init holds is of a mount that programs don't see. */
static int enter_work_folder(const place *place) {
  char path[sizeof place->folder + 8];
  snprintf(path, sizeof path, "%s/work", has_namespaces(place->tier) ? "" : place->folder);
  return chdir(path);
}

/* Takes from the child what its program must not have. Returns 0, or what fail returns. */
static int restrict_child(plan *plan) {
  launch *launch = plan->launch;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || setsid() < 0) return fail(launch, KEEPER_STAGE_SESSION);
  if (enter_work_folder(plan->place) < 0) return fail(launch, KEEPER_STAGE_DIRECTORY);
  weigh();
  /* Where the Yama module has a say, only who is named may trace: the examiner may, programs are kept from it by their filter. */
  prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
  if (set_limits(plan->place, &plan->run) < 0) return fail(launch, KEEPER_STAGE_LIMITS);
  if (choose_cpus(&plan->run) < 0) return fail(launch, KEEPER_STAGE_AFFINITY);
  if (change_user(plan->place) < 0) return fail(launch, KEEPER_STAGE_USER);
  if (drop_privileges() < 0) return fail(launch, KEEPER_STAGE_PRIVILEGES);
  if (plan->ruleset >= 0 && syscall(SYS_landlock_restrict_self, plan->ruleset, 0) < 0) {
    return fail(launch, KEEPER_STAGE_LANDLOCK);
  }
  if (plan->filter != NULL && install_filter(plan) < 0) return fail(launch, KEEPER_STAGE_FILTER);
  /*
   * Not before: where a user has more descriptors on their way through sockets, on the whole machine, than a process of that
   * user may have open, the kernel lets it send no more (ETOOMANYREFS), and the listener must be sent.
   */
  uint64_t open_files = plan->run.open_files;
  return spawn_limit(RLIMIT_NOFILE, open_files, open_files) < 0 ? fail(launch, KEEPER_STAGE_LIMITS) : 0;
}

bool spawn_is_alike(const keeper_run *run, const keeper_run *other) {
  const uint32_t flags = KEEPER_LISTENS | KEEPER_GOES_FIRST;
  return ((run->flags ^ other->flags) & flags) == 0 && run->tasks == other->tasks && run->cpu_time == other->cpu_time &&
         run->file_size == other->file_size && run->open_files == other->open_files && run->stack == other->stack &&
         memcmp(run->cpus, other->cpus, sizeof run->cpus) == 0;
}

/* Waits for the next request; false when it is not for this child, or the keeper is gone. */
static bool await_request(plan *plan) {
  launch *launch = plan->launch;
  init_request *request = &launch->message.request;
  int control = plan->place->control;
  ssize_t size;
  do {
    size = recv(control, request, sizeof *request, MSG_PEEK);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof *request || request->kind != INIT_START || !spawn_is_alike(&plan->run, &request->run)) return false;
  launch->is_received = init_receive(plan->place, launch, 0) > 0;
  return launch->is_received;
}

/*
 * Ends a child that is not needed: the keeper has closed its listener, so the calls that its filter asks about fail. That is
 * not all of these but where signals are guarded, and a trap is noted in the machine's log.
 */
static void leave(void) __attribute__((noreturn));

static void leave(void) {
  syscall(SYS_exit_group, 0);
  syscall(SYS_tgkill, getpid(), getpid(), SIGKILL);
  __builtin_trap();
}

static int find_texts(launch *launch) {
  const keeper_run *run = &launch->message.request.run;
  size_t expected = 2 + (size_t)run->argument_count + run->environment_count;
  size_t size = launch->size - sizeof launch->message.request;
  if (launch->count == 3) return texts_find(&launch->texts, launch->message.texts, size, expected);
  if (launch->count == 4) return texts_map(&launch->texts, launch->descriptors[3], expected);
  errno = EPROTO;
  return -1;
}

/* Becomes the program of the request. Returns only when that fails. */
static int become_program(launch *launch) {
  static char *arguments[MAX_TEXTS + 1];
  static char *environment[MAX_TEXTS + 1];
  const keeper_run *run = &launch->message.request.run;
  sigset_t none;
  launch->time = clock_now();
  if (find_texts(launch) < 0) return fail(launch, KEEPER_STAGE_MESSAGE);
  char **texts = launch->texts.items;
  memcpy(arguments, texts + 2, run->argument_count * sizeof *arguments);
  arguments[run->argument_count] = NULL;
  memcpy(environment, texts + 2 + run->argument_count, run->environment_count * sizeof *environment);
  environment[run->environment_count] = NULL;
  if (texts[1][0] != 0 && chdir(texts[1]) < 0) return fail(launch, KEEPER_STAGE_DIRECTORY);
  if (spawn_connect(launch->descriptors) < 0) return fail(launch, KEEPER_STAGE_STREAMS);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(texts[0], arguments, environment);
  return fail(launch, KEEPER_STAGE_EXECUTE);
}

static int child_main(void *argument) {
  plan *plan = argument;
  if (restrict_child(plan) != 0) return 127;
  if (!plan->launch->is_received && !await_request(plan)) leave();
  return become_program(plan->launch);
}

void spawn_program(const place *place, const keeper_run *run, int ruleset, launch *launch) {
  static char stack[64 << 10] __attribute__((aligned(16)));
  plan plan = {.place = place,
               .launch = launch,
               .run = *run,
               .ruleset = ruleset,
               .filter = has_rules(place->tier) ? filter_program(place->tier, run->flags) : NULL};
  launch->pid = -1;
  launch->stage = has_rules(place->tier) && plan.filter == NULL ? KEEPER_STAGE_FILTER : KEEPER_STAGE_NONE;
  launch->error = errno;
  if (launch->stage != KEEPER_STAGE_NONE) return;
  launch->pid = clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &plan);
  int error = errno;
  texts_unmap(&launch->texts);
  if (launch->pid > 0) return;
  launch->stage = KEEPER_STAGE_FORK;
  launch->error = error;
}

/*
 * In tier E a limit depends on how many tasks there are when the program starts; a timed run has its priority from its
 * init; few descriptors may leave no room for those of the request.
 */
bool spawn_may_prepare(int tier, const keeper_run *run) {
  return has_rules(tier) && !(run->flags & KEEPER_GOES_FIRST) && run->open_files >= 2 * KEEPER_MAX_DESCRIPTORS;
}
