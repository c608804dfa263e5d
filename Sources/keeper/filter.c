/*
 * The seccomp programs, built through libseccomp and kept. A list of what is refused, not of what is allowed: courses
 * use every language, and what contains a program is its namespaces, Landlock and limits; the filter takes away the
 * kernel's most dangerous doors, and turns births and a few other calls into notifications for the keeper.
 *
 * There are two, because installing one costs the more the longer it is. The long one is a container's: its init installs
 * it once, and every program inherits it. The short one is a run's: notifications, and what init itself still needs.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

#define REFUSE SCMP_ACT_ERRNO(EPERM)
#define ABSENT SCMP_ACT_ERRNO(ENOSYS)

/* Calls that no exercise needs and that attack the kernel, the machine or the neighbours. */
static const int refused_calls[] = {
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare),
    SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff),
    SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
    SCMP_SYS(adjtimex), SCMP_SYS(clock_adjtime), SCMP_SYS(acct), SCMP_SYS(quotactl), SCMP_SYS(syslog),
    SCMP_SYS(vhangup), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(fanotify_init), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr), SCMP_SYS(mknod),
    SCMP_SYS(nfsservctl), SCMP_SYS(lookup_dcookie), SCMP_SYS(process_madvise), SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_setattr), SCMP_SYS(migrate_pages), SCMP_SYS(move_pages),
};

static const int absent_calls[] = {
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    /* Its flags lie in memory, where no filter can read them; C libraries then fall back to clone. */
    SCMP_SYS(clone3),
};

/* Without an IPC namespace, System V objects would outlive the run. */
static const int refused_without_namespaces[] = {
    SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
};

/*
 * Init needs these for each run; its programs never do. A run stays on the CPUs that it was given: those beside it may be
 * measuring another one. A memory file lies in no folder, so that no limit on files would hold it.
 */
static const int refused_to_programs[] = {SCMP_SYS(seccomp), SCMP_SYS(sched_setaffinity)};
/* A debugger needs these. */
static const int tracing_calls[] = {SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv)};
static const int absent_to_programs[] = {SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret)};
static const int refused_to_programs_without_namespaces[] = {SCMP_SYS(setsid), SCMP_SYS(setpgid)};

/* Priorities of others that no rule on the arguments tells from a program's own. */
static const int unshared_without_namespaces[] = {SCMP_SYS(ioprio_set), SCMP_SYS(sched_setparam)};

/* Without a pid namespace these reach every process of the harness's user: the keeper looks whom they name. */
static const int task_calls[] = {SCMP_SYS(setpriority)};

/*
 * Segments that no process has mapped hold memory that no sum over processes finds: the keeper adds up what is asked for.
 * Connections to sockets that are files are refused by nothing else: the keeper makes those that may be.
 */
static const int segment_calls[] = {SCMP_SYS(shmget)};
static const int connect_calls[] = {SCMP_SYS(connect)};

static const int timer_calls[] = {
    SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(timer_settime), SCMP_SYS(timer_delete),
};

static int add(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int result = seccomp_rule_add(filter, action, calls[i], 0);
    /* EDOM: a call that this architecture doesn't have. */
    if (result < 0 && result != -EDOM) return result;
  }
  return 0;
}

#define ADD(action, calls) add(filter, action, calls, sizeof(calls) / sizeof *(calls))

static int refuse_low_bits(scmp_filter_ctx filter, int call, unsigned argument, const uint64_t *values, size_t count) {
  int result = 0;
  for (size_t i = 0; result == 0 && i < count; i++) {
    result = seccomp_rule_add(filter, REFUSE, call, 1, SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, 0xffffffff, values[i]));
  }
  return result;
}

/* Signals by way of descriptors: who is told of input may be anybody. */
static int refuse_signals_by_descriptor(scmp_filter_ctx filter) {
  static const uint64_t commands[] = {F_SETOWN, F_SETOWN_EX, F_SETSIG};
  static const uint64_t requests[] = {FIOSETOWN, SIOCSPGRP};
  int result = refuse_low_bits(filter, SCMP_SYS(fcntl), 1, commands, 3);
  return result == 0 ? refuse_low_bits(filter, SCMP_SYS(ioctl), 1, requests, 2) : result;
}

/* Files that are sockets for datagrams need no connection, and so no leave, to be written to. */
static int refuse_datagrams(scmp_filter_ctx filter) {
  static const int calls[] = {SCMP_SYS(socket), SCMP_SYS(socketpair)};
  static const uint64_t kinds[] = {SOCK_DGRAM, SOCK_RAW};
  int result = 0;
  for (size_t i = 0; result == 0 && i < 4; i++) {
    result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), calls[i / 2], 2,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, AF_UNIX),
                              SCMP_A1(SCMP_CMP_MASKED_EQ, 0xf, kinds[i % 2]));
  }
  return result;
}

