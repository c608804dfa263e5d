/* What processes hand to each other, from the kernel's account of what each has read and written. */
#include <stdio.h>
#include <string.h>

#include "keeper.h"

/* The number in a line of `io`, such as "rchar: 12". */
static bool find(const char *text, const char *key, uint64_t *value) {
  const char *line = strstr(text, key);
  return line != NULL && sscanf(line + strlen(key), "%lu", value) == 1;
}

void moved_note(run *run, int process) {
  char path[24];
  char text[512];
  uint64_t read;
  uint64_t written;
  uint64_t reads;
  uint64_t writes;
  snprintf(path, sizeof path, "%d/io", process);
  watch_as(run->container);
  ssize_t size = watch_read(run->container, path, text, sizeof text);
  watch_as_oneself(run->container);
  bool is_told = size > 0 && find(text, "rchar: ", &read) && find(text, "wchar: ", &written) &&
                 find(text, "syscr: ", &reads) && find(text, "syscw: ", &writes);
  if (!is_told) return; /* gone, or a kernel without this account */
  keeper_moved moved = {.bytes_read = read, .bytes_written = written, .calls = reads + writes};
  keeper_record record = {.kind = KEEPER_RECORD_MOVED, .process = process};
  journal_note(&run->journal, record, &moved, sizeof moved);
}
