#include "launch.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <unistd.h>

#include "messages.h"

/*
 * Descriptors on their way through sockets are counted for a user, and who has a lower limit than there are can't send any:
 * programs of submissions that are the same user's could have that many on the way.
 */
static void raise_descriptors(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* Held for reading while a file is written that will be executed, for writing while a process is started. */
static pthread_rwlock_t starting = PTHREAD_RWLOCK_INITIALIZER;

void keeper_hold_starts(void) { pthread_rwlock_rdlock(&starting); }

void keeper_allow_starts(void) { pthread_rwlock_unlock(&starting); }

int keeper_launch(const char *executable, int channel, pid_t *process) {
  char *const arguments[] = {"keeper", NULL};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigemptyset(&none);
  raise_descriptors();
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  /* The channel first: in a harness whose standard descriptors were closed it may itself be one of them. */
  int error = posix_spawn_file_actions_adddup2(&actions, channel, KEEPER_CHANNEL);
  if (error == 0) error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, 0, 1);
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, KEEPER_CHANNEL + 1);
  pthread_rwlock_wrlock(&starting);
  if (error == 0) error = posix_spawn(process, executable, &actions, &attributes, arguments, environ);
  pthread_rwlock_unlock(&starting);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

int keeper_spawn(const char *executable, char *const *arguments, char *const *environment, const char *folder,
                 const int *streams, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int error = folder == NULL ? 0 : posix_spawn_file_actions_addchdir_np(&actions, folder);
  for (int stream = 0; error == 0 && stream < 3; stream++) {
    error = posix_spawn_file_actions_adddup2(&actions, streams[stream], stream);
  }
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  pthread_rwlock_wrlock(&starting);
  if (error == 0) {
    error = posix_spawnp(process, executable, &actions, &attributes, arguments,
                         environment == NULL ? environ : environment);
  }
  pthread_rwlock_unlock(&starting);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}
