#include "probe.h"

#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int keeper_landlock_abi(void) {
  long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return abi < 0 ? 0 : (int)abi;
}

int keeper_has_notifications(void) {
  uint32_t action = SECCOMP_RET_USER_NOTIF;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int keeper_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int keeper_own_cpus(uint64_t *words, size_t count) {
  return sched_getaffinity(0, count * sizeof *words, (cpu_set_t *)words);
}
