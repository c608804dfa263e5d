/* The strings of a request, behind it or in a memory file that the harness made. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "keeper.h"

int texts_find(texts *texts, char *bytes, size_t size, size_t count) {
  texts->bytes = bytes;
  texts->size = size;
  texts->is_mapped = false;
  texts->count = 0;
  char *end = bytes + size;
  for (char *next = bytes; count <= MAX_TEXTS && texts->count < count && next < end;) {
    char *terminator = memchr(next, 0, (size_t)(end - next));
    if (terminator == NULL) break;
    texts->items[texts->count++] = next;
    next = terminator + 1;
  }
  if (texts->count == count) return 0;
  errno = count > MAX_TEXTS ? E2BIG : EINVAL;
  return -1;
}

int texts_map(texts *texts, int descriptor, size_t count) {
  struct stat status;
  *texts = (struct texts){.bytes = NULL};
  if (fstat(descriptor, &status) < 0) return -1;
  size_t size = (size_t)status.st_size;
  if (size == 0) return texts_find(texts, "", 0, count);
  char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (bytes == MAP_FAILED) return -1;
  int result = texts_find(texts, bytes, size, count);
  texts->is_mapped = true;
  int error = errno;
  if (result < 0) texts_unmap(texts);
  errno = error;
  return result;
}

void texts_unmap(texts *texts) {
  if (texts->is_mapped) munmap(texts->bytes, texts->size);
  texts->is_mapped = false;
  texts->bytes = NULL;
  texts->size = 0;
  texts->count = 0;
}
