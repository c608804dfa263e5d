/*
 * Starts one program. The child shares init's memory until it executes (CLONE_VM | CLONE_VFORK), which costs the same
 * whatever init's size, and lets it leave the step that failed in plain memory. Up to execve it makes only system calls.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* Linux 5.19: a notified call, once the keeper has it, is interrupted only by fatal signals, so it is notified once. */
#define FILTER_WAIT_KILLABLE (1UL << 5)

typedef struct plan {
  const place *place;
  const keeper_run *run;
  const texts *texts;
  const int *streams;
  const struct sock_fprog *filter;
  char *const *arguments;
  char *const *environment;
  int ruleset;
  volatile int stage;
  volatile int error;
} plan;

/* What init may hand on at most, and its own weight when memory runs out; both known from spawn_prepare on. */
static struct rlimit present[RLIM_NLIMITS];
static int own_weight = -1;
static char own_weight_text[16];

/* Raising a hard limit needs a privilege that not every harness has: take what there is. */
static int limit(int resource, uint64_t soft, uint64_t hard) {
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
  if (limit(RLIMIT_FSIZE, run->file_size, run->file_size) < 0 ||
      limit(RLIMIT_NOFILE, run->open_files, run->open_files) < 0 || limit(RLIMIT_STACK, run->stack, run->stack) < 0) {
    return -1;
  }
  /*
   * Counted for each user on the whole machine: exact where the container has a user of its own; where nothing else
   * refuses births (tier E), what the user has already comes on top.
   */
  uint64_t others = place->user >= 0 ? 8 : place->tier == KEEPER_TIER_BARE ? count_tasks() : UINT64_MAX;
  if (others != UINT64_MAX && limit(RLIMIT_NPROC, run->tasks + others, run->tasks + others) < 0) return -1;
  if (run->cpu_time == 0) return 0;
  /* A second line behind the watch, which knows the whole tree: no process alone gets far past the limit. */
  uint64_t seconds = (uint64_t)((run->cpu_time + NANOSECONDS - 1) / NANOSECONDS) + 1;
  return limit(RLIMIT_CPU, seconds, seconds + 1);
}

/* No CPU at all means every one that the keeper may use. */
static int choose_cpus(const keeper_run *run) {
  bool is_free = true;
  for (size_t i = 0; i < KEEPER_CPU_WORDS; i++) is_free &= run->cpus[i] == 0;
  return is_free ? 0 : (int)syscall(SYS_sched_setaffinity, 0, sizeof run->cpus, run->cpus);
}

/* When memory runs out, programs go before their init: they are born with its weight, which is raised for that moment. */
static void weigh(const char *weight) {
  ssize_t written = own_weight < 0 ? 0 : pwrite(own_weight, weight, strlen(weight), 0);
  (void)written;
}

static void learn_own_weight(void) {
  own_weight = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);
  ssize_t size = own_weight < 0 ? -1 : read(own_weight, own_weight_text, sizeof own_weight_text - 1);
  if (size <= 0) close_descriptor(&own_weight);
}

static int connect_streams(const int streams[3]) {
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

/* What every program of the container inherits from its init: limits that never differ, no way to privileges, the long filter. */
keeper_stage spawn_prepare(const place *place) {
  for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
    if (getrlimit(resource, &present[resource]) < 0) return KEEPER_STAGE_LIMITS;
  }
  if (limit(RLIMIT_CORE, 0, 0) < 0 || limit(RLIMIT_MEMLOCK, 0, 0) < 0 || limit(RLIMIT_MSGQUEUE, 0, 0) < 0 ||
      limit(RLIMIT_RTPRIO, 0, 0) < 0 || limit(RLIMIT_SIGPENDING, 1024, 1024) < 0) {
    return KEEPER_STAGE_LIMITS;
  }
  umask(022);
  learn_own_weight();
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
  bool listens = plan->run->flags & KEEPER_LISTENS;
  unsigned long flags = listens ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  long result = -1;
  if (listens) result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags | FILTER_WAIT_KILLABLE, plan->filter);
  if (result < 0) result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, plan->filter);
  if (result < 0 || !listens) return (int)result;
  int listener = (int)result;
  fcntl(listener, F_SETFD, FD_CLOEXEC);
  init_reply reply = {.kind = INIT_LISTENER};
  return keeper_send(plan->place->control, &reply, sizeof reply, &listener, 1, 0);
}

static int fail(plan *plan, keeper_stage stage) {
  plan->error = errno;
  plan->stage = stage;
  return 127;
}

static int child_main(void *argument) {
  plan *plan = argument;
  sigset_t none;
  sigemptyset(&none);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || setsid() < 0) return fail(plan, KEEPER_STAGE_SESSION);
  if (set_limits(plan->place, plan->run) < 0) return fail(plan, KEEPER_STAGE_LIMITS);
  if (choose_cpus(plan->run) < 0) return fail(plan, KEEPER_STAGE_AFFINITY);
  if (change_user(plan->place) < 0) return fail(plan, KEEPER_STAGE_USER);
  if (chdir(plan->texts->items[1]) < 0) return fail(plan, KEEPER_STAGE_DIRECTORY);
  if (connect_streams(plan->streams) < 0) return fail(plan, KEEPER_STAGE_STREAMS);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (drop_privileges() < 0) return fail(plan, KEEPER_STAGE_PRIVILEGES);
  if (plan->ruleset >= 0 && syscall(SYS_landlock_restrict_self, plan->ruleset, 0) < 0) {
    return fail(plan, KEEPER_STAGE_LANDLOCK);
  }
  if (plan->filter != NULL && install_filter(plan) < 0) return fail(plan, KEEPER_STAGE_FILTER);
  execve(plan->texts->items[0], plan->arguments, plan->environment);
  return fail(plan, KEEPER_STAGE_EXECUTE);
}

spawn_result spawn_program(const place *place, const keeper_run *run, const texts *texts, const int streams[3],
                           int ruleset) {
  static char stack[64 << 10] __attribute__((aligned(16)));
  static char *arguments[MAX_TEXTS + 1];
  static char *environment[MAX_TEXTS + 1];
  memcpy(arguments, texts->items + 2, run->argument_count * sizeof *arguments);
  arguments[run->argument_count] = NULL;
  memcpy(environment, texts->items + 2 + run->argument_count, run->environment_count * sizeof *environment);
  environment[run->environment_count] = NULL;
  plan plan = {.place = place,
               .run = run,
               .texts = texts,
               .streams = streams,
               .arguments = arguments,
               .environment = environment,
               .ruleset = ruleset,
               .filter = has_rules(place->tier) ? filter_program(place->tier, run->flags) : NULL};
  if (has_rules(place->tier) && plan.filter == NULL) return (spawn_result){.pid = -1, .stage = KEEPER_STAGE_FILTER, .error = errno};
  weigh("1000");
  pid_t pid = clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &plan);
  int error = errno;
  weigh(own_weight_text);
  if (pid < 0) return (spawn_result){.pid = -1, .stage = KEEPER_STAGE_FORK, .error = error};
  return (spawn_result){.pid = pid, .stage = plan.stage, .error = plan.error};
}
