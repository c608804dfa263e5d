/*
 * Control groups, for tier A: one for each container, which its init enters before it starts any program, so that
 * whatever comes to life in it is born inside. Version 2 where the two controllers are delegated to us, else version 1
 * where it is mounted and writable.
 *
 * The group's limit on memory is the run's memory and its disk space together, because the kernel charges files of a
 * private folder as memory; the run's own limit on memory is weighed by the watch as in the other tiers, and the group
 * is what no program gets past between two looks.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper.h"

/* Our own processes move here where the kernel wants a group with members to have no subgroups. */
#define LEAF "threadmark-harness"
/* What init needs itself: it is a member, too. */
#define TASKS_OF_INIT 8
#define MEMORY_OF_INIT (16ULL << 20)

/* Where containers' groups are made; found once. */
static struct base {
  bool is_known;
  bool is_unified;
  int error;
  char memory[CGROUP_PATH];
  char tasks[CGROUP_PATH]; /* the same as `memory` in version 2 */
} base;

static unsigned long serial;

static ssize_t read_text(const char *folder, const char *name, char *text, size_t capacity) {
  char path[CGROUP_PATH + 64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t size = read(file, text, capacity - 1);
  int error = errno;
  close(file);
  text[size < 0 ? 0 : size] = 0;
  errno = error;
  return size;
}

static int write_text(const char *folder, const char *name, const char *text) {
  char path[CGROUP_PATH + 64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, text, strlen(text));
  int error = errno;
  close(file);
  errno = error;
  return written < 0 ? -1 : 0;
}

static int write_number(const char *folder, const char *name, uint64_t number) {
  char text[24];
  snprintf(text, sizeof text, "%llu", (unsigned long long)number);
  return write_text(folder, name, text);
}

/* Whether a list of words separated by commas or spaces has this one. */
static bool has_word(const char *list, const char *word) {
  size_t size = strlen(word);
  for (const char *at = list; (at = strstr(at, word)) != NULL; at += size) {
    bool begins = at == list || at[-1] == ',' || at[-1] == ' ';
    if (begins && (at[size] == 0 || strchr(", \n", at[size]) != NULL)) return true;
  }
  return false;
}

/* The harness's own path in a hierarchy, as /proc/self/cgroup gives it; an empty controller is version 2. */
static bool find_own_path(const char *controller, char path[CGROUP_PATH]) {
  char line[CGROUP_PATH + 128];
  FILE *file = fopen("/proc/self/cgroup", "re");
  bool is_found = false;
  while (file != NULL && !is_found && fgets(line, sizeof line, file) != NULL) {
    char *controllers = strchr(line, ':');
    char *own = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (own == NULL) continue;
    *own++ = 0;
    own[strcspn(own, "\n")] = 0;
    is_found = controller[0] == 0 ? controllers[1] == 0 : has_word(controllers + 1, controller);
    if (is_found) snprintf(path, CGROUP_PATH, "%s", own);
  }
  if (file != NULL) fclose(file);
  return is_found;
}

/* Where a hierarchy is mounted, and which part of it; fields 4 and 5 of /proc/self/mountinfo, type and options at the end. */
static bool find_mount(const char *controller, char root[CGROUP_PATH], char point[CGROUP_PATH]) {
  char line[4096];
  FILE *file = fopen("/proc/self/mountinfo", "re");
  bool is_found = false;
  while (file != NULL && !is_found && fgets(line, sizeof line, file) != NULL) {
    char type[32];
    char options[512];
    char *tail = strstr(line, " - ");
    if (tail == NULL || sscanf(tail, " - %31s %*s %511s", type, options) != 2) continue;
    bool is_kind = controller[0] == 0 ? strcmp(type, "cgroup2") == 0
                                      : strcmp(type, "cgroup") == 0 && has_word(options, controller);
    is_found = is_kind && sscanf(line, "%*d %*d %*s %255s %255s", root, point) == 2;
  }
  if (file != NULL) fclose(file);
  return is_found;
}

/* The folder of the harness's own group; the mount's own where the group lies outside of what is mounted. */
static bool find_folder(const char *controller, char folder[CGROUP_PATH]) {
  char own[CGROUP_PATH];
  char root[CGROUP_PATH];
  char point[CGROUP_PATH];
  struct stat status;
  if (!find_own_path(controller, own) || !find_mount(controller, root, point)) return false;
  const char *rest = own;
  size_t size = strlen(root);
  if (size > 1 && strncmp(own, root, size) == 0) rest = own + size;
  if (snprintf(folder, CGROUP_PATH, "%s%s", point, strcmp(rest, "/") == 0 ? "" : rest) >= CGROUP_PATH) return false;
  if (stat(folder, &status) < 0) snprintf(folder, CGROUP_PATH, "%s", point);
  return true;
}

static pid_t parent_of(pid_t process) {
  char path[40];
  char text[512];
  int parent = 0;
  snprintf(path, sizeof path, "/proc/%d", process);
  if (read_text(path, "stat", text, sizeof text) <= 0) return 0;
  char *name_end = strrchr(text, ')');
  if (name_end != NULL) sscanf(name_end + 2, "%*c %d", &parent);
  return parent;
}

/* Whether a process is the harness or comes from it. */
static bool is_ours(pid_t process) {
  pid_t harness = getppid();
  for (int depth = 0; process > 1 && depth < 32; depth++) {
    if (process == harness) return true;
    process = parent_of(process);
  }
  return false;
}

/* Version 2 allows no subgroups with controllers below a group with members: ours move down, others' are left alone. */
static int evacuate(const char *folder) {
  char leaf[CGROUP_PATH + 32];
  char text[8192];
  if (read_text(folder, "cgroup.procs", text, sizeof text) < 0) return -1;
  snprintf(leaf, sizeof leaf, "%s/" LEAF, folder);
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1 && mkdir(leaf, 0755) < 0 && errno != EEXIST) return -1;
    for (char *at = text; *at != 0;) {
      pid_t process = (pid_t)strtol(at, &at, 10);
      while (*at == '\n') at++;
      if (pass == 0 && !is_ours(process)) {
        errno = EBUSY;
        return -1;
      }
      if (pass == 1 && write_number(leaf, "cgroup.procs", (uint64_t)process) < 0 && errno != ESRCH) return -1;
    }
  }
  return 0;
}

