/* The Landlock rules of a container: what its programs may read, execute and write, and whom they may signal. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* Newer than the headers of Debian 12 (linux/landlock.h of Linux 6.12). */
typedef struct rules {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
} rules;

#define ACCESS_REFER (1ULL << 13)
#define ACCESS_TRUNCATE (1ULL << 14)
#define ACCESS_IOCTL_DEVICE (1ULL << 15)
#define ACCESS_BIND_TCP (1ULL << 0)
#define ACCESS_CONNECT_TCP (1ULL << 1)
#define SCOPE_ABSTRACT_SOCKET (1ULL << 0)
#define SCOPE_SIGNAL (1ULL << 1)

#define READS (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FILE_ONLY \
  (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE | \
   ACCESS_IOCTL_DEVICE)
/* Everything of ABI 1 but making devices. */
#define ALL_OF_ABI_1 ((1ULL << 13) - 1)
#define MAKES_DEVICES (LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK)

static uint64_t handled_files(long abi) {
  uint64_t handled = ALL_OF_ABI_1;
  if (abi >= 2) handled |= ACCESS_REFER;
  if (abi >= 3) handled |= ACCESS_TRUNCATE;
  if (abi >= 5) handled |= ACCESS_IOCTL_DEVICE;
  return handled;
}

long landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  const char *lower = getenv("THREADMARK_LANDLOCK_ABI");
  long wanted = lower == NULL ? version : atol(lower);
  return wanted >= 1 && wanted < version ? wanted : version;
}

/* A rule may not name an access that the ruleset doesn't handle, and older kernels know fewer. */
static int allow_descriptor(int ruleset, int descriptor, uint64_t access) {
  struct stat status;
  if (fstat(descriptor, &status) < 0) return -1;
  access &= handled_files(landlock_version());
  if (!S_ISDIR(status.st_mode)) access &= FILE_ONLY;
  struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = descriptor};
  return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/* A path that this machine doesn't have needs no rule. */
static int allow(int ruleset, const char *path, uint64_t access) {
  int descriptor = open(path, O_PATH | O_CLOEXEC);
  if (descriptor < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
  int result = allow_descriptor(ruleset, descriptor, access);
  close(descriptor);
  return result;
}

static int allow_paths(int ruleset, const place *place, uint64_t handled) {
  int result = 0;
  for (uint32_t i = 0; result == 0 && i < place->readable_count + place->writable_count; i++) {
    uint64_t access = i < place->readable_count ? READS : handled & ~MAKES_DEVICES;
    result = allow(ruleset, place->paths->items[i], access);
  }
  return result;
}

/* Tiers C and D: the real root, of which only the system's own folders may be read. */
static int allow_plain(int ruleset, const place *place, uint64_t handled) {
  static const char *const readable[] = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/proc",
                                         "/sys/devices/system/cpu", "/etc/ld.so.cache", "/etc/alternatives",
                                         "/etc/localtime", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf",
                                         "/etc/hosts", "/dev/urandom", "/dev/random", "/dev/zero", "/dev/full"};
  int result = 0;
  for (size_t i = 0; result == 0 && i < sizeof readable / sizeof *readable; i++) {
    result = allow(ruleset, readable[i], READS);
  }
  if (result == 0 && place->network == KEEPER_NETWORK_HOST) result = allow(ruleset, "/etc", READS);
  if (result == 0 && place->shares_memory) result = allow(ruleset, "/dev/shm", handled & ~MAKES_DEVICES & ~LANDLOCK_ACCESS_FS_EXECUTE);
  return result;
}

int landlock_ruleset(const place *place) {
  long abi = landlock_version();
  if (abi < 1) return -1;
  bool has_own_network = has_namespaces(place->tier);
  uint64_t handled = handled_files(abi);
  rules rules = {.files = handled};
  if (abi >= 4 && !has_own_network && place->network != KEEPER_NETWORK_HOST) {
    rules.network = ACCESS_BIND_TCP | ACCESS_CONNECT_TCP;
  }
  if (abi >= LANDLOCK_SCOPES_SIGNALS) rules.scopes = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
  size_t size = abi >= LANDLOCK_SCOPES_SIGNALS ? sizeof rules : abi >= 4 ? sizeof rules - 8 : 8;
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return -1;
  uint64_t writes = handled & ~MAKES_DEVICES;
  int result = has_namespaces(place->tier) ? allow(ruleset, "/", READS) : allow_plain(ruleset, place, handled);
  if (result == 0) result = allow_paths(ruleset, place, handled);
  if (result == 0) result = allow_descriptor(ruleset, place->work, writes);
  if (result == 0) result = allow_descriptor(ruleset, place->temporary, writes);
  if (result == 0 && place->shared_memory >= 0) result = allow_descriptor(ruleset, place->shared_memory, writes);
  if (result == 0) result = allow_descriptor(ruleset, place->harness, READS);
  if (result == 0) result = allow_descriptor(ruleset, place->witness, LANDLOCK_ACCESS_FS_WRITE_FILE);
  if (result == 0) result = allow(ruleset, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE);
  /*
   * Never for writing: a program of a harness that is root keeps root's user id, and that alone, without a capability,
   * may write below /proc/sys, where core_pattern names a program that the kernel runs outside of every container.
   */
  if (result == 0) result = allow(ruleset, "/proc", READS);
  if (result == 0) return ruleset;
  close(ruleset);
  return -1;
}
