/*
 * What the harness and the keeper share: the messages (messages.h) and the channel that carries them (channel.h),
 * and what is asked of the kernel (probe.h).
 */
#ifndef KEEPER_CKEEPER_H
#define KEEPER_CKEEPER_H

#include "channel.h"
#include "launch.h"
#include "messages.h"
#include "probe.h"

#endif