static int enable_unified(const char *folder) {
  char text[512];
  if (read_text(folder, "cgroup.controllers", text, sizeof text) < 0) return -1;
  if (!has_word(text, "memory") || !has_word(text, "pids")) {
    errno = ENOTSUP;
    return -1;
  }
  if (read_text(folder, "cgroup.subtree_control", text, sizeof text) < 0) return -1;
  if (has_word(text, "memory") && has_word(text, "pids")) return 0;
  if (write_text(folder, "cgroup.subtree_control", "+memory +pids") == 0) return 0;
  if (errno != EBUSY || evacuate(folder) < 0) return -1;
  return write_text(folder, "cgroup.subtree_control", "+memory +pids");
}

/* Groups of keepers that were killed; a group with members can't be removed, so nobody else's is in danger. */
static void remove_abandoned(const char *folder) {
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    int owner;
    if (sscanf(entry->d_name, "threadmark-%d-", &owner) != 1 || access("/proc/self", F_OK) < 0) continue;
    char path[40];
    snprintf(path, sizeof path, "/proc/%d", owner);
    if (access(path, F_OK) < 0) unlinkat(dirfd(listing), entry->d_name, AT_REMOVEDIR);
  }
  if (listing != NULL) closedir(listing);
}

static int find_unified(void) {
  const char *named = getenv("THREADMARK_CGROUP");
  if (named != NULL && named[0] == '/') {
    snprintf(base.memory, sizeof base.memory, "%s", named);
  } else if (!find_folder("", base.memory)) {
    errno = ENOENT;
    return -1;
  }
  /* A keeper that follows another finds the harness where the first has put it. */
  size_t size = strlen(base.memory);
  size_t leaf = sizeof "/" LEAF - 1;
  if (size > leaf && strcmp(base.memory + size - leaf, "/" LEAF) == 0) base.memory[size - leaf] = 0;
  memcpy(base.tasks, base.memory, sizeof base.tasks);
  return enable_unified(base.memory);
}

