/*
 * Connections to sockets that are files, in the tiers without mounts of their own. Landlock does not hold them back, and
 * one path is enough to be let out: a container service's or a desktop's socket starts whatever it is asked to. So the
 * keeper makes the connection itself, on the program's own socket, where the file lies in the container's folder, or in a
 * place that the harness gave it, which other tiers mount. The address is copied first and the file held open while it is
 * looked at: what the program changes meanwhile changes nothing. A child does it, as the program's user, because
 * connecting may block.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "keeper.h"

/* Seconds until a connection that nobody accepts is given up. */
#define PATIENCE 10

typedef struct request {
  int process;
  int thread;
  int socket; /* the program's number for it */
  uint64_t address;
  uint64_t size;
} request;

/* Copies the address out of the program's memory; its size, or -1 with errno. */
static ssize_t copy_address(const request *request, struct sockaddr_un *address) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%d/mem", request->thread);
  int memory = open(path, O_RDONLY | O_CLOEXEC);
  if (memory < 0) return -1;
  memset(address, 0, sizeof *address);
  size_t size = request->size < sizeof *address ? (size_t)request->size : sizeof *address;
  ssize_t copied = pread(memory, address, size, (off_t)request->address);
  close(memory);
  return copied;
}

static bool lies_in(const char *path, size_t size, const char *folder) {
  size_t prefix = strlen(folder);
  return prefix > 1 && size > prefix && memcmp(path, folder, prefix) == 0 && path[prefix] == '/';
}

/* Whether a path lies in the container's folder or in one that it was given. */
static bool is_allowed(const container *container, const char *path, size_t size) {
  if (lies_in(path, size, container->folder)) return true;
  size_t offset = 0;
  while (offset < container->given_size) {
    const char *given = container->given + offset;
    size_t length = strnlen(given, container->given_size - offset);
    if (offset + length >= container->given_size) return false;
    if (lies_in(path, size, given)) return true;
    offset += length + 1;
  }
  return false;
}

/* Holds the file that the address names, if the container may connect to it; -1 with errno otherwise. */
static int hold_file(const request *request, const struct sockaddr_un *address, const container *container) {
  struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_MAGICLINKS};
  char path[40];
  char name[sizeof address->sun_path + 1] = {0};
  char place[PATH_MAX];
  snprintf(path, sizeof path, "/proc/%d/cwd", request->process);
  int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return -1;
  memcpy(name, address->sun_path, sizeof address->sun_path);
  int file = (int)syscall(SYS_openat2, directory, name, &how, sizeof how);
  close(directory);
  if (file < 0) return -1;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  ssize_t size = readlink(path, place, sizeof place - 1);
  if (size > 0 && is_allowed(container, place, (size_t)size)) return file;
  close(file);
  errno = EACCES;
  return -1;
}

static int take_socket(const request *request) {
  int process = (int)syscall(SYS_pidfd_open, request->process, 0);
  if (process < 0) return -1;
  int taken = (int)syscall(SYS_pidfd_getfd, process, request->socket, 0);
  close(process);
  return taken;
}

/* Connects, and says how that went: 0 or an errno; -1 where the call may go on by itself. */
static int connect_for(const request *request, const container *container) {
  struct sockaddr_un address;
  int domain = 0;
  socklen_t length = sizeof domain;
  int taken = take_socket(request);
  if (taken < 0 || getsockopt(taken, SOL_SOCKET, SO_DOMAIN, &domain, &length) < 0) return errno;
  /* Other families are the filter's and the network's affair. */
  if (domain != AF_UNIX) return -1;
  ssize_t size = copy_address(request, &address);
  if (size < (ssize_t)offsetof(struct sockaddr_un, sun_path)) return size < 0 ? errno : EINVAL;
  /* Names that are no files reach whoever has them. */
  if (address.sun_family != AF_UNIX || address.sun_path[0] == 0) return EACCES;
  int file = hold_file(request, &address, container);
  if (file < 0) return errno;
  struct sockaddr_un held = {.sun_family = AF_UNIX};
  snprintf(held.sun_path, sizeof held.sun_path, "/proc/self/fd/%d", file);
  return connect(taken, (struct sockaddr *)&held, sizeof held) < 0 ? errno : 0;
}

static void answer_and_end(int listener, uint64_t notification, int error) __attribute__((noreturn));

static void answer_and_end(int listener, uint64_t notification, int error) {
  struct seccomp_notif_resp response = {
      .id = notification, .error = error > 0 ? -error : 0, .flags = error < 0 ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0};
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
  _exit(0);
}

bool sockets_connect(const run *run, const struct seccomp_notif *notice, int process) {
  const container *container = run->container;
  request request = {.process = process,
                     .thread = (int)notice->pid,
                     .socket = (int)notice->data.args[0],
                     .address = notice->data.args[1],
                     .size = notice->data.args[2]};
  pid_t helper = fork();
  if (helper != 0) return helper > 0;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  alarm(PATIENCE);
  if (container->user >= 0) {
    uid_t user = (uid_t)container->user;
    if (syscall(SYS_setresgid, user, user, user) < 0 || syscall(SYS_setresuid, user, user, user) < 0) {
      answer_and_end(run->listener.descriptor, notice->id, EACCES);
    }
  }
  answer_and_end(run->listener.descriptor, notice->id, connect_for(&request, container));
}
