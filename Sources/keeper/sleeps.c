/*
 * How long a call sleeps. One that lets no time pass is no sleep: Python's own library calls sleep(0) to let others go first,
 * and one until an instant may be made when that has come already. The time lies in the program's memory, where it could be
 * changed meanwhile; then the program only seems to sleep less.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "accounts.h"

#define YEAR (365LL * 24 * 3600)

int64_t sleeps_length(uint32_t outer, const struct seccomp_data *call) {
  bool is_clock = call->nr == SYS_clock_nanosleep;
  int at = call->nr == SYS_nanosleep ? 0 : is_clock ? 2 : 4;
  char path[32];
  int64_t time[2];
  snprintf(path, sizeof path, "/proc/%u/mem", outer);
  int memory = open(path, O_RDONLY | O_CLOEXEC);
  if (memory < 0) return 1;
  bool is_read = pread(memory, time, sizeof time, (off_t)call->args[at]) == sizeof time;
  close(memory);
  /* What the program wrote there may be anything; the kernel refuses more than a second in the smaller part. */
  bool is_micro = false;
#ifdef SYS_select
  is_micro = call->nr == SYS_select;
#endif
  int64_t units = is_micro ? NANOSECONDS / 1000 : NANOSECONDS;
  if (!is_read || time[1] < 0 || time[1] >= units) return 1;
  time[1] *= NANOSECONDS / units;
  struct timespec now = {0};
  bool is_absolute = is_clock && ((int)call->args[1] & TIMER_ABSTIME);
  if (is_absolute) clock_gettime((clockid_t)call->args[0], &now);
  bool is_past = time[0] < now.tv_sec || (time[0] == now.tv_sec && time[1] <= now.tv_nsec);
  if (is_past) return 0;
  int64_t seconds = time[0] - now.tv_sec;
  return seconds < YEAR ? seconds * NANOSECONDS + time[1] - now.tv_nsec : YEAR * NANOSECONDS;
}
