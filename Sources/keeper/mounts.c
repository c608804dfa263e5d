/* The private root of tiers A and B, and the plain folders of the others. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

/* From sys/mount.h, which can't be included beside linux/mount.h in glibc 2.36. */
int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
int umount2(const char *target, int flags);
#define DETACH 2

/* Any folder that every machine has and that nobody wants to see inside the container. */
static const char *const stagings[] = {"/sys", "/mnt", "/srv", "/media"};

static int write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return -1;
  ssize_t written = write(file, text, strlen(text));
  int error = errno;
  close(file);
  errno = error;
  return written < 0 ? -1 : 0;
}

/* Where programs are to have a user of their own, the keeper makes the map, or says that it may not. */
static keeper_stage map_ids(place *place) {
  char map[48];
  char is_mapped = 0;
  if (place->user >= 0 && recv(place->control, &is_mapped, 1, 0) != 1) return KEEPER_STAGE_UID_MAP;
  if (is_mapped) return KEEPER_STAGE_NONE;
  place->user = -1;
  if (write_file("/proc/self/setgroups", "deny") < 0 && errno != ENOENT) return KEEPER_STAGE_UID_MAP;
  snprintf(map, sizeof map, "%d %d 1", INNER_USER, place->outer_uid);
  if (write_file("/proc/self/uid_map", map) < 0) return KEEPER_STAGE_UID_MAP;
  snprintf(map, sizeof map, "%d %d 1", INNER_USER, place->outer_gid);
  return write_file("/proc/self/gid_map", map) < 0 ? KEEPER_STAGE_UID_MAP : KEEPER_STAGE_NONE;
}

/* Makes the parents of a path below the new root, which is the working directory. */
static void make_parents(char *path) {
  for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0755);
    *slash = '/';
  }
}

static int set_attributes(const char *path, uint64_t attributes, bool is_recursive) {
  struct mount_attr wanted = {.attr_set = attributes};
  return (int)syscall(SYS_mount_setattr, AT_FDCWD, path, is_recursive ? AT_RECURSIVE : 0, &wanted, sizeof wanted);
}

