/*
 * Who waits for a monitor of the Java virtual machine, and who owns it. Before Java 24, one of those who wait to enter a
 * `synchronized` looks around after 1 ms, 8, 64, 512 and then every second for good, which to the kernel is a thread that
 * waits for a time. HotSpot publishes in its memory where the fields of its structures lie, for the Serviceability Agent
 * (vmStructs.hpp; the same names from Java 11 to 25): from them a thread's native id, the monitor that it is about to enter,
 * and that one's owner. A program can forge all of it, and thereby make a deadlock of what would have been too slow.
 */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jvm.h"

#define MOST_HEADERS 64
#define MOST_DYNAMIC 128
#define MOST_CHAIN 256 /* symbols of one bucket */
#define MOST_FIELDS 2048
#define MOST_MAPPINGS 4096
#define MOST_NAME 48 /* more than any that we look for */
#define LIBRARY "/libjvm.so"

/* The fields that are read, each with the structures that have it in one version or another. */
enum { PENDING, SYSTEM_THREAD, STACK_BASE, STACK_SIZE, OWNER_ID, NEXT, NATIVE_ID, OWNER, FIRST, LIST, COUNT, ENTRIES, FIELDS };
static const struct {
  const char *structures[2];
  const char *name;
} fields[FIELDS] = {
    [PENDING] = {{"JavaThread", "Thread"}, "_current_pending_monitor"},
    [SYSTEM_THREAD] = {{"JavaThread", "Thread"}, "_osthread"},
    [STACK_BASE] = {{"JavaThread", "Thread"}, "_stack_base"},
    [STACK_SIZE] = {{"JavaThread", "Thread"}, "_stack_size"},
    [OWNER_ID] = {{"JavaThread", "JavaThread"}, "_monitor_owner_id"},
    [NEXT] = {{"JavaThread", "JavaThread"}, "_next"},
    [NATIVE_ID] = {{"OSThread", "OSThread"}, "_thread_id"},
    [OWNER] = {{"ObjectMonitor", "ObjectMonitor"}, "_owner"},
    [FIRST] = {{"Threads", "Threads"}, "_thread_list"},
    [LIST] = {{"ThreadsSMRSupport", "ThreadsSMRSupport"}, "_java_thread_list"},
    [COUNT] = {{"ThreadsList", "ThreadsList"}, "_length"},
    [ENTRIES] = {{"ThreadsList", "ThreadsList"}, "_threads"},
};

static bool read_at(const jvm *machine, uint64_t address, void *bytes, size_t size) {
  return address != 0 && pread(machine->memory, bytes, size, (off_t)address) == (ssize_t)size;
}

static uint64_t word_at(const jvm *machine, uint64_t address) {
  uint64_t word = 0;
  return read_at(machine, address, &word, sizeof word) ? word : 0;
}

/* The text that lies there, cut off where it is longer than any that we look for. */
static void text_at(const jvm *machine, uint64_t address, char text[MOST_NAME]) {
  ssize_t size = address == 0 ? 0 : pread(machine->memory, text, MOST_NAME - 1, (off_t)address);
  text[size < 0 ? 0 : size] = 0;
}

static bool is_text_at(const jvm *machine, uint64_t address, const char *text) {
  char found[MOST_NAME];
  text_at(machine, address, found);
  return strcmp(found, text) == 0;
}

/* Where the library begins in the process's memory. */
static uint64_t library_base(const container *container, int process) {
  char path[32];
  char line[PATH_MAX + 128];
  uint64_t base = 0;
  snprintf(path, sizeof path, "%d/maps", process);
  int descriptor = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
  if (file == NULL) {
    if (descriptor >= 0) close(descriptor);
    return 0;
  }
  for (unsigned i = 0; base == 0 && i < MOST_MAPPINGS && fgets(line, sizeof line, file) != NULL; i++) {
    size_t size = strcspn(line, "\n");
    size_t suffix = strlen(LIBRARY);
    if (size > suffix && memcmp(line + size - suffix, LIBRARY, suffix) == 0) base = strtoull(line, NULL, 16);
  }
  fclose(file);
  return base;
}

/* What the dynamic linker has of a library in memory. */
typedef struct symbols {
  uint64_t base;
  uint64_t table;
  uint64_t texts;
  uint64_t hash;     /* DT_GNU_HASH, or where there is none */
  uint64_t old_hash; /* DT_HASH */
} symbols;

