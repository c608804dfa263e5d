/* What the files that keep a run's accounts share: the lives of its tasks. */
#ifndef KEEPER_ACCOUNTS_H
#define KEEPER_ACCOUNTS_H

#include "keeper.h"

#define BUCKETS 1024
#define MANY_ENDED 256
#define MANY_BIRTHS 256

typedef struct life {
  struct life *_Nullable next;
  int process;
  int thread;
  int state; /* keeper_state last noted; 0 for none */
  long call;
  bool is_endless;
  uint64_t switches; /* voluntary ones, when its last sleep was heard of */
  int64_t asleep_until;
  keeper_account account;
} life;

typedef struct birth {
  bool is_thread;
  bool is_taken;
  int process;
  int thread;
  int64_t time;
} birth;

struct accounts {
  life *_Nullable buckets[BUCKETS];
  struct {
    int process;
    int thread; /* 0: all of the process's */
  } ended[MANY_ENDED];
  size_t ended_count;
  birth births[MANY_BIRTHS];
  size_t birth_count;
  size_t accounts_noted;
  size_t states_noted;
  int64_t last_cost; /* nanoseconds of CPU that the last look took */
  int64_t last_look;
};

/* The accounts of a run that has any, made when they are first wanted; else NULL. */
struct accounts *_Nullable accounts_of(run *_Nonnull run);
life *_Nullable accounts_find(struct accounts *_Nonnull accounts, int process, int thread);
/* Whether the task's account is closed already: it may still be seen on its way out. */
bool accounts_have_ended(const struct accounts *_Nonnull accounts, int process, int thread);
/* The life of a task that was looked at; one that nobody had heard of began at that instant. */
life *_Nullable accounts_life(run *_Nonnull run, const facts *_Nonnull facts, int64_t began);
void accounts_update(const run *_Nonnull run, life *_Nonnull life, const facts *_Nonnull facts);
/* Nanoseconds since the program's start. */
int64_t accounts_instant(const run *_Nonnull run);

/* How long a call sleeps, in nanoseconds; 1 where that can't be known, 0 for one that lets no time pass. */
int64_t sleeps_length(uint32_t outer, const struct seccomp_data *_Nonnull call);

#endif
