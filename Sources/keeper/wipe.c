/*
 * Empties a folder that a program could write to. A hostile tree may be deeper than any path or recursion: folders found
 * inside a folder are therefore moved up to the top, so that two descriptors are enough for any depth.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

/* Opens a folder that its owner may have closed to themselves; never follows a link. */
static DIR *open_folder(int parent, const char *name) {
  int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0 && errno == EACCES) {
    fchmodat(parent, name, 0700, 0);
    descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  }
  if (descriptor < 0) return NULL;
  fchmod(descriptor, 0700);
  DIR *folder = fdopendir(descriptor);
  if (folder == NULL) close(descriptor);
  return folder;
}

/*
 * Removes the files of `name` below `top`, moves its folders up beside it, then removes it. A mount point (a readable
 * path below /tmp) can be neither removed nor moved: it stays, and so do the folders above it.
 */
static int flatten(int top, const char *name, unsigned long *serial, bool *progressed) {
  DIR *folder = open_folder(top, name);
  if (folder == NULL) return errno == EBUSY ? 0 : -1;
  int result = 0;
  for (struct dirent *entry; result == 0 && (entry = readdir(folder)) != NULL;) {
    if (is_dots(entry->d_name)) continue;
    *progressed = true;
    if (unlinkat(dirfd(folder), entry->d_name, 0) == 0) continue;
    if (unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR) == 0) continue;
    char moved[48];
    do {
      snprintf(moved, sizeof moved, ".threadmark-wiped-%lu", (*serial)++);
      /* Moving a folder rewrites its "..", for which the owner's permission is needed. */
      fchmodat(dirfd(folder), entry->d_name, 0700, 0);
      result = renameat(dirfd(folder), entry->d_name, top, moved);
    } while (result < 0 && (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR));
    if (result < 0 && (errno == EBUSY || errno == EXDEV || errno == EROFS)) {
      *progressed = false;
      closedir(folder);
      return 0;
    }
  }
  closedir(folder);
  if (result < 0) return -1;
  if (unlinkat(top, name, AT_REMOVEDIR) == 0) *progressed = true;
  return 0;
}

void wipe_shared_memory(uid_t user) {
  struct stat status;
  int folder = open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *listing = folder < 0 ? NULL : fdopendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    if (is_dots(entry->d_name) || fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0) continue;
    if (status.st_uid != user || unlinkat(folder, entry->d_name, 0) == 0) continue;
    int own = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (own < 0) continue;
    wipe_folder(own, NULL);
    close(own);
    unlinkat(folder, entry->d_name, AT_REMOVEDIR);
  }
  if (listing != NULL) closedir(listing);
}

/* Whether a folder holds nothing but what is kept; the usual case, in two calls. */
static bool is_empty(int folder, const char *keep) {
  static char entries[4096] __attribute__((aligned(8)));
  if (lseek(folder, 0, SEEK_SET) < 0) return false;
  long size = syscall(SYS_getdents64, folder, entries, sizeof entries);
  for (long at = 0; at < size;) {
    struct dirent64 *entry = (struct dirent64 *)(entries + at);
    if (!is_dots(entry->d_name) && (keep == NULL || strcmp(entry->d_name, keep) != 0)) return false;
    at += entry->d_reclen;
  }
  /* More than fits is more than that. */
  return size >= 0 && syscall(SYS_getdents64, folder, entries, sizeof entries) == 0;
}

int wipe_folder(int folder, const char *keep) {
  unsigned long serial = 0;
  struct stat status;
  /* The program may have closed it to its owner. */
  if (fstat(folder, &status) < 0 || (status.st_mode & 07777) != 0755) fchmod(folder, 0755);
  if (is_empty(folder, keep)) return 0;
  int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *top = copy < 0 ? NULL : fdopendir(copy);
  if (top == NULL) {
    if (copy >= 0) close(copy);
    return -1;
  }
  int result = 0;
  bool progressed;
  do {
    progressed = false;
    rewinddir(top);
    for (struct dirent *entry; result == 0 && (entry = readdir(top)) != NULL;) {
      if (is_dots(entry->d_name) || (keep != NULL && strcmp(entry->d_name, keep) == 0)) continue;
      if (unlinkat(folder, entry->d_name, 0) == 0) {
        progressed = true;
      } else {
        result = flatten(folder, entry->d_name, &serial, &progressed);
      }
    }
  } while (progressed && result == 0);
  closedir(top);
  return result;
}

/* System V objects belong to the container, which the next run must find as new. Looks whether there are any first. */
void wipe_objects(void) {
  struct shm_info segments;
  struct seminfo semaphores;
  struct msginfo queues;
  int highest = shmctl(0, SHM_INFO, (struct shmid_ds *)&segments);
  for (int i = 0; highest >= 0 && segments.used_ids > 0 && i <= highest; i++) {
    struct shmid_ds status;
    int id = shmctl(i, SHM_STAT, &status);
    if (id >= 0) shmctl(id, IPC_RMID, NULL);
  }
  highest = semctl(0, 0, SEM_INFO, &semaphores);
  for (int i = 0; highest >= 0 && semaphores.semusz > 0 && i <= highest; i++) {
    struct semid_ds status;
    int id = semctl(i, 0, SEM_STAT, &status);
    if (id >= 0) semctl(id, 0, IPC_RMID);
  }
  highest = msgctl(0, MSG_INFO, (struct msqid_ds *)&queues);
  for (int i = 0; highest >= 0 && queues.msgpool > 0 && i <= highest; i++) {
    struct msqid_ds status;
    int id = msgctl(i, MSG_STAT, &status);
    if (id >= 0) msgctl(id, IPC_RMID, NULL);
  }
}
