/* The strings of a request, in a memory file that the harness made. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "keeper.h"

int texts_map(texts *texts, int descriptor, size_t count) {
  struct stat status;
  memset(texts, 0, sizeof *texts);
  if (count > MAX_TEXTS) {
    errno = E2BIG;
    return -1;
  }
  if (fstat(descriptor, &status) < 0) return -1;
  texts->size = (size_t)status.st_size;
  if (count == 0) return 0;
  if (texts->size == 0) {
    errno = EINVAL;
    return -1;
  }
  char *bytes = mmap(NULL, texts->size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (bytes == MAP_FAILED) return -1;
  texts->bytes = bytes;
  char *end = bytes + texts->size;
  for (char *next = bytes; texts->count < count && next < end;) {
    char *terminator = memchr(next, 0, (size_t)(end - next));
    if (terminator == NULL) break;
    texts->items[texts->count++] = next;
    next = terminator + 1;
  }
  if (texts->count == count) return 0;
  texts_unmap(texts);
  errno = EINVAL;
  return -1;
}

void texts_unmap(texts *texts) {
  if (texts->bytes != NULL) munmap(texts->bytes, texts->size);
  texts->bytes = NULL;
  texts->count = 0;
}
