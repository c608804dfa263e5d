#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int keeper_send(int socket, const void *message, size_t size, const int *descriptors, size_t count, int nonblocking) {
  struct iovec part = {.iov_base = (void *)message, .iov_len = size};
  union {
    char bytes[CMSG_SPACE(sizeof(int) * KEEPER_MAX_DESCRIPTORS)];
    struct cmsghdr aligned;
  } control;
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
  if (count > KEEPER_MAX_DESCRIPTORS) {
    errno = EINVAL;
    return -1;
  }
  if (count > 0) {
    memset(&control, 0, sizeof control);
    header.msg_control = control.bytes;
    header.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(rights), descriptors, sizeof(int) * count);
  }
  ssize_t sent;
  do {
    sent = sendmsg(socket, &header, MSG_NOSIGNAL | (nonblocking ? MSG_DONTWAIT : 0));
  } while (sent < 0 && errno == EINTR);
  return sent < 0 ? -1 : 0;
}

/* Takes the descriptors out of a received header; those past the room for them are closed by the kernel. */
static size_t take_descriptors(struct msghdr *header, int *descriptors) {
  size_t count = 0;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL; part = CMSG_NXTHDR(header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    size_t size = part->cmsg_len - CMSG_LEN(0);
    memcpy(descriptors + count, CMSG_DATA(part), size);
    count += size / sizeof(int);
  }
  return count;
}

ssize_t keeper_receive(int socket, void *message, size_t capacity, int *descriptors, size_t *count, int nonblocking) {
  struct iovec part = {.iov_base = message, .iov_len = capacity};
  union {
    char bytes[CMSG_SPACE(sizeof(int) * KEEPER_MAX_DESCRIPTORS)];
    struct cmsghdr aligned;
  } control;
  struct msghdr header = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t received;
  do {
    received = recvmsg(socket, &header, MSG_CMSG_CLOEXEC | (nonblocking ? MSG_DONTWAIT : 0));
  } while (received < 0 && errno == EINTR);
  *count = 0;
  if (received < 0) return -1;
  *count = take_descriptors(&header, descriptors);
  if (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
    for (size_t i = 0; i < *count; i++) close(descriptors[i]);
    *count = 0;
    errno = EMSGSIZE;
    return -1;
  }
  return received;
}

const char *keeper_error_name(int number) { return strerrorname_np(number); }

const char *keeper_error_text(int number) { return strerrordesc_np(number); }

int keeper_open_beneath(int folder, const char *path) {
  struct open_how how = {
      .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  long descriptor;
  do {
    descriptor = syscall(SYS_openat2, folder, path, &how, sizeof how);
  } while (descriptor < 0 && errno == EINTR);
  return (int)descriptor;
}