/* What reaches other tasks or lies outside of processes goes to the keeper, or nowhere when it does not listen. */
static int guard(scmp_filter_ctx filter, int tier, uint32_t flags) {
  uint32_t action = flags != 0 ? SCMP_ACT_NOTIFY : REFUSE;
  int result = seccomp_rule_add(filter, REFUSE, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0, 0));
  if (result < 0 || has_namespaces(tier)) return result < 0 ? result : ADD(action, segment_calls);
  result = ADD(REFUSE, unshared_without_namespaces);
  if (result == 0) result = ADD(action, task_calls);
  if (result == 0) result = ADD(action, connect_calls);
  if (result == 0) result = refuse_datagrams(filter);
  bool guards_signals = (flags & KEEPER_GUARDS_SIGNALS) != 0;
  return result == 0 && guards_signals ? refuse_signals_by_descriptor(filter) : result;
}

static int refuse_arguments(scmp_filter_ctx filter, int tier, int network) {
  static const uint64_t namespaces[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                                        CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
  int result = 0;
  for (size_t i = 0; result == 0 && i < sizeof namespaces / sizeof *namespaces; i++) {
    struct scmp_arg_cmp flag = SCMP_A0(SCMP_CMP_MASKED_EQ, namespaces[i], namespaces[i]);
    result = seccomp_rule_add(filter, REFUSE, SCMP_SYS(clone), 1, flag);
  }
  /* Typing into, or selecting from, a terminal of the harness. */
  static const uint64_t terminal[] = {TIOCSTI, TIOCLINUX};
  if (result == 0) result = refuse_low_bits(filter, SCMP_SYS(ioctl), 1, terminal, 2);
  /* Leases on the system's files: whoever opens one, in another container or outside, waits for its holder. */
  static const uint64_t leases[] = {F_SETLEASE, F_NOTIFY};
  if (result == 0) result = refuse_low_bits(filter, SCMP_SYS(fcntl), 1, leases, 2);
  /* A user has room for so much in large pipes, in all containers together; after that all its new pipes are tiny. */
  static const uint64_t sizes[] = {F_SETPIPE_SZ};
  if (result == 0) result = refuse_low_bits(filter, SCMP_SYS(fcntl), 1, sizes, 1);
  if (result < 0) return result;
  bool may_connect = network == KEEPER_NETWORK_HOST || (network == KEEPER_NETWORK_LOOPBACK && has_namespaces(tier));
  /* Families that no namespace confines (vsock, the kernel's crypto) are refused everywhere. */
  for (int family = 0; result == 0 && family <= 45; family++) {
    bool is_private = has_namespaces(tier) || may_connect;
    bool is_allowed = family == AF_UNIX || (is_private && (family == AF_INET || family == AF_INET6 || family == AF_NETLINK));
    if (is_allowed) continue;
    result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, (uint64_t)family));
  }
  return result;
}

/* Sleeps, in which a look every few milliseconds would miss the short ones; C libraries may sleep by a select of nothing. */
static int notify_sleeps(scmp_filter_ctx filter) {
  static const int sleeps[] = {SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep)};
  static const int waits_for_none[] = {SCMP_SYS(select), SCMP_SYS(pselect6)};
  int result = ADD(SCMP_ACT_NOTIFY, sleeps);
  for (size_t i = 0; result == 0 && i < sizeof waits_for_none / sizeof *waits_for_none; i++) {
    result = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, waits_for_none[i], 2, SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, 0),
                              SCMP_A4(SCMP_CMP_NE, 0, 0));
    if (result == -EDOM) result = 0;
  }
  return result;
}

/* What the keeper is asked about: births, lives, the witness's gate, writes, timers that could still end a wait. */
static int notify(scmp_filter_ctx filter, uint32_t flags) {
  static const int births[] = {SCMP_SYS(clone), SCMP_SYS(fork), SCMP_SYS(vfork)};
  static const int writes[] = {SCMP_SYS(write), SCMP_SYS(writev)};
  /* C libraries make the first call at the start of every thread and in the child of every fork. */
  static const int lives[] = {SCMP_SYS(set_robust_list), SCMP_SYS(exit), SCMP_SYS(exit_group)};
  static const int signals[] = {SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo),
                                SCMP_SYS(rt_tgsigqueueinfo)};
  int result = 0;
  if (flags & KEEPER_GUARDS_SIGNALS) {
    result = ADD(SCMP_ACT_NOTIFY, signals);
    /* A descriptor says nothing of whose process it is. */
    if (result == 0) result = seccomp_rule_add(filter, REFUSE, SCMP_SYS(pidfd_send_signal), 0);
  } else if (flags & KEEPER_ACCOUNTS_TASKS) {
    result = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, SCMP_SYS(kill), 0); /* whom it ends makes no exit call */
  }
  if (result == 0 && (flags & (KEEPER_COUNTS_BIRTHS | KEEPER_THREADS_ONLY))) result = ADD(SCMP_ACT_NOTIFY, births);
  if (result == 0 && (flags & KEEPER_DETECTS_DEADLOCK)) result = ADD(SCMP_ACT_NOTIFY, timer_calls);
  if (result == 0 && (flags & KEEPER_ACCOUNTS_TASKS)) result = ADD(SCMP_ACT_NOTIFY, lives);
  if (result == 0 && (flags & KEEPER_TRACES_STATES)) result = notify_sleeps(filter);
  if (result < 0 || !(flags & (KEEPER_STRETCHED | KEEPER_MUTED))) return result;
  result = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, SCMP_SYS(wait4), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, (uint32_t)-KEEPER_GATE));
  for (size_t i = 0; result == 0 && (flags & KEEPER_STRETCHED) && i < sizeof writes / sizeof *writes; i++) {
    for (uint64_t stream = 1; result == 0 && stream <= 2; stream++) {
      result = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, writes[i], 1, SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, stream));
    }
  }
  return result;
}

