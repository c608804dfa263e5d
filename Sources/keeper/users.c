/* Users of their own for the programs of containers: which id, and how a user namespace gets it. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper.h"

/*
 * A user id that nobody else has: made of the keeper's process id and the container's number among those that are open.
 * Ids from 1,500,000,000 up belong to no account and lie beyond the ranges that distributions hand to users.
 */
#define FIRST_USER 1500000000
#define USERS_OF_A_KEEPER 64

int users_choose(void) {
  for (int slot = 0; slot < USERS_OF_A_KEEPER; slot++) {
    int user = FIRST_USER + (getpid() % (1 << 22)) * USERS_OF_A_KEEPER + slot;
    container *each = containers;
    while (each != NULL && each->user != user) each = each->next;
    if (each == NULL) return user;
  }
  return -1;
}

bool users_may_all_use(const keeper_open *request, const texts *paths) {
  for (size_t i = 0; i < paths->count; i++) {
    struct stat status;
    if (stat(paths->items[i], &status) < 0) continue;
    mode_t wanted = i < request->readable_count ? S_IROTH : S_IROTH | S_IWOTH;
    if (S_ISDIR(status.st_mode)) wanted |= S_IXOTH;
    if ((status.st_mode & wanted) != wanted) return false;
  }
  return true;
}

static bool map(pid_t init, const char *file, int outer, int user) {
  char path[48];
  char text[64];
  snprintf(path, sizeof path, "/proc/%d/%s", init, file);
  int size = snprintf(text, sizeof text, "0 %d 1\n%d %d 1\n", outer, INNER_USER, user);
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  bool is_written = write(descriptor, text, (size_t)size) == size;
  close(descriptor);
  return is_written;
}

int users_give(container *container, int control) {
  char is_mapped = map(container->init, "gid_map", (int)getegid(), container->user) &&
                   map(container->init, "uid_map", (int)geteuid(), container->user);
  if (!is_mapped) container->user = -1;
  return send(control, &is_mapped, 1, MSG_NOSIGNAL) == 1 ? 0 : -1;
}
