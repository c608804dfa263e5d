/* What one look at /proc tells of a task. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keeper.h"

/* Whether the kernel keeps the times of `schedstat`: one without that account reads 0 in every field. */
static bool keeps_schedstat(void) {
  static int answer;
  unsigned long switches = 0;
  if (answer != 0) return answer > 0;
  FILE *file = fopen("/proc/self/schedstat", "re");
  bool is_kept = file != NULL && fscanf(file, "%*u %*u %lu", &switches) == 1 && switches > 0;
  if (file != NULL) fclose(file);
  answer = is_kept ? 1 : -1;
  return is_kept;
}

static ssize_t read_text(int proc, const char *folder, const char *name, char *text, size_t capacity) {
  char path[96];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t size = read(file, text, capacity - 1);
  close(file);
  if (size < 0) return -1;
  text[size] = 0;
  return size;
}

/* The last number of a line of `status`; for ids that is the one inside the innermost namespace. */
static long last_number(const char *text, const char *key) {
  const char *line = strstr(text, key);
  if (line == NULL) return 0;
  const char *end = strchr(line + 1, '\n');
  const char *last = end == NULL ? line + strlen(line) : end;
  while (last > line && *last != '\t') last--;
  return atol(last + 1);
}

/* The CPUs of the mask in `status`, which is in digits of four. */
static int count_cpus(const char *status) {
  static const char key[] = "\nCpus_allowed:\t";
  const char *line = strstr(status, key);
  int count = 0;
  if (line == NULL) return 0;
  for (const char *at = line + sizeof key - 1; *at != 0 && *at != '\n'; at++) {
    if (*at != ',') count += __builtin_popcount((unsigned)(*at <= '9' ? *at - '0' : *at - 'a' + 10));
  }
  return count;
}

static void read_name(const char *status, char name[16]) {
  memset(name, 0, 16);
  if (strncmp(status, "Name:\t", 6) != 0) return;
  size_t size = strcspn(status + 6, "\n");
  memcpy(name, status + 6, size < 15 ? size : 15);
}

/* The slow account: user and system time in ticks, no delay; false when the task is gone. */
static bool read_ticks(int proc, const char *folder, facts *facts) {
  char text[512];
  unsigned long user = 0;
  unsigned long system = 0;
  facts->run_delay = -1;
  if (read_text(proc, folder, "stat", text, sizeof text) <= 0) return false;
  const char *name_end = strrchr(text, ')');
  if (name_end == NULL) return false;
  sscanf(name_end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  facts->run_time = (int64_t)(user + system) * (NANOSECONDS / sysconf(_SC_CLK_TCK));
  return true;
}

/* The exact account, in nanoseconds; false when the task is gone. */
static bool read_schedstat(int proc, const char *folder, facts *facts) {
  char text[96];
  return read_text(proc, folder, "schedstat", text, sizeof text) > 0 &&
         sscanf(text, "%ld %ld", &facts->run_time, &facts->run_delay) == 2;
}

/* A task that ends meanwhile has no facts: half of them would take the place of what is known of it. */
static bool read_facts(int proc, const char *folder, facts *facts) {
  static char text[STATUS_SIZE];
  memset(facts, 0, sizeof *facts);
  if (read_text(proc, folder, "status", text, sizeof text) <= 0) return false;
  char *state = strstr(text, "\nState:\t");
  facts->is_on_cpu = state != NULL && state[8] == 'R';
  facts->process = (int)last_number(text, "\nNStgid:");
  facts->thread = (int)last_number(text, "\nNSpid:");
  facts->parent = (int)last_number(text, "\nPPid:");
  facts->voluntary = (uint64_t)last_number(text, "\nvoluntary_ctxt_switches:");
  facts->forced = (uint64_t)last_number(text, "\nnonvoluntary_ctxt_switches:");
  facts->cpu_count = count_cpus(text);
  read_name(text, facts->name);
  bool is_timed = keeps_schedstat() ? read_schedstat(proc, folder, facts) : read_ticks(proc, folder, facts);
  return is_timed && facts->process > 0 && facts->thread > 0;
}

bool facts_from_outside(uint32_t outer, facts *facts) {
  char folder[48];
  snprintf(folder, sizeof folder, "/proc/%u/task/%u", outer, outer);
  return read_facts(-1, folder, facts);
}

bool facts_from_inside(const run *run, int process, int thread, facts *facts) {
  char folder[48];
  snprintf(folder, sizeof folder, "%d/task/%d", process, thread);
  return read_facts(run->container->proc, folder, facts);
}
