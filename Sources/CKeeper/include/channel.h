/*
 * The channel between harness, keeper and container init: a SOCK_SEQPACKET socket pair whose messages may carry file
 * descriptors. In C because the control-message macros of sendmsg(2) are not visible from Swift.
 */
#ifndef KEEPER_CHANNEL_H
#define KEEPER_CHANNEL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The most descriptors that one message carries. */
#define KEEPER_MAX_DESCRIPTORS 8

/*
 * Sends one message with `count` descriptors. Returns 0, or -1 with errno; EINTR is retried. With `nonblocking` a full
 * socket gives EAGAIN instead of waiting.
 */
int keeper_send(int socket, const void *_Nonnull message, size_t size, const int *_Nullable descriptors, size_t count,
                int nonblocking);

/*
 * Receives one message of at most `capacity` bytes; its descriptors arrive close-on-exec in `descriptors`, which has
 * room for KEEPER_MAX_DESCRIPTORS, and their number in `count`. Returns the size, 0 at the end, -1 with errno; a
 * truncated message is EMSGSIZE and its descriptors are closed.
 */
ssize_t keeper_receive(int socket, void *_Nonnull message, size_t capacity, int *_Nonnull descriptors,
                       size_t *_Nonnull count, int nonblocking);

/* The symbolic name of an errno (`ENOENT`) and its description; NULL where the C library knows none. */
const char *_Nullable keeper_error_name(int number);
const char *_Nullable keeper_error_text(int number);

/*
 * Opens `path` below the directory `folder` for reading without following any symbolic link in it and without leaving
 * the folder or its file system (openat2(2)). Never blocks on a FIFO. Returns a descriptor or -1 with errno.
 */
int keeper_open_beneath(int folder, const char *_Nonnull path);

#endif
