/*
 * Runs a command as in a place that denies something: place USER PROFILE COMMAND [ARGUMENT...]
 *
 * USER is a number, or - to stay who one is. A profile is emulated by seccomp: docker is what Docker denies by default,
 * mounts lets namespaces be made and denies the mounts in them (as AppArmor does on some systems), maps denies the user
 * id map, landlock is a kernel without Landlock, none denies nothing.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define DENY(call) seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(call), 0)
#define REMOVE(call) seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(call), 0)

static int deny_mounts(scmp_filter_ctx filter) {
  return DENY(mount) | DENY(umount2) | DENY(pivot_root) | DENY(fsopen) | DENY(fsmount) | DENY(move_mount) |
         DENY(open_tree) | DENY(mount_setattr);
}

static int deny_namespaces(scmp_filter_ctx filter) {
  static const unsigned long flags[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                                        CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
  int result = REMOVE(clone3) | DENY(unshare) | DENY(setns) | DENY(keyctl) | DENY(bpf) | DENY(perf_event_open);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                               SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
  }
  return result;
}

/* The map has a length that hardly anything else written has; a filter sees no more of it. */
static int deny_maps(scmp_filter_ctx filter) {
  char map[48];
  int length = snprintf(map, sizeof map, "1000 %d 1", (int)geteuid());
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(write), 1, SCMP_A2(SCMP_CMP_EQ, (unsigned)length, 0));
}

static int deny(const char *profile, scmp_filter_ctx filter) {
  if (strcmp(profile, "docker") == 0) return deny_namespaces(filter) | deny_mounts(filter);
  if (strcmp(profile, "mounts") == 0) return deny_mounts(filter);
  if (strcmp(profile, "maps") == 0) return deny_maps(filter);
  if (strcmp(profile, "landlock") == 0) return REMOVE(landlock_create_ruleset);
  return strcmp(profile, "none");
}

static int become(const char *user) {
  if (strcmp(user, "-") == 0) return 0;
  unsigned id = (unsigned)atoi(user);
  if (setgroups(0, NULL) < 0 || setresgid(id, id, id) < 0 || setresuid(id, id, id) < 0) return -1;
  /* Who changes their user can't be looked at until they execute; nothing of that is left afterwards. */
  return prctl(PR_SET_DUMPABLE, 1);
}

int main(int count, char **arguments) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (count < 4 || filter == NULL) {
    fputs("usage: place USER PROFILE COMMAND [ARGUMENT...]\n", stderr);
    return 125;
  }
  if (become(arguments[1]) < 0 || deny(arguments[2], filter) != 0 || seccomp_load(filter) < 0) {
    fprintf(stderr, "place: can't emulate %s for %s\n", arguments[2], arguments[1]);
    return 125;
  }
  execvp(arguments[3], arguments + 3);
  perror(arguments[3]);
  return 126;
}
