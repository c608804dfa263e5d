/* What the machine did during a run, beside it: facts that say whether a measured time can be believed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keeper.h"

#define MANY_CPUS (64 * KEEPER_CPU_WORDS)

typedef struct snapshot {
  bool is_seen[MANY_CPUS];
  keeper_cpu cpus[MANY_CPUS];
  keeper_surroundings whole;
} snapshot;

struct surroundings {
  snapshot start;
  snapshot end;
};

static bool is_wanted(const keeper_run *request, size_t cpu) {
  bool is_free = true;
  for (size_t i = 0; i < KEEPER_CPU_WORDS; i++) is_free &= request->cpus[i] == 0;
  return is_free || (request->cpus[cpu / 64] >> (cpu % 64) & 1);
}

static void read_cpus(const keeper_run *request, snapshot *snapshot) {
  char line[512];
  FILE *file = fopen("/proc/stat", "re");
  if (file == NULL) return;
  int64_t tick = NANOSECONDS / sysconf(_SC_CLK_TCK);
  while (fgets(line, sizeof line, file) != NULL && strncmp(line, "cpu", 3) == 0) {
    unsigned cpu;
    long user, nice, system, idle, disk, interrupts, soft, steal = 0;
    int found = sscanf(line, "cpu%u %ld %ld %ld %ld %ld %ld %ld %ld", &cpu, &user, &nice, &system, &idle, &disk,
                       &interrupts, &soft, &steal);
    if (found < 8 || cpu >= MANY_CPUS || !is_wanted(request, cpu)) continue;
    snapshot->is_seen[cpu] = true;
    snapshot->cpus[cpu] = (keeper_cpu){.busy = (user + nice + system + interrupts + soft) * tick,
                                       .steal = steal * tick,
                                       .idle = (idle + disk) * tick};
  }
  fclose(file);
}

/* How long in all some task had to wait for a CPU; -1 where the kernel has no such account. */
static int64_t read_pressure(void) {
  FILE *file = fopen("/proc/pressure/cpu", "re");
  long microseconds;
  if (file == NULL) return -1;
  bool is_there = fscanf(file, "some avg10=%*f avg60=%*f avg300=%*f total=%ld", &microseconds) == 1;
  fclose(file);
  return is_there ? microseconds * 1000 : -1;
}

/* Adds what one group's `cpu.stat` says of throttling; version 1 counts nanoseconds, version 2 microseconds. */
static bool read_throttling(const char *path, keeper_surroundings *whole) {
  char key[64];
  long value;
  bool is_there = false;
  FILE *file = fopen(path, "re");
  if (file == NULL) return false;
  while (fscanf(file, "%63s %ld", key, &value) == 2) {
    bool is_count = strcmp(key, "nr_throttled") == 0;
    int64_t unit = strcmp(key, "throttled_usec") == 0 ? 1000 : strcmp(key, "throttled_time") == 0 ? 1 : 0;
    if (!is_count && unit == 0) continue;
    if (!is_there) {
      whole->throttled_periods = whole->throttled_periods < 0 ? 0 : whole->throttled_periods;
      whole->throttled_time = whole->throttled_time < 0 ? 0 : whole->throttled_time;
    }
    is_there = true;
    if (is_count) whole->throttled_periods += value;
    else whole->throttled_time += value * unit;
  }
  fclose(file);
  return is_there;
}

/* A group is throttled with any of those above it: all that are visible are read, from its own up to the root. */
static void read_groups(const char *root, char *group, keeper_surroundings *whole) {
  char path[4608];
  for (;;) {
    snprintf(path, sizeof path, "%s%s/cpu.stat", root, strcmp(group, "/") == 0 ? "" : group);
    read_throttling(path, whole);
    char *slash = strrchr(group, '/');
    if (slash == NULL || group[1] == 0) return;
    slash[slash == group ? 1 : 0] = 0;
  }
}

static bool names_cpu(const char *controllers) {
  size_t size = strcspn(controllers, ",:");
  for (; size > 0; controllers += size + 1, size = strcspn(controllers, ",:")) {
    if (size == 3 && strncmp(controllers, "cpu", 3) == 0) return true;
    if (controllers[size] != ',') return false;
  }
  return false;
}

/* Lines are "number:controllers:group"; version 2 has number 0 and no controllers. */
static void read_own_groups(keeper_surroundings *whole) {
  char line[4096];
  char root[128];
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (file == NULL) return;
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *group = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (group == NULL || group[1] != '/') continue;
    if (strncmp(line, "0::", 3) == 0) {
      snprintf(root, sizeof root, "/sys/fs/cgroup");
    } else if (names_cpu(controllers + 1)) {
      snprintf(root, sizeof root, "/sys/fs/cgroup/%.*s", (int)(group - controllers - 1), controllers + 1);
    } else {
      continue;
    }
    read_groups(root, group + 1, whole);
  }
  fclose(file);
}

static void look(const keeper_run *request, snapshot *snapshot) {
  snapshot->whole = (keeper_surroundings){.pressure = read_pressure(), .throttled_periods = -1, .throttled_time = -1};
  read_own_groups(&snapshot->whole);
  read_cpus(request, snapshot);
}

void surroundings_begin(run *run) {
  if (!(run->request.flags & KEEPER_NOTES_SURROUNDINGS)) return;
  run->surroundings = calloc(1, sizeof *run->surroundings);
  if (run->surroundings != NULL) look(&run->request, &run->surroundings->start);
}

static int64_t difference(int64_t start, int64_t end) { return start < 0 || end < start ? -1 : end - start; }

static void note_cpus(run *run, const snapshot *start, const snapshot *end) {
  for (size_t i = 0; i < MANY_CPUS; i++) {
    if (!start->is_seen[i] || !end->is_seen[i]) continue;
    keeper_cpu used = {.busy = end->cpus[i].busy - start->cpus[i].busy,
                       .steal = end->cpus[i].steal - start->cpus[i].steal,
                       .idle = end->cpus[i].idle - start->cpus[i].idle};
    keeper_record record = {.kind = KEEPER_RECORD_CPU, .value = (int64_t)i};
    journal_note(&run->journal, record, &used, sizeof used);
  }
}

void surroundings_end(run *run) {
  struct surroundings *noted = run->surroundings;
  if (noted == NULL) return;
  run->surroundings = NULL;
  look(&run->request, &noted->end);
  note_cpus(run, &noted->start, &noted->end);
  const keeper_surroundings *from = &noted->start.whole;
  const keeper_surroundings *to = &noted->end.whole;
  keeper_surroundings change = {
      .pressure = difference(from->pressure, to->pressure),
      .throttled_periods = difference(from->throttled_periods, to->throttled_periods),
      .throttled_time = difference(from->throttled_time, to->throttled_time),
      .tick = NANOSECONDS / sysconf(_SC_CLK_TCK),
  };
  keeper_record record = {.kind = KEEPER_RECORD_SURROUNDINGS};
  journal_note(&run->journal, record, &change, sizeof change);
  free(noted);
}
