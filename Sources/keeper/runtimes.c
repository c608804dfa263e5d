/*
 * Threads of a runtime that look around from time to time for as long as the program lives, and never wake a thread of the
 * program by themselves.
 */
#include <elf.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "keeper.h"

#define MOST_SEGMENTS 64
#define MOST_NOTES 1024 /* bytes */
#define GO_BUILD_ID 4

bool runtime_is_java(const container *container, int process) {
  char path[24];
  char program[PATH_MAX];
  snprintf(path, sizeof path, "%d/exe", process);
  ssize_t size = readlinkat(container->proc, path, program, sizeof program);
  return size >= 5 && memcmp(program + size - 5, "/java", 5) == 0;
}

/*
 * Those of the Java virtual machine are known by their names, which a program can give to its threads too: one that does
 * is only called a deadlock where it would have been called too slow.
 */
bool runtime_is_java_helper(const container *container, const task *task) {
  static const char *const names[] = {"VM Periodic Tas", "VM Thread",       "G1 ",            "GC Thread",
                                      "C1 CompilerThre", "C2 CompilerThre", "Common-Cleaner", "Monitor Deflati",
                                      "Service Thread",  "Sweeper thread"};
  char name[16];
  size_t size = watch_name(container, task->process, task->thread, name);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    bool is_known = strlen(names[i]) <= size && memcmp(names[i], name, strlen(names[i])) == 0;
    if (is_known) return runtime_is_java(container, task->process);
  }
  return false;
}

static bool has_go_note(const char *notes, size_t size) {
  Elf64_Nhdr header;
  for (size_t at = 0; at + sizeof header + 4 <= size;) {
    memcpy(&header, notes + at, sizeof header);
    if (header.n_type == GO_BUILD_ID && header.n_namesz == 4 && memcmp(notes + at + sizeof header, "Go\0", 4) == 0) {
      return true;
    }
    if (header.n_namesz > MOST_NOTES || header.n_descsz > MOST_NOTES) return false;
    at += sizeof header + ((header.n_namesz + 3) & ~3U) + ((header.n_descsz + 3) & ~3U);
  }
  return false;
}

/* Whether Go's linker has left its mark in the program's file. */
static bool is_go(const container *container, int process) {
  char path[24];
  char notes[MOST_NOTES];
  Elf64_Ehdr header;
  Elf64_Phdr segment;
  bool is = false;
  snprintf(path, sizeof path, "%d/exe", process);
  int file = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool is_program = pread(file, &header, sizeof header, 0) == (ssize_t)sizeof header &&
                    memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_ident[EI_CLASS] == ELFCLASS64;
  for (unsigned i = 0; is_program && !is && i < header.e_phnum && i < MOST_SEGMENTS; i++) {
    off_t place = (off_t)(header.e_phoff + i * sizeof segment);
    if (pread(file, &segment, sizeof segment, place) != (ssize_t)sizeof segment) break;
    if (segment.p_type != PT_NOTE) continue;
    size_t size = segment.p_filesz < sizeof notes ? (size_t)segment.p_filesz : sizeof notes;
    ssize_t count = pread(file, notes, size, (off_t)segment.p_offset);
    is = count > 0 && has_go_note(notes, (size_t)count);
  }
  close(file);
  return is;
}

/*
 * Go's own monitor is the first thread that its runtime makes. While all goroutines wait it sleeps in a futex for up to a
 * minute. Timers of the program are waited for with epoll (from Go 1.14 on; before, another thread slept in a futex, which
 * is none of these).
 */
static bool is_go_helper(const container *container, const task *task, const unsigned long arguments[6]) {
  return task->is_second && (int)arguments[1] == (FUTEX_WAIT | FUTEX_PRIVATE_FLAG) && is_go(container, task->process);
}

bool runtime_is_helper(const container *container, const task *task, const unsigned long arguments[6]) {
  switch (task->call) {
  case SYS_futex: return runtime_is_java_helper(container, task) || is_go_helper(container, task, arguments);
  case SYS_clock_nanosleep:
  case SYS_restart_syscall: return runtime_is_java_helper(container, task);
  default: return false;
  }
}
