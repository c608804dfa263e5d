/*
 * Starting the keeper. In C because the call that closes everything else in the new process is hidden from Swift.
 */
#ifndef KEEPER_LAUNCH_H
#define KEEPER_LAUNCH_H

#include <sys/types.h>

/*
 * Starts `executable` with `channel` as its descriptor KEEPER_CHANNEL, /dev/null as standard input and output, nothing
 * else open but standard error, and no signal blocked. Returns 0 and the process in `process`, or an errno.
 */
int keeper_launch(const char *_Nonnull executable, int channel, pid_t *_Nonnull process);

#endif
