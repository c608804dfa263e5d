/*
 * What the harness and the keeper share: the messages (messages.h) and the channel that carries them (channel.h),
 * what a journal holds (journal.h), what is asked of the kernel (probe.h), and work to measure CPUs by (spin.h).
 */
#ifndef KEEPER_CKEEPER_H
#define KEEPER_CKEEPER_H

#include "channel.h"
#include "journal.h"
#include "launch.h"
#include "messages.h"
#include "probe.h"
#include "spin.h"

#endif
