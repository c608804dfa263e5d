/* What a run prints, on its standard streams and on the witness's channel: read, counted, and kept up to its limit. */
#include <errno.h>
#include <unistd.h>

#include "keeper.h"

#define TELL_INTERVAL (20 * MILLISECONDS)
#define CHUNK (64 << 10)

static void tell_growth(run *run) {
  int64_t now = clock_now();
  if (!(run->request.flags & KEEPER_TELLS_OUTPUT) || now - run->told < TELL_INTERVAL) return;
  run->told = now;
  keeper_header notice = run->request.header;
  notice.kind = KEEPER_GREW;
  /* A harness that is behind reads all of it with the next notice, or at the end. */
  keeper_send(KEEPER_CHANNEL, &notice, sizeof notice, NULL, 0, 1);
}

/* Keeps the last bytes, as in a ring. */
static void keep_tail(tail *tail, const char *bytes, size_t size) {
  for (size_t i = size > TAIL_SIZE ? size - TAIL_SIZE : 0; i < size; i++) {
    tail->bytes[(tail->count + i) % TAIL_SIZE] = bytes[i];
  }
  tail->count += size;
}

/* Keeps of a stream what its limit allows; what is past it is counted, and its end kept. */
static void keep(run *run, keeper_record_kind kind, uint64_t *total, uint64_t already, uint64_t limit,
                 const char *bytes, size_t size) {
  uint64_t room = already < limit ? limit - already : 0;
  size_t kept = size < room ? size : (size_t)room;
  *total += size;
  keeper_record record = {.kind = kind};
  if (kept > 0) journal_note(&run->journal, record, bytes, kept);
  if (kept == size || kind == KEEPER_RECORD_WITNESS) return;
  keep_tail(kind == KEEPER_RECORD_OUTPUT ? &run->output_tail : &run->errors_tail, bytes + kept, size - kept);
}

static void note_tail(run *run, uint32_t stream, const tail *tail) {
  char bytes[TAIL_SIZE];
  size_t size = tail->count < TAIL_SIZE ? (size_t)tail->count : TAIL_SIZE;
  if (size == 0) return;
  for (size_t i = 0; i < size; i++) bytes[i] = tail->bytes[(tail->count - size + i) % TAIL_SIZE];
  keeper_record record = {.kind = KEEPER_RECORD_TAIL, .detail = stream};
  journal_note(&run->journal, record, bytes, size);
}

void streams_note_tails(run *run) {
  note_tail(run, 1, &run->output_tail);
  note_tail(run, 2, &run->errors_tail);
}

/* Reads once; false when there is nothing to read now or any more. */
static bool read_stream(run *run, source *source) {
  static char bytes[CHUNK];
  if (source->descriptor < 0) return false;
  ssize_t size = read(source->descriptor, bytes, sizeof bytes);
  if (size < 0) return errno == EINTR;
  if (size == 0) {
    events_close(source);
    return false;
  }
  keeper_ended *ended = &run->ended;
  uint64_t written = ended->output_bytes + ended->error_bytes;
  if (run->asked_since != 0) {
    /* What the program prints after its end was decided is not kept. */
    if (source == &run->witness) ask_hear(run, bytes, (size_t)size);
    return true;
  }
  if (source == &run->witness) {
    uint64_t limit = 8 * run->request.output + (1 << 20);
    keep(run, KEEPER_RECORD_WITNESS, &ended->witness_bytes, ended->witness_bytes, limit, bytes, (size_t)size);
  } else if (source == &run->output) {
    keep(run, KEEPER_RECORD_OUTPUT, &ended->output_bytes, written, run->request.output, bytes, (size_t)size);
  } else {
    keep(run, KEEPER_RECORD_ERRORS, &ended->error_bytes, written, run->request.output, bytes, (size_t)size);
  }
  tell_growth(run);
  return true;
}

void streams_ready(source *source, uint32_t events) {
  (void)events;
  run *run = source->owner;
  read_stream(run, source);
  if (run->ended.output_bytes + run->ended.error_bytes > run->request.output) run_stop(run, KEEPER_OUTPUT);
}

/* After the end: what still lies in the pipes, which hold little; a bound all the same. */
void streams_drain(run *run) {
  for (int i = 0; i < 64 && read_stream(run, &run->witness); i++) {}
  for (int i = 0; i < 64 && read_stream(run, &run->output); i++) {}
  for (int i = 0; i < 64 && read_stream(run, &run->errors); i++) {}
}

void streams_hear(run *run) {
  for (int i = 0; i < 64 && read_stream(run, &run->witness); i++) {}
}
