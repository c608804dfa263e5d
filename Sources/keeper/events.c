/* One epoll loop. Handlers may close any source; what they free lives until the round is over. */
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "keeper.h"

#define ROUND 32

static int loop = -1;
static void *freed[256];
static size_t freed_count;

int events_watch(source *source, int descriptor, void (*ready)(struct source *, uint32_t), void *owner) {
  if (loop < 0 && (loop = epoll_create1(EPOLL_CLOEXEC)) < 0) return -1;
  *source = (struct source){.descriptor = descriptor, .ready = ready, .owner = owner};
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};
  return epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event);
}

void events_ignore(source *source) { epoll_ctl(loop, EPOLL_CTL_DEL, source->descriptor, NULL); }

void events_close(source *source) {
  if (source->descriptor < 0) return;
  epoll_ctl(loop, EPOLL_CTL_DEL, source->descriptor, NULL);
  close_descriptor(&source->descriptor);
}

void events_free_later(void *memory) {
  /* Never full: a round has at most ROUND handlers, and each frees at most a container and its run. */
  if (freed_count < sizeof freed / sizeof *freed) freed[freed_count++] = memory;
}

/* To the nanosecond from Linux 5.11 on, to the millisecond before. */
static int wait(struct epoll_event *events, int64_t deadline) {
  if (deadline == INT64_MAX) return epoll_wait(loop, events, ROUND, -1);
  int64_t left = deadline - clock_now();
  if (left <= 0) return epoll_wait(loop, events, ROUND, 0);
#ifdef SYS_epoll_pwait2
  struct timespec timeout = {.tv_sec = left / NANOSECONDS, .tv_nsec = left % NANOSECONDS};
  int count = (int)syscall(SYS_epoll_pwait2, loop, events, ROUND, &timeout, NULL, 0);
  /* An old profile of Docker refuses what it doesn't know with EPERM. */
  if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return count;
#endif
  return epoll_wait(loop, events, ROUND, (int)((left + MILLISECONDS - 1) / MILLISECONDS));
}

void events_wait(int64_t deadline) {
  struct epoll_event events[ROUND];
  int count = wait(events, deadline);
  for (int i = 0; i < count; i++) {
    source *source = events[i].data.ptr;
    if (source->descriptor >= 0) source->ready(source, events[i].events);
  }
  while (freed_count > 0) free(freed[--freed_count]);
}
