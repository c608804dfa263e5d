/* The run's journal: records appended to the harness's memory file. */
#include <sys/uio.h>
#include <unistd.h>

#include "keeper.h"

/* A run that creates threads for ten seconds on end makes some hundred thousand records; past this they only count. */
#define MOST_RECORDS 1000000

void journal_note(journal *journal, keeper_record record, const void *payload, size_t size) {
  static const char padding[8];
  if (payload == NULL) size = 0;
  if (size == 0 && ++journal->records > MOST_RECORDS) return;
  record.size = (uint32_t)size;
  record.time = clock_now() - journal->origin;
  struct iovec parts[3] = {
      {.iov_base = &record, .iov_len = sizeof record},
      {.iov_base = (void *)payload, .iov_len = size},
      {.iov_base = (void *)padding, .iov_len = (8 - size % 8) % 8},
  };
  ssize_t written = writev(journal->descriptor, parts, 3);
  (void)written; /* a memory file; out of memory shows as a journal that ends early, which the harness reports */
}