static int build_base(scmp_filter_ctx filter, int tier, int network) {
  int result = ADD(REFUSE, refused_calls);
  if (result == 0) result = ADD(ABSENT, absent_calls);
  if (result == 0 && !has_namespaces(tier)) result = ADD(REFUSE, refused_without_namespaces);
  return result == 0 ? refuse_arguments(filter, tier, network) : result;
}

static int build_run(scmp_filter_ctx filter, int tier, uint32_t flags, bool may_trace) {
  int result = ADD(REFUSE, refused_to_programs);
  if (result == 0 && !may_trace) result = ADD(REFUSE, tracing_calls);
  if (result == 0) result = ADD(ABSENT, absent_to_programs);
  /* A new session or group would be missed by the kill of the old one. */
  if (result == 0 && !has_namespaces(tier)) result = ADD(REFUSE, refused_to_programs_without_namespaces);
  if (result == 0) result = guard(filter, tier, flags);
  return result == 0 ? notify(filter, flags) : result;
}

/* libseccomp 2.5 exports only into a file. */
static int export(scmp_filter_ctx filter, struct sock_fprog *program) {
  struct stat status;
  int file = memfd_create("filter", MFD_CLOEXEC);
  if (file < 0) return -1;
  int result = seccomp_export_bpf(filter, file);
  if (result < 0) errno = -result;
  if (result == 0) result = fstat(file, &status);
  if (result == 0) {
    program->len = (unsigned short)((size_t)status.st_size / sizeof(struct sock_filter));
    program->filter = malloc((size_t)status.st_size);
    if (program->filter == NULL || pread(file, program->filter, (size_t)status.st_size, 0) != status.st_size) result = -1;
  }
  close(file);
  return result < 0 ? -1 : 0;
}

static scmp_filter_ctx begin(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  int result = filter == NULL ? -ENOMEM : seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  /* A binary tree over call numbers: a linear list of some ninety rules costs more at each call and at each start. */
  if (result == 0) result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (result == 0) return filter;
  if (filter != NULL) seccomp_release(filter);
  errno = -result;
  return NULL;
}

static const struct sock_fprog *finish(scmp_filter_ctx filter, int result, struct sock_fprog *program) {
  if (result < 0) errno = -result;
  if (result == 0) result = export(filter, program);
  seccomp_release(filter);
  return result < 0 ? NULL : program;
}

const struct sock_fprog *filter_base(int tier, int network) {
  static struct sock_fprog programs[KEEPER_TIER_BARE][3];
  if (tier < 1 || !has_rules(tier) || network < 0 || network > 2) {
    errno = EINVAL;
    return NULL;
  }
  struct sock_fprog *program = &programs[tier][network];
  if (program->filter != NULL) return program;
  scmp_filter_ctx filter = begin();
  return filter == NULL ? NULL : finish(filter, build_base(filter, tier, network), program);
}

const struct sock_fprog *filter_program(int tier, uint32_t flags) {
  static struct sock_fprog programs[KEEPER_TIER_BARE][KEEPER_LISTENS + 1];
  flags &= KEEPER_LISTENS;
  if (tier < 1 || !has_rules(tier)) {
    errno = EINVAL;
    return NULL;
  }
  struct sock_fprog *program = &programs[tier][flags];
  if (program->filter != NULL) return program;
  scmp_filter_ctx filter = begin();
  return filter == NULL ? NULL : finish(filter, build_run(filter, tier, flags, false), program);
}

const struct sock_fprog *filter_examiner(int tier) {
  static struct sock_fprog programs[KEEPER_TIER_BARE];
  struct sock_fprog *program = &programs[tier];
  if (program->filter != NULL) return program;
  scmp_filter_ctx filter = begin();
  return filter == NULL ? NULL : finish(filter, build_run(filter, tier, 0, true), program);
}
