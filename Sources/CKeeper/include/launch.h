/*
 * Starting the keeper. In C because the call that closes everything else in the new process is hidden from Swift.
 */
#ifndef KEEPER_LAUNCH_H
#define KEEPER_LAUNCH_H

#include <sys/types.h>

/*
 * Starts `executable` with `channel` as its descriptor KEEPER_CHANNEL, /dev/null as standard input and output, nothing
 * else open but standard error, and no signal blocked. Raises this process's own limit on descriptors as far as it may.
 * Returns 0 and the process in `process`, or an errno.
 */
int keeper_launch(const char *_Nonnull executable, int channel, pid_t *_Nonnull process);

/*
 * Starts a program of the machine itself, outside of any container. `executable` is a path, or a name looked up on PATH;
 * `environment` is ours where NULL, `folder` too. Only the three streams are open in it. Returns 0 or an errno.
 */
int keeper_spawn(const char *_Nonnull executable, char *_Nullable const *_Nonnull arguments,
                 char *_Nullable const *_Nullable environment, const char *_Nullable folder,
                 const int *_Nonnull streams, pid_t *_Nonnull process);

/*
 * No process is started between the two calls. A process that is being started has for a moment what we have open, and a file
 * that anybody has open for writing can't be executed (ETXTBSY): so files that will be are written, and closed, between them.
 */
void keeper_hold_starts(void);
void keeper_allow_starts(void);

#endif
