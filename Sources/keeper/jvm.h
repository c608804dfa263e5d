/* Who waits for a monitor of Java's, as it is read from outside (jvm.c). */
#ifndef KEEPER_JVM_H
#define KEEPER_JVM_H

#include "keeper.h"

#define JVM_THREADS 512 /* of more, some are not known */

/* A thread of Java, by addresses in its process. */
typedef struct jvm_thread {
  int id;
  uint64_t structure;
  uint64_t monitor; /* that it is about to enter; 0 for none */
  uint64_t number;
  uint64_t stack; /* its upper end */
  uint64_t stack_size;
} jvm_thread;

/* A virtual machine of Java, as it was read from outside. */
typedef struct jvm {
  int process;
  int memory;     /* -1 where it is none */
  unsigned known; /* which of the fields are there */
  uint64_t fields[16];
  size_t count;
  jvm_thread threads[JVM_THREADS];
} jvm;

/* Reads a process of Java; false where it is another kind of machine, or can't be read. */
bool jvm_open(const container *_Nonnull container, int process, jvm *_Nonnull machine);
/* Whether the thread waits to enter a monitor that has an owner; its thread id too, or 0 where it can't be told. */
bool jvm_waits(const jvm *_Nonnull machine, int thread, int *_Nonnull owner);
void jvm_close(jvm *_Nonnull machine);

#endif
