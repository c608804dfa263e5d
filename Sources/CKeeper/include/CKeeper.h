#ifndef KEEPER_MESSAGES_H
#define KEEPER_MESSAGES_H
int keeper_placeholder(void);
#endif