/* Makes `path` of the machine visible at the same place below the new root. Paths that don't exist are passed over. */
static int bind_path(const char *path, uint64_t attributes) {
  struct stat status;
  char target[PATH_MAX];
  if (path[0] != '/' || path[1] == 0 || strstr(path, "/../") != NULL) {
    errno = EINVAL;
    return -1;
  }
  if (snprintf(target, sizeof target, "%s", path + 1) >= (int)sizeof target) {
    errno = ENAMETOOLONG;
    return -1;
  }
  if (lstat(path, &status) < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
  make_parents(target);
  if (S_ISLNK(status.st_mode)) {
    char link[PATH_MAX];
    ssize_t size = readlink(path, link, sizeof link - 1);
    if (size < 0) return -1;
    link[size] = 0;
    return symlink(link, target) < 0 && errno != EEXIST ? -1 : 0;
  }
  if (S_ISDIR(status.st_mode)) {
    if (mkdir(target, 0755) < 0 && errno != EEXIST) return -1;
  } else if (mknod(target, S_IFREG | 0644, 0) < 0 && errno != EEXIST) {
    return errno == EACCES || errno == EROFS ? 0 : -1; /* inside a folder that is visible already */
  }
  if (mount(path, target, NULL, MS_BIND | MS_REC, NULL) < 0) return -1;
  return set_attributes(target, attributes, true);
}

static keeper_stage bind_system(const place *place) {
  static const char *const system[] = {
      "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache", "/etc/alternatives",
      "/etc/localtime", "/etc/nsswitch.conf", "/etc/mime.types", "/etc/hosts",
  };
  for (size_t i = 0; i < sizeof system / sizeof *system; i++) {
    if (bind_path(system[i], MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV) < 0) return KEEPER_STAGE_BIND;
  }
  if (place->network == KEEPER_NETWORK_HOST) {
    bind_path("/etc/resolv.conf", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
    bind_path("/etc/ssl", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
  }
  for (uint32_t i = 0; i < place->readable_count + place->writable_count; i++) {
    uint64_t attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    if (i < place->readable_count) attributes |= MOUNT_ATTR_RDONLY;
    if (bind_path(place->paths->items[i], attributes) < 0) return KEEPER_STAGE_BIND;
  }
  return KEEPER_STAGE_NONE;
}

static keeper_stage bind_devices(void) {
  static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  mkdir("dev", 0755);
  mkdir("dev/shm", 0755);
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
    if (bind_path(devices[i], MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC) < 0) return KEEPER_STAGE_DEVICES;
  }
  bool is_linked = symlink("/proc/self/fd", "dev/fd") == 0 && symlink("/proc/self/fd/0", "dev/stdin") == 0 &&
                   symlink("/proc/self/fd/1", "dev/stdout") == 0 && symlink("/proc/self/fd/2", "dev/stderr") == 0;
  return is_linked ? KEEPER_STAGE_NONE : KEEPER_STAGE_DEVICES;
}

static int open_folder(const char *path) { return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

/* One file system for all folders that programs write to, so that one size limits them together. */
static keeper_stage make_private_folders(place *place) {
  static const char *const parts[] = {"private/work", "private/tmp", "private/shm", "private/harness"};
  static const char *const targets[] = {"work", "tmp", "dev/shm", "threadmark"};
  char options[96];
  unsigned long long size = place->disk_space > 0 ? place->disk_space : 4096;
  snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu,mode=0700", size, 1024 + size / 4096);
  mkdir("private", 0755);
  if (mount("tmpfs", "private", "tmpfs", MS_NOSUID | MS_NODEV, options) < 0) return KEEPER_STAGE_PRIVATE_FOLDERS;
  int *descriptors[] = {&place->work, &place->temporary, &place->shared_memory, &place->harness};
  for (size_t i = 0; i < 4; i++) {
    mkdir(targets[i], 0755);
    if (mkdir(parts[i], 0755) < 0 || (*descriptors[i] = open_folder(parts[i])) < 0) return KEEPER_STAGE_PRIVATE_FOLDERS;
    if (mount(parts[i], targets[i], NULL, MS_BIND, NULL) < 0) return KEEPER_STAGE_PRIVATE_FOLDERS;
  }
  for (size_t i = 0; i < 3 && place->user >= 0; i++) {
    if (fchown(*descriptors[i], (uid_t)place->user, (gid_t)place->user) < 0) return KEEPER_STAGE_USER;
  }
  /* The harness's folder is written through its descriptor, which belongs to the writable mount. */
  if (set_attributes("threadmark", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, false) < 0) {
    return KEEPER_STAGE_PRIVATE_FOLDERS;
  }
  return umount2("private", DETACH) < 0 || rmdir("private") < 0 ? KEEPER_STAGE_PRIVATE_FOLDERS : KEEPER_STAGE_NONE;
}

static keeper_stage make_accounts(void) {
  mkdir("etc", 0755);
  char user[64];
  char group[64];
  snprintf(user, sizeof user, "student:x:%d:%d::/work:/bin/sh\n", INNER_USER, INNER_USER);
  snprintf(group, sizeof group, "student:x:%d:\n", INNER_USER);
  bool is_written = write_file("etc/passwd", user) == 0 && write_file("etc/group", group) == 0;
  return is_written ? KEEPER_STAGE_NONE : KEEPER_STAGE_ROOT;
}

static keeper_stage raise_loopback(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  int probe = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return KEEPER_STAGE_NETWORK;
  int result = ioctl(probe, SIOCSIFFLAGS, &request);
  close(probe);
  return result < 0 ? KEEPER_STAGE_NETWORK : KEEPER_STAGE_NONE;
}

/* A socket belongs to the network in which it was made: whoever gets this one serves the container from outside of it. */
static keeper_stage listen_on_loopback(place *place) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int backlog = 1024;
  place->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool is_listening = place->listener >= 0 &&
                      bind(place->listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
                      listen(place->listener, backlog) == 0;
  return is_listening ? KEEPER_STAGE_NONE : KEEPER_STAGE_NETWORK;
}

/* The kernel's settings are read-only behind Landlock as well: the user id of a harness that is root could change them. */
static keeper_stage mount_proc(void) {
  uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  mkdir("proc", 0755);
  if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) return KEEPER_STAGE_PROC;
  if (mount("proc/sys", "proc/sys", NULL, MS_BIND, NULL) < 0) return KEEPER_STAGE_PROC;
  return set_attributes("proc/sys", attributes, false) < 0 ? KEEPER_STAGE_PROC : KEEPER_STAGE_NONE;
}

static keeper_stage enter_staging(void) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return KEEPER_STAGE_PRIVATE_MOUNTS;
  for (size_t i = 0; i < sizeof stagings / sizeof *stagings; i++) {
    if (mount("tmpfs", stagings[i], "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755") < 0) continue;
    return chdir(stagings[i]) < 0 ? KEEPER_STAGE_ROOT : KEEPER_STAGE_NONE;
  }
  return KEEPER_STAGE_ROOT;
}

static keeper_stage leave_old_root(void) {
  if (syscall(SYS_pivot_root, ".", ".") < 0) return KEEPER_STAGE_PIVOT;
  if (umount2(".", DETACH) < 0 || chdir("/") < 0) return KEEPER_STAGE_PIVOT;
  return set_attributes("/", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, false) < 0 ? KEEPER_STAGE_PIVOT
                                                                                                  : KEEPER_STAGE_NONE;
}

keeper_stage mounts_enter(place *place) {
  umask(022);
  keeper_stage stage = map_ids(place);
  if (stage == KEEPER_STAGE_NONE) stage = enter_staging();
  if (stage == KEEPER_STAGE_NONE) stage = make_accounts();
  if (stage == KEEPER_STAGE_NONE) stage = bind_devices();
  if (stage == KEEPER_STAGE_NONE) stage = make_private_folders(place);
  if (stage == KEEPER_STAGE_NONE) stage = bind_system(place);
  if (stage == KEEPER_STAGE_NONE) stage = mount_proc();
  if (stage == KEEPER_STAGE_NONE && place->network == KEEPER_NETWORK_LOOPBACK) {
    stage = raise_loopback();
    if (stage == KEEPER_STAGE_NONE && place->listens) stage = listen_on_loopback(place);
  }
  return stage == KEEPER_STAGE_NONE ? leave_old_root() : stage;
}

keeper_stage mounts_plain_folders(place *place) {
  static const char *const names[] = {"work", "tmp", "harness"};
  int *descriptors[] = {&place->work, &place->temporary, &place->harness};
  char path[160];
  for (size_t i = 0; i < 3; i++) {
    snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
    if (mkdir(path, 0700) < 0 || (*descriptors[i] = open_folder(path)) < 0) return KEEPER_STAGE_PRIVATE_FOLDERS;
  }
  place->shared_memory = -1;
  if (place->user < 0) return KEEPER_STAGE_NONE;
  /* What is the program's own belongs to it; the harness's folder it may only read. */
  uid_t user = (uid_t)place->user;
  bool is_given = fchown(place->work, user, user) == 0 && fchown(place->temporary, user, user) == 0 &&
                  fchmod(place->harness, 0755) == 0;
  return is_given ? KEEPER_STAGE_NONE : KEEPER_STAGE_USER;
}

/* The FIFO stands for the container's whole life; init and keeper hold its reading end, so a writer never fails. */
keeper_stage mounts_witness(place *place) {
  if (mkfifoat(place->harness, "witness", 0600) < 0) return KEEPER_STAGE_WITNESS;
  place->witness = openat(place->harness, "witness", O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
  if (place->witness < 0) return KEEPER_STAGE_WITNESS;
  if (place->user >= 0 && fchownat(place->harness, "witness", (uid_t)place->user, (gid_t)-1, AT_SYMLINK_NOFOLLOW) < 0) {
    return KEEPER_STAGE_WITNESS;
  }
  fcntl(place->witness, F_SETPIPE_SZ, 1 << 20);
  return KEEPER_STAGE_NONE;
}
