/*
 * What the harness and the keeper share: the messages (messages.h) and the channel that carries them (channel.h).
 */
#ifndef KEEPER_CKEEPER_H
#define KEEPER_CKEEPER_H

#include "channel.h"
#include "messages.h"

#endif
