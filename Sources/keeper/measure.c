/*
 * What the files of a run take up on the machine's disk, for the tiers whose folders are no file system of their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper.h"

/* A program may have closed a folder to its owner, who is us; what it leads to is never followed. */
static bool reopen_folder(FTS *walk, FTSENT *entry) {
  char path[40];
  int folder = open(entry->fts_accpath, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  snprintf(path, sizeof path, "/proc/self/fd/%d", folder);
  bool is_open = chmod(path, 0700) == 0 && fts_set(walk, entry, FTS_AGAIN) == 0;
  close(folder);
  return is_open;
}

uint64_t measure_folder(const char *folder, uint64_t most_entries) {
  char work[160];
  char temporary[160];
  snprintf(work, sizeof work, "%s/work", folder);
  snprintf(temporary, sizeof temporary, "%s/tmp", folder);
  char *const paths[] = {work, temporary, NULL};
  FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_XDEV, NULL);
  if (walk == NULL) return 0;
  uint64_t blocks = 0;
  uint64_t entries = 0;
  FTSENT *last_reopened = NULL;
  for (FTSENT *entry; entries <= most_entries && (entry = fts_read(walk)) != NULL;) {
    if (entry->fts_info == FTS_DP) continue;
    if (entry->fts_info == FTS_DNR && entry != last_reopened && reopen_folder(walk, entry)) {
      last_reopened = entry;
      continue;
    }
    if (entry->fts_info == FTS_NS || entry->fts_statp == NULL) continue;
    entries++;
    blocks += (uint64_t)entry->fts_statp->st_blocks;
  }
  fts_close(walk);
  return entries > most_entries ? UINT64_MAX : blocks * 512;
}