static bool find_symbols(const jvm *machine, uint64_t base, symbols *found) {
  Elf64_Ehdr header;
  *found = (symbols){.base = base};
  if (!read_at(machine, base, &header, sizeof header) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return false;
  uint64_t dynamic = 0;
  for (unsigned i = 0; i < header.e_phnum && i < MOST_HEADERS; i++) {
    Elf64_Phdr segment;
    if (!read_at(machine, base + header.e_phoff + i * sizeof segment, &segment, sizeof segment)) return false;
    if (segment.p_type == PT_DYNAMIC) dynamic = base + segment.p_vaddr;
  }
  for (unsigned i = 0; dynamic != 0 && i < MOST_DYNAMIC; i++) {
    Elf64_Dyn entry;
    if (!read_at(machine, dynamic + i * sizeof entry, &entry, sizeof entry) || entry.d_tag == DT_NULL) break;
    /* glibc has made an address of it, musl leaves the offset. */
    uint64_t value = entry.d_un.d_ptr < base ? base + entry.d_un.d_ptr : entry.d_un.d_ptr;
    if (entry.d_tag == DT_SYMTAB) found->table = value;
    else if (entry.d_tag == DT_STRTAB) found->texts = value;
    else if (entry.d_tag == DT_GNU_HASH) found->hash = value;
    else if (entry.d_tag == DT_HASH) found->old_hash = value;
  }
  return found->table != 0 && found->texts != 0 && (found->hash != 0 || found->old_hash != 0);
}

/* The value of the variable with this number, if that is its name. */
static bool is_variable(const jvm *machine, const symbols *symbols, uint32_t index, const char *name, uint64_t *value) {
  Elf64_Sym symbol;
  if (!read_at(machine, symbols->table + index * sizeof symbol, &symbol, sizeof symbol)) return false;
  if (!is_text_at(machine, symbols->texts + symbol.st_name, name)) return false;
  *value = word_at(machine, symbols->base + symbol.st_value);
  return true;
}

static uint64_t variable_by_old_hash(const jvm *machine, const symbols *symbols, const char *name) {
  uint32_t counts[2]; /* of buckets and of symbols */
  uint32_t hash = 0;
  uint32_t index = 0;
  uint64_t value = 0;
  for (const char *next = name; *next != 0; next++) {
    hash = (hash << 4) + (unsigned char)*next;
    hash = (hash ^ (hash >> 24 & 0xf0)) & 0x0fffffff;
  }
  uint64_t buckets = symbols->old_hash + sizeof counts;
  if (!read_at(machine, symbols->old_hash, counts, sizeof counts) || counts[0] == 0) return 0;
  uint64_t chains = buckets + 4 * (uint64_t)counts[0];
  if (!read_at(machine, buckets + 4 * (uint64_t)(hash % counts[0]), &index, sizeof index)) return 0;
  for (unsigned i = 0; index != 0 && i < MOST_CHAIN; i++) {
    if (is_variable(machine, symbols, index, name, &value)) return value;
    if (!read_at(machine, chains + 4 * (uint64_t)index, &index, sizeof index)) return 0;
  }
  return 0;
}

/* The value of an exported variable of 8 bytes; 0 where there is none. The tables are those of the System V ABI and of GNU. */
static uint64_t variable(const jvm *machine, const symbols *symbols, const char *name) {
  struct {
    uint32_t buckets, first, words, shift;
  } head;
  uint32_t hash = 5381;
  uint32_t index = 0;
  uint64_t value = 0;
  if (symbols->hash == 0) return variable_by_old_hash(machine, symbols, name);
  for (const char *next = name; *next != 0; next++) hash = hash * 33 + (unsigned char)*next;
  if (!read_at(machine, symbols->hash, &head, sizeof head) || head.buckets == 0) return 0;
  uint64_t buckets = symbols->hash + sizeof head + 8 * (uint64_t)head.words;
  uint64_t chains = buckets + 4 * (uint64_t)head.buckets;
  if (!read_at(machine, buckets + 4 * (uint64_t)(hash % head.buckets), &index, sizeof index)) return 0;
  if (index < head.first) return 0;
  for (unsigned i = 0; i < MOST_CHAIN; i++, index++) {
    uint32_t present;
    if (!read_at(machine, chains + 4 * (uint64_t)(index - head.first), &present, sizeof present)) return 0;
    if ((present | 1) == (hash | 1) && is_variable(machine, symbols, index, name, &value)) return value;
    if (present & 1) return 0;
  }
  return 0;
}

static int field_of(const jvm *machine, uint64_t structure, uint64_t name) {
  char text[MOST_NAME];
  text_at(machine, name, text);
  for (int i = 0; i < FIELDS; i++) {
    if (strcmp(text, fields[i].name) != 0) continue;
    if (is_text_at(machine, structure, fields[i].structures[0])) return i;
    if (is_text_at(machine, structure, fields[i].structures[1])) return i;
  }
  return -1;
}

/* Reads where the fields lie: in their structures, or, of those that belong to none, in memory. */
static bool find_fields(jvm *machine, const symbols *symbols) {
  uint64_t entry = variable(machine, symbols, "gHotSpotVMStructs");
  uint64_t stride = variable(machine, symbols, "gHotSpotVMStructEntryArrayStride");
  uint64_t structure = variable(machine, symbols, "gHotSpotVMStructEntryTypeNameOffset");
  uint64_t name = variable(machine, symbols, "gHotSpotVMStructEntryFieldNameOffset");
  uint64_t offset = variable(machine, symbols, "gHotSpotVMStructEntryOffsetOffset");
  uint64_t address = variable(machine, symbols, "gHotSpotVMStructEntryAddressOffset");
  if (entry == 0 || stride == 0) return false;
  for (unsigned i = 0; i < MOST_FIELDS; i++, entry += stride) {
    uint64_t structure_name = word_at(machine, entry + structure);
    if (structure_name == 0) break;
    int field = field_of(machine, structure_name, word_at(machine, entry + name));
    if (field < 0) continue;
    bool is_shared = field == FIRST || field == LIST;
    machine->fields[field] = word_at(machine, entry + (is_shared ? address : offset));
    machine->known |= 1U << field;
  }
  unsigned needed = 1U << PENDING | 1U << SYSTEM_THREAD | 1U << NATIVE_ID | 1U << OWNER;
  unsigned list = 1U << LIST | 1U << COUNT | 1U << ENTRIES;
  unsigned chain = 1U << FIRST | 1U << NEXT;
  if ((machine->known & needed) != needed) return false;
  return (machine->known & list) == list || (machine->known & chain) == chain;
}

static bool knows(const jvm *machine, int field) { return machine->known & 1U << field; }

static uint64_t member(const jvm *machine, uint64_t structure, int field) {
  return structure == 0 ? 0 : word_at(machine, structure + machine->fields[field]);
}

/* The thread at this place, after `previous`; 0 where there are no more. */
static uint64_t thread_at(const jvm *machine, size_t place, uint64_t previous) {
  if (!knows(machine, LIST)) {
    return place == 0 ? word_at(machine, machine->fields[FIRST]) : member(machine, previous, NEXT);
  }
  uint64_t list = word_at(machine, machine->fields[LIST]);
  if (place >= (uint32_t)member(machine, list, COUNT)) return 0;
  return word_at(machine, member(machine, list, ENTRIES) + 8 * place);
}

static void read_threads(jvm *machine) {
  uint64_t next = 0;
  while (machine->count < JVM_THREADS && (next = thread_at(machine, machine->count, next)) != 0) {
    jvm_thread *thread = &machine->threads[machine->count++];
    thread->structure = next;
    thread->id = (int)(uint32_t)member(machine, member(machine, next, SYSTEM_THREAD), NATIVE_ID);
    thread->monitor = member(machine, next, PENDING);
    thread->number = knows(machine, OWNER_ID) ? member(machine, next, OWNER_ID) : 0;
    thread->stack = knows(machine, STACK_BASE) ? member(machine, next, STACK_BASE) : 0;
    thread->stack_size = knows(machine, STACK_SIZE) ? member(machine, next, STACK_SIZE) : 0;
  }
}

/* An owner is said by its number, by the thread's structure, or by a place on its stack, as the version has it. */
static bool owns(const jvm *machine, const jvm_thread *thread, uint64_t owner) {
  if (knows(machine, OWNER_ID)) return owner == thread->number;
  return owner == thread->structure || (owner < thread->stack && thread->stack - owner <= thread->stack_size);
}

bool jvm_open(const container *container, int process, jvm *machine) {
  char path[24];
  symbols symbols;
  machine->process = process;
  machine->memory = -1;
  machine->known = 0;
  machine->count = 0;
  uint64_t base = library_base(container, process);
  snprintf(path, sizeof path, "%d/mem", process);
  if (base != 0) machine->memory = openat(container->proc, path, O_RDONLY | O_CLOEXEC);
  if (machine->memory < 0) return false;
  if (find_symbols(machine, base, &symbols) && find_fields(machine, &symbols)) {
    read_threads(machine);
    return true;
  }
  jvm_close(machine);
  return false;
}

bool jvm_waits(const jvm *machine, int thread, int *owner) {
  uint64_t monitor = 0;
  *owner = 0;
  for (size_t i = 0; i < machine->count; i++) {
    if (machine->threads[i].id == thread) monitor = machine->threads[i].monitor;
  }
  /* One that nobody owns is entered at the next look around. */
  uint64_t holder = member(machine, monitor, OWNER);
  if (holder == 0) return false;
  for (size_t i = 0; *owner == 0 && i < machine->count; i++) {
    if (owns(machine, &machine->threads[i], holder)) *owner = machine->threads[i].id;
  }
  return true;
}

void jvm_close(jvm *machine) {
  if (machine->memory >= 0) close(machine->memory);
  machine->memory = -1;
}
