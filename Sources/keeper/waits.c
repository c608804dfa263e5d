/*
 * What one task waits for: whether only the run's own tree can end the wait, and, where the kernel's view tells, which
 * other task would have to.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

#define OPEN_FILE_LOCK_WAIT 38 /* F_OFD_SETLKW */

long waits_call(const container *container, int process, int thread, unsigned long arguments[6]) {
  char path[64];
  char text[256];
  long call = -1;
  snprintf(path, sizeof path, "%d/task/%d/syscall", process, thread);
  if (watch_read(container, path, text, sizeof text) <= 0) return -1;
  int found = sscanf(text, "%ld %lx %lx %lx %lx %lx %lx", &call, &arguments[0], &arguments[1], &arguments[2],
                     &arguments[3], &arguments[4], &arguments[5]);
  return found == 7 ? call : -1;
}

size_t waits_link(const container *container, int process, long descriptor, char link[PATH_MAX]) {
  char path[64];
  snprintf(path, sizeof path, "%d/fd/%ld", process, descriptor);
  ssize_t size = readlinkat(container->proc, path, link, PATH_MAX - 1);
  link[size < 0 ? 0 : size] = 0;
  return size < 0 ? 0 : (size_t)size;
}

bool waits_is_same(const struct stat *status, const file_identity *file) {
  return file->is_known && status->st_dev == file->device && status->st_ino == file->inode;
}

file_identity waits_identify(int descriptor) {
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) < 0) return (file_identity){0};
  return (file_identity){.is_known = true, .device = status.st_dev, .inode = status.st_ino};
}

static bool is_outer_file(const run *run, const struct stat *status) {
  return waits_is_same(status, &run->input_file) || waits_is_same(status, &run->output_file) ||
         waits_is_same(status, &run->errors_file) || waits_is_same(status, &run->witness_file);
}

/* Whether a file lies in the folders that are the container's alone. */
static bool is_private(const container *container, const char *link) {
  if (!has_namespaces(container->tier)) return strncmp(link, container->folder, strlen(container->folder)) == 0;
  static const char *const folders[] = {"/work", "/tmp", "/dev/shm"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    size_t size = strlen(folders[i]);
    if (strncmp(link, folders[i], size) == 0 && link[size] == '/') return true;
  }
  return false;
}

bool waits_socket_leads_out(const run *run) {
  return run->container->network == KEEPER_NETWORK_HOST || (run->request.flags & KEEPER_HAS_SERVER);
}

/* Whether reading or writing this descriptor waits for the tree's own doing: a pipe or socket that is not ours. */
static bool is_inner_descriptor(const run *run, int process, long descriptor) {
  char path[64];
  char link[PATH_MAX];
  struct stat status;
  const container *container = run->container;
  if (waits_link(container, process, descriptor, link) == 0) return false;
  if (strncmp(link, "socket:", 7) == 0) return !waits_socket_leads_out(run);
  if (strncmp(link, "anon_inode:", 11) == 0) {
    return strcmp(link + 11, "[eventfd]") == 0 || strcmp(link + 11, "[signalfd]") == 0 ||
           strcmp(link + 11, "[timerfd]") == 0; /* an armed one is found by deadlock.c */
  }
  snprintf(path, sizeof path, "%d/fd/%ld", process, descriptor);
  if (fstatat(container->proc, path, &status, 0) < 0 || !S_ISFIFO(status.st_mode)) return false;
  if (is_outer_file(run, &status)) return false;
  return strncmp(link, "pipe:[", 6) == 0 || is_private(container, link);
}

/* A lock on a file that others can open too may be given back by them. */
static bool is_inner_lock(const run *run, int process, long descriptor) {
  char link[PATH_MAX];
  return waits_link(run->container, process, descriptor, link) > 0 &&
         (is_private(run->container, link) || strncmp(link, "/memfd:", 7) == 0);
}

bool waits_is_for_many(long call) {
  switch (call) {
#ifdef SYS_poll
  case SYS_poll:
  case SYS_select:
  case SYS_epoll_wait:
#endif
  case SYS_ppoll:
  case SYS_pselect6:
  case SYS_epoll_pwait:
  case SYS_epoll_pwait2:
    return true;
  default:
    return false;
  }
}

