/*
 * What this kernel can do. In C because syscall(2) is variadic and therefore not visible from Swift.
 */
#ifndef KEEPER_PROBE_H
#define KEEPER_PROBE_H

#include <stddef.h>
#include <stdint.h>

/* The Landlock ABI, from 1; 0 where the kernel has none or it is switched off. */
int keeper_landlock_abi(void);

/* 1 where the kernel can hand system calls to a supervisor (SECCOMP_RET_USER_NOTIF), else 0. */
int keeper_has_notifications(void);

/* An anonymous memory file, close-on-exec; -1 with errno. */
int keeper_memory_file(const char *_Nonnull name);

/* In C because the call is hidden from Swift: the CPUs that this process may use, as bits. 0, or -1 with errno. */
int keeper_own_cpus(uint64_t *_Nonnull words, size_t count);

#endif
