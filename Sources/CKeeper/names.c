#include <sys/syscall.h>

#include "messages.h"

static const char *const stage_names[KEEPER_STAGE_COUNT] = {
    [KEEPER_STAGE_NONE] = "nothing",
    [KEEPER_STAGE_MESSAGE] = "reading the request",
    [KEEPER_STAGE_SOCKET] = "making a channel to the container",
    [KEEPER_STAGE_CLONE] = "creating namespaces",
    [KEEPER_STAGE_UID_MAP] = "mapping user ids",
    [KEEPER_STAGE_PRIVATE_MOUNTS] = "making mounts private",
    [KEEPER_STAGE_ROOT] = "mounting a private root",
    [KEEPER_STAGE_BIND] = "making system folders visible",
    [KEEPER_STAGE_DEVICES] = "making devices visible",
    [KEEPER_STAGE_PRIVATE_FOLDERS] = "making private folders",
    [KEEPER_STAGE_PROC] = "mounting /proc",
    [KEEPER_STAGE_PIVOT] = "entering the private root",
    [KEEPER_STAGE_NETWORK] = "setting up loopback",
    [KEEPER_STAGE_WITNESS] = "making the witness's channel",
    [KEEPER_STAGE_LANDLOCK] = "restricting files (Landlock)",
    [KEEPER_STAGE_FILTER] = "restricting system calls (seccomp)",
    [KEEPER_STAGE_PIPES] = "making pipes",
    [KEEPER_STAGE_FORK] = "creating the process",
    [KEEPER_STAGE_SESSION] = "making a session",
    [KEEPER_STAGE_LIMITS] = "setting resource limits",
    [KEEPER_STAGE_AFFINITY] = "choosing CPUs",
    [KEEPER_STAGE_STREAMS] = "connecting the standard streams",
    [KEEPER_STAGE_DIRECTORY] = "entering the working directory",
    [KEEPER_STAGE_PRIVILEGES] = "giving up privileges",
    [KEEPER_STAGE_EXECUTE] = "executing the program",
    [KEEPER_STAGE_WIPE] = "emptying the private folders",
    [KEEPER_STAGE_CGROUP] = "making a cgroup",
    [KEEPER_STAGE_USER] = "taking a user id of its own",
};

const char *keeper_stage_name(int stage) {
  return stage >= 0 && stage < KEEPER_STAGE_COUNT ? stage_names[stage] : "an unknown step";
}

const char *keeper_call_name(long number) {
  switch (number) {
  case SYS_futex: return "futex";
  case SYS_read: return "read";
  case SYS_readv: return "readv";
  case SYS_write: return "write";
  case SYS_writev: return "writev";
  case SYS_wait4: return "wait4";
  case SYS_waitid: return "waitid";
  case SYS_ppoll: return "ppoll";
  case SYS_pselect6: return "pselect6";
  case SYS_epoll_pwait: return "epoll_pwait";
  case SYS_recvfrom: return "recvfrom";
  case SYS_recvmsg: return "recvmsg";
  case SYS_accept: return "accept";
  case SYS_accept4: return "accept4";
  case SYS_connect: return "connect";
  case SYS_sendto: return "sendto";
  case SYS_sendmsg: return "sendmsg";
  case SYS_flock: return "flock";
  case SYS_fcntl: return "fcntl";
  case SYS_rt_sigsuspend: return "rt_sigsuspend";
  case SYS_rt_sigtimedwait: return "rt_sigtimedwait";
  case SYS_semop: return "semop";
  case SYS_semtimedop: return "semtimedop";
  case SYS_msgrcv: return "msgrcv";
  case SYS_mq_timedreceive: return "mq_timedreceive";
  case SYS_clock_nanosleep: return "clock_nanosleep";
  case SYS_nanosleep: return "nanosleep";
#ifdef SYS_poll
  case SYS_poll: return "poll";
  case SYS_select: return "select";
  case SYS_epoll_wait: return "epoll_wait";
  case SYS_pause: return "pause";
#endif
#ifdef SYS_futex_waitv
  case SYS_futex_waitv: return "futex_waitv";
#endif
  default: return "system call";
  }
}