static void find_base(void) {
  base.is_known = true;
  base.is_unified = find_unified() == 0;
  base.error = base.is_unified ? 0 : errno;
  if (!base.is_unified) {
    bool is_mounted = find_folder("memory", base.memory) && find_folder("pids", base.tasks);
    bool is_writable = is_mounted && access(base.memory, W_OK) == 0 && access(base.tasks, W_OK) == 0;
    if (is_mounted) base.error = is_writable ? 0 : errno;
  }
  if (base.error != 0) return;
  remove_abandoned(base.memory);
  if (!base.is_unified) remove_abandoned(base.tasks);
}

static int join(const char *folder, pid_t init) { return write_number(folder, "cgroup.procs", (uint64_t)init); }

int cgroup_make(cgroup *made, pid_t init) {
  if (!base.is_known) find_base();
  if (base.error != 0) {
    errno = base.error;
    return -1;
  }
  unsigned long number = ++serial;
  snprintf(made->memory, sizeof made->memory, "%.200s/threadmark-%d-%lu", base.memory, getpid(), number);
  snprintf(made->tasks, sizeof made->tasks, "%.200s/threadmark-%d-%lu", base.tasks, getpid(), number);
  if (mkdir(made->memory, 0755) < 0) return -1;
  if (!base.is_unified && mkdir(made->tasks, 0755) < 0) return -1;
  if (join(made->memory, init) < 0 || (!base.is_unified && join(made->tasks, init) < 0)) return -1;
  made->is_made = true;
  return 0;
}

/* The limit on memory with swap must never be the lower one, so of the two the one that is lowered comes first. */
static int limit_memory_of_version_1(const char *folder, uint64_t memory) {
  bool is_lowered = write_number(folder, "memory.limit_in_bytes", memory) == 0;
  write_number(folder, "memory.memsw.limit_in_bytes", memory); /* absent where swap is not accounted for */
  return is_lowered ? 0 : write_number(folder, "memory.limit_in_bytes", memory);
}

int cgroup_limit(cgroup *group, uint64_t memory, uint32_t tasks) {
  int result;
  memory += MEMORY_OF_INIT;
  group->kills_before = cgroup_kills(group);
  if (base.is_unified) {
    write_text(group->memory, "memory.swap.max", "0"); /* absent where there is no swap */
    result = write_number(group->memory, "memory.max", memory);
  } else {
    result = limit_memory_of_version_1(group->memory, memory);
  }
  return result < 0 ? -1 : write_number(group->tasks, "pids.max", (uint64_t)tasks + TASKS_OF_INIT);
}

uint64_t cgroup_kills(const cgroup *group) {
  char text[1024];
  const char *file = base.is_unified ? "memory.events" : "memory.oom_control";
  if (!group->is_made || read_text(group->memory, file, text, sizeof text) <= 0) return 0;
  for (char *at = text; (at = strstr(at, "oom_kill ")) != NULL; at += 9) {
    if (at == text || at[-1] == '\n') return strtoull(at + 9, NULL, 10);
  }
  return 0;
}

void cgroup_remove(cgroup *group) {
  if (group->memory[0] == 0) return;
  rmdir(group->memory);
  if (!base.is_unified) rmdir(group->tasks);
  group->memory[0] = 0;
  group->is_made = false;
}
