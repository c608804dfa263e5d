/*
 * Connections of programs in the tiers without mounts of their own. Landlock does not hold back those to sockets that are
 * files, and one path is enough to be let out: a container service's or a desktop's socket starts whatever it is asked to.
 * So the keeper makes every connection itself, on the program's own socket, and to a file only where that lies in the
 * container's folder, or in a place that the harness gave it, which other tiers mount. The socket is taken and the address
 * copied first, and the file is held open while it is looked at: what the program changes meanwhile changes nothing.
 *
 * Taking and copying need the rights of a debugger, which a kernel may grant to ancestors only (Yama), so the keeper does
 * it. Connecting may block, so a child does that, as the program's user.
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
#define PATIENCE_WITH_NETWORK 150

typedef struct request {
  int process;
  int thread;
  int socket; /* the program's number for it */
  uint64_t address;
  uint64_t size;
} request;

/* A connection that may be made; `file` is held where it goes to one, else -1. */
typedef struct connection {
  int socket;
  int file;
  struct sockaddr_storage address;
  socklen_t size;
} connection;

/* Copies the address out of the program's memory; its size, or -1 with errno. */
static ssize_t copy_address(const request *request, struct sockaddr_storage *address) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%d/mem", request->thread);
  int memory = open(path, O_RDONLY | O_CLOEXEC);
  if (memory < 0) return -1;
  memset(address, 0, sizeof *address);
  size_t size = request->size < sizeof *address ? (size_t)request->size : sizeof *address;
  ssize_t copied = pread(memory, address, size, (off_t)request->address);
  int error = errno;
  close(memory);
  errno = error;
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
  int error = errno;
  close(directory);
  errno = error;
  if (file < 0) return -1;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  ssize_t size = readlink(path, place, sizeof place - 1);
  if (size > 0 && is_allowed(container, place, (size_t)size)) return file;
  close(file);
  errno = EACCES;
  return -1;
}

/*
 * The program's socket. The kernel asks for the real user of whoever takes it, and the keeper's own is the program's for
 * that moment, in which no program can signal it: its signals are kept inside by Landlock or looked at.
 */
static int take_socket(const request *request, const container *container) {
  int user = has_namespaces(container->tier) ? -1 : container->user;
  int process = (int)syscall(SYS_pidfd_open, request->process, 0);
  if (process < 0) return -1;
  uid_t own_user = getuid();
  gid_t own_group = getgid();
  if (user >= 0 && (setresgid((gid_t)user, (gid_t)-1, (gid_t)-1) < 0 || setresuid((uid_t)user, (uid_t)-1, (uid_t)-1) < 0)) {
    _exit(3); /* what it would be from now on, nobody has thought of */
  }
  int taken = (int)syscall(SYS_pidfd_getfd, process, request->socket, 0);
  int error = errno;
  if (user >= 0 && (setresuid(own_user, (uid_t)-1, (uid_t)-1) < 0 || setresgid(own_group, (gid_t)-1, (gid_t)-1) < 0)) _exit(3);
  close(process);
  errno = error;
  return taken;
}

/* Looks up what is to be connected to what; 0, or the errno that the program is told. */
static int prepare(const request *request, const container *container, connection *made) {
  int domain = 0;
  socklen_t length = sizeof domain;
  *made = (connection){.socket = take_socket(request, container), .file = -1};
  if (made->socket < 0 || getsockopt(made->socket, SOL_SOCKET, SO_DOMAIN, &domain, &length) < 0) return errno;
  watch_as(container);
  ssize_t size = copy_address(request, &made->address);
  int error = size < 0 ? errno : size < (ssize_t)offsetof(struct sockaddr_un, sun_path) ? EINVAL : 0;
  made->size = size < 0 ? 0 : (socklen_t)size;
  const struct sockaddr_un *address = (const struct sockaddr_un *)&made->address;
  if (error == 0 && domain == AF_UNIX) {
    /* Names that are no files reach whoever has them. */
    bool is_file = address->sun_family == AF_UNIX && address->sun_path[0] != 0;
    if (!is_file) error = EACCES;
    else if ((made->file = hold_file(request, address, container)) < 0) error = errno;
  }
  watch_as_oneself(container);
  return error;
}

/* What the child that connects answers with, also when its time is over. */
static int answer_listener;
static uint64_t answer_id;

static void answer_and_end(int error) __attribute__((noreturn));

static void answer_and_end(int error) {
  struct seccomp_notif_resp response = {.id = answer_id, .error = -error};
  ioctl(answer_listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
  _exit(0);
}

static void give_up(int signal) {
  (void)signal;
  answer_and_end(ETIMEDOUT);
}

static void connect_and_end(const container *container, connection *made) __attribute__((noreturn));

static void connect_and_end(const container *container, connection *made) {
  struct sigaction over = {.sa_handler = give_up};
  uid_t user = (uid_t)container->user;
  if (container->user >= 0 &&
      (syscall(SYS_setresgid, user, user, user) < 0 || syscall(SYS_setresuid, user, user, user) < 0)) {
    answer_and_end(EACCES);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* after that, because it is forgotten with the user */
  sigaction(SIGALRM, &over, NULL);
  alarm(made->file >= 0 ? PATIENCE : PATIENCE_WITH_NETWORK);
  if (made->file >= 0) {
    struct sockaddr_un held = {.sun_family = AF_UNIX};
    snprintf(held.sun_path, sizeof held.sun_path, "/proc/self/fd/%d", made->file);
    answer_and_end(connect(made->socket, (struct sockaddr *)&held, sizeof held) < 0 ? errno : 0);
  }
  answer_and_end(connect(made->socket, (struct sockaddr *)&made->address, made->size) < 0 ? errno : 0);
}

int sockets_connect(const run *run, const struct seccomp_notif *notice, int process) {
  const container *container = run->container;
  request request = {.process = process,
                     .thread = (int)notice->pid,
                     .socket = (int)notice->data.args[0],
                     .address = notice->data.args[1],
                     .size = notice->data.args[2]};
  connection made;
  int error = prepare(&request, container, &made);
  if (error == 0) {
    answer_listener = run->listener.descriptor;
    answer_id = notice->id;
    pid_t child = fork();
    if (child == 0) connect_and_end(container, &made);
    if (child < 0) error = EAGAIN;
  }
  close_descriptor(&made.socket);
  close_descriptor(&made.file);
  return error;
}