static bool is_endless_futex(const unsigned long arguments[6]) {
  int operation = (int)arguments[1] & FUTEX_CMD_MASK;
  bool waits = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET || operation == FUTEX_LOCK_PI ||
               operation == FUTEX_LOCK_PI2 || operation == FUTEX_WAIT_REQUEUE_PI;
  return waits && arguments[3] == 0;
}

/* Waiting for one of many descriptors counts as endless here; whether an outer one is among them is deadlock.c's look. */
bool waits_endlessly(const run *run, const task *task, const unsigned long arguments[6]) {
  switch (task->call) {
  case SYS_futex:
    return is_endless_futex(arguments);
  case SYS_read:
  case SYS_readv:
  case SYS_write:
  case SYS_writev:
  case SYS_recvfrom:
  case SYS_recvmsg:
  case SYS_sendto:
  case SYS_sendmsg:
  case SYS_accept:
  case SYS_accept4:
    return is_inner_descriptor(run, task->process, (long)(int)arguments[0]);
  case SYS_wait4:
  case SYS_waitid:
  case SYS_rt_sigsuspend:
  case SYS_msgrcv:
  case SYS_msgsnd:
    return true;
  case SYS_flock:
    return is_inner_lock(run, task->process, (long)(int)arguments[0]);
  case SYS_fcntl:
    return ((int)arguments[1] == F_SETLKW || (int)arguments[1] == OPEN_FILE_LOCK_WAIT) &&
           is_inner_lock(run, task->process, (long)(int)arguments[0]);
  case SYS_ppoll:
  case SYS_rt_sigtimedwait:
    return arguments[2] == 0;
  case SYS_pselect6:
  case SYS_mq_timedsend:
  case SYS_mq_timedreceive:
    return arguments[4] == 0;
  case SYS_epoll_pwait:
    return (int)arguments[3] < 0;
  case SYS_epoll_pwait2:
  case SYS_semtimedop:
    return arguments[3] == 0;
#ifdef SYS_poll
  case SYS_semop:
  case SYS_pause:
    return true;
  case SYS_poll:
    return (int)arguments[2] < 0;
  case SYS_select:
    return arguments[4] == 0;
  case SYS_epoll_wait:
    return (int)arguments[3] < 0;
#endif
  default:
    return false;
  }
}

static bool read_word(int memory, unsigned long address, uint32_t *word) {
  return pread(memory, word, sizeof *word, (off_t)address) == (ssize_t)sizeof *word;
}

/*
 * Whom a task in a futex waits for. Where the C library's locks are used, the memory it waits on tells: a mutex holds its
 * owner's thread id eight bytes on, one that passes on priorities holds it in the word itself, and a joined thread's word
 * holds the id of that thread until it has ended. What is read is only believed where it names a living thread.
 */
waits_relation waits_other(const container *container, const task *task, const unsigned long arguments[6], int *other) {
  char path[64];
  uint32_t word = 0;
  uint32_t owner = 0;
  int operation = (int)arguments[1] & FUTEX_CMD_MASK;
  *other = 0;
  if (task->call != SYS_futex) return WAITS_UNKNOWN;
  snprintf(path, sizeof path, "%d/mem", task->process);
  int memory = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  if (memory < 0) return WAITS_UNKNOWN;
  bool is_read = read_word(memory, arguments[0], &word);
  if (is_read && (uint32_t)arguments[2] == 2 && word == 2) is_read = read_word(memory, arguments[0] + 8, &owner);
  close(memory);
  if (!is_read) return WAITS_UNKNOWN;
  waits_relation relation = WAITS_FOR_LOCK;
  if (operation == FUTEX_LOCK_PI || operation == FUTEX_LOCK_PI2) {
    owner = word & FUTEX_TID_MASK;
  } else if (owner == 0 && !(arguments[1] & FUTEX_PRIVATE_FLAG) && word == (uint32_t)arguments[2]) {
    relation = WAITS_FOR_END;
    owner = word;
  }
  if (owner == 0 || owner > INT_MAX) return WAITS_UNKNOWN;
  snprintf(path, sizeof path, "%d/task/%u", task->process, owner);
  if (faccessat(container->proc, path, F_OK, 0) < 0) return WAITS_UNKNOWN;
  *other = (int)owner;
  return relation;
}
