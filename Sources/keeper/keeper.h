/*
 * What the keeper's files share. See main.c for the theory of operation.
 */
#ifndef KEEPER_KEEPER_H
#define KEEPER_KEEPER_H

#include <CKeeper.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#define NANOSECONDS 1000000000LL
#define MILLISECONDS 1000000LL

/* How long everything must have been at rest before that is called a deadlock, or a process a leftover. */
#define KEEPER_REST (200 * MILLISECONDS)

/*
 * Children that ended and are not waited for are no tasks of a run's limit, but each holds one of the machine's ids. The
 * kernel's own limits allow them on top, so that it is the keeper that refuses a birth, and knows of it.
 */
#define KEEPER_ZOMBIES 500

/* How many tasks the kernel is to allow a run; where the keeper counts births, it is only the second to refuse one. */
static inline uint32_t kernel_tasks(const keeper_run *_Nonnull run) {
  return run->tasks + (run->flags & KEEPER_COUNTS_BIRTHS ? KEEPER_ZOMBIES : 0);
}

/* Nanoseconds on the monotonic clock; every deadline and every instant is on it. */
int64_t clock_now(void);

/* Closes a descriptor if it is open and marks it closed. */
void close_descriptor(int *_Nonnull descriptor);

/* What is watched by way of the seccomp listener; each combination has a filter of its own. */
#define KEEPER_LISTENS \
  (KEEPER_COUNTS_BIRTHS | KEEPER_DETECTS_DEADLOCK | KEEPER_STRETCHED | KEEPER_THREADS_ONLY | KEEPER_MUTED | \
   KEEPER_ACCOUNTS_TASKS | KEEPER_TRACES_STATES | KEEPER_GUARDS_SIGNALS)

/* What a tier has: namespaces and mounts of its own, rules on files (Landlock), filters on calls (seccomp). */
static inline bool has_namespaces(int tier) { return tier == KEEPER_TIER_CGROUP || tier == KEEPER_TIER_NAMESPACES; }
static inline bool has_rules(int tier) { return tier != KEEPER_TIER_BARE; }

/* ---- events.c: one epoll loop over sources ------------------------------------------------------------------------ */

typedef struct source {
  int descriptor; /* -1 when closed; its handler is then not called any more */
  void (*_Nonnull ready)(struct source *_Nonnull source, uint32_t events);
  void *_Nonnull owner;
} source;

/* Watches `descriptor` for reading; returns 0 or -1 with errno. */
int events_watch(source *_Nonnull source, int descriptor,
                 void (*_Nonnull ready)(struct source *_Nonnull, uint32_t), void *_Nonnull owner);
/* Hears no more of a source that stays open. */
void events_ignore(source *_Nonnull source);
void events_close(source *_Nonnull source);
/* Waits until `deadline` (INT64_MAX for ever) and calls the handlers of what is ready. */
void events_wait(int64_t deadline);
/* Frees memory after the handlers of this round have run: none can then still hold it. */
void events_free_later(void *_Nonnull memory);

/* ---- journal.c ---------------------------------------------------------------------------------------------------- */

typedef struct journal {
  int descriptor;
  int64_t origin;   /* the program's start */
  uint64_t records; /* written so far, those of bytes excepted */
} journal;

void journal_note(journal *_Nonnull journal, keeper_record record, const void *_Nullable payload, size_t size);

/* ---- the request of a run as the container's init gets it --------------------------------------------------------- */

#define MAX_TEXTS 4096

/* The texts of a request; `items` point into its bytes. */
typedef struct texts {
  char *_Nullable bytes;
  size_t size;
  bool is_mapped;
  size_t count;
  char *_Nullable items[MAX_TEXTS + 1];
} texts;

/* Maps a memory file of `count` NUL-terminated strings; 0, or -1 with errno (EINVAL where it holds fewer). */
int texts_map(texts *_Nonnull texts, int descriptor, size_t count);
void texts_unmap(texts *_Nonnull texts);
/* Finds `count` strings in bytes that stay where they are; 0, or -1 with errno (EINVAL where there are fewer). */
int texts_find(texts *_Nonnull texts, char *_Nonnull bytes, size_t size, size_t count);

/* ---- messages between the keeper and a container's init ------------------------------------------------------------ */

typedef enum init_kind {
  INIT_START = 1, /* keeper -> init: init_request and short texts; descriptors: stdin, stdout, stderr, long texts */
  INIT_SWEEP,     /* keeper -> init: kill everything, reap it, empty the folders */
  INIT_EXAMINE,   /* keeper -> init: have a debugger say where the threads of `process` are; descriptor: for its text */
  INIT_MOVE,      /* keeper -> init: take a task, whose id is in `process`, to a CPU of the run; to any of them with -1 */
  INIT_PREPARE,   /* keeper -> init: the run is over and has been looked at for the last time; make the next child ahead */
  INIT_READY,     /* init -> keeper: init_reply; descriptors: proc, witness, work, harness, then the listener if there is one */
  INIT_LISTENER,  /* the new child -> keeper: pid; descriptor: its seccomp listener */
  INIT_STARTED,   /* init -> keeper: pid, start; or stage and error */
  INIT_EXITED,    /* init -> keeper: pid, start, status, time; with is_swept also all that INIT_SWEPT says */
  INIT_SWEPT,     /* init -> keeper: what was used; stage and error when the folders could not be emptied */
} init_kind;

typedef struct init_request {
  uint32_t kind;
  int32_t process; /* of INIT_EXAMINE and INIT_MOVE */
  int32_t cpu;     /* of INIT_MOVE */
  int32_t reserved;
  keeper_run run;
} init_request;

/* A request and its texts as they are sent: as much of them as there is. */
typedef struct init_message {
  init_request request;
  char texts[KEEPER_SHORT_TEXTS];
} init_message;

typedef struct init_reply {
  uint32_t kind;
  int32_t stage;
  int32_t error;
  int32_t pid;
  int32_t status;
  int32_t is_swept; /* nothing was left, and the folders are empty already */
  int32_t killed;   /* a process that the sweep had to kill; 0 for none */
  int32_t is_ahead; /* the listener is that of a child made ahead */
  int64_t start;
  int64_t time;
  int64_t user_time;
  int64_t system_time;
  uint64_t peak_memory;
} init_reply;

/* ---- init.c, spawn.c, mounts.c, landlock.c, filter.c, wipe.c: inside the container --------------------------------- */

/* What its programs' user is called in a container that has ids of its own. */
#define INNER_USER 1000

/* What a container's init knows of its place. */
typedef struct place {
  int tier;
  int network;
  bool shares_memory;
  bool listens;
  int user; /* the id, as the container sees it, that its programs run under (tier C; A, B and E for root), else -1 */
  uint64_t disk_space;
  uint32_t readable_count;
  uint32_t writable_count;
  texts *_Nonnull paths;
  char folder[104]; /* tiers C to E */
  int outer_uid;
  int outer_gid;
  int control; /* the socket to the keeper */
  int work;    /* the folders that hold files, as directory descriptors */
  int temporary;
  int shared_memory; /* tiers A and B only, else -1 */
  int harness;
  int witness;
  int listener; /* on loopback, where the harness wants one; else -1 */
} place;

struct launch;

/* Takes the next request; 1, 0 when there is none yet, -1 when there will be none. */
int init_receive(const place *_Nonnull place, struct launch *_Nonnull launch, int nonblocking);

/* The whole life of a container's init; never returns. */
void init_main(place *_Nonnull place) __attribute__((noreturn));

/* Kills all processes of the user that the container's programs have (tier C). */
void kills_by_user(const place *_Nonnull place);
/* Kills every descendant that is there now; whoever is born meanwhile is the child of one of these. */
void kills_of_descendants(pid_t parent);

/* Builds the private root and enters it; returns a keeper_stage, KEEPER_STAGE_NONE when all went well (else errno). */
keeper_stage mounts_enter(place *_Nonnull place);

/* Makes the folders of tiers C to E below place->folder. */
keeper_stage mounts_plain_folders(place *_Nonnull place);
/* Makes the FIFO for the witness in place->harness. */
keeper_stage mounts_witness(place *_Nonnull place);

/* A program's start: the request, and what became of it. */
typedef struct launch {
  init_message message;
  size_t size; /* of the message */
  int descriptors[KEEPER_MAX_DESCRIPTORS];
  size_t count;
  bool is_received; /* the request is there: taken by init, or by the child that waited for it */
  texts texts;
  pid_t pid; /* -1 when there is no child */
  int stage;
  int error;
  int64_t time;
} launch;

/* Restricts a container's init in what its programs are to inherit; a keeper_stage, else errno. */
keeper_stage spawn_prepare(const place *_Nonnull place);

/* Makes a child that is restricted for `run`: it becomes the program of the request, if need be awaits one of its kind. */
void spawn_program(const place *_Nonnull place, const keeper_run *_Nonnull run, int ruleset, launch *_Nonnull launch);
/* Whether the child for the next run may be made after this one, before it is asked for. */
bool spawn_may_prepare(int tier, const keeper_run *_Nonnull run);
/* Whether a child that was restricted for one run will do for another. */
bool spawn_is_alike(const keeper_run *_Nonnull run, const keeper_run *_Nonnull other);

/* For what init starts beside programs: a limit of its own (no higher than may be), no rights but a program's, its streams. */
int spawn_limit(int resource, uint64_t soft, uint64_t hard);
int spawn_drop_rights(const place *_Nonnull place);
int spawn_connect(const int streams[_Nonnull 3]);

/* Starts a debugger that writes the stacks of a process; its id, -1 where it could not be started. */
pid_t examiner_start(const place *_Nonnull place, int process, int output);
/* Ends one whose output has ended, itself perhaps not yet: it must not count as one of the run's. */
void examiner_end(pid_t examiner);

/* The version of Landlock that is used: the kernel's, or a lower one named in THREADMARK_LANDLOCK_ABI, for trying it. */
long landlock_version(void);
/* From this version on, programs can signal nothing outside their domain. */
#define LANDLOCK_SCOPES_SIGNALS 6

/* The Landlock rules of the container; -1 with errno when the kernel has none. */
int landlock_ruleset(const place *_Nonnull place);

/* The seccomp program that a container's init installs for all its programs, kept for later; NULL with errno. */
const struct sock_fprog *_Nullable filter_base(int tier, int network);
/* The one that a run with these flags gets on top, kept for later; NULL with errno. */
const struct sock_fprog *_Nullable filter_program(int tier, uint32_t flags);

/* The one that a debugger gets in its place; NULL with errno. */
const struct sock_fprog *_Nullable filter_examiner(int tier);

/* Removes everything below a directory, whatever its depth; names in `keep` (at top level) stay. 0, or -1 with errno. */
int wipe_folder(int folder, const char *_Nullable keep);

/* Removes what a user left in the machine's /dev/shm. */
void wipe_shared_memory(uid_t user);

/* Removes what programs left of System V memory, semaphores and queues in the container's namespace. */
void wipe_objects(void);

/* What all files in a container's plain folders take up, in bytes; UINT64_MAX where there are more than that many. */
uint64_t measure_folder(const char *_Nonnull folder, uint64_t most_entries);

/* ---- cgroup.c ----------------------------------------------------------------------------------------------------- */

#define CGROUP_PATH 256

/* A container's control groups; version 2 has one for both. */
typedef struct cgroup {
  bool is_made;
  char memory[CGROUP_PATH];
  char tasks[CGROUP_PATH];
  uint64_t kills_before; /* at the start of the run */
} cgroup;

/* Makes the groups and puts a container's init into them; 0, or -1 with errno. */
int cgroup_make(cgroup *_Nonnull made, pid_t init);
/* Sets the limits of the run that comes next; 0, or -1 with errno. */
int cgroup_limit(cgroup *_Nonnull group, uint64_t memory, uint32_t tasks);
/* How many processes the kernel has killed for want of memory since the group was made. */
uint64_t cgroup_kills(const cgroup *_Nonnull group);
void cgroup_remove(cgroup *_Nonnull group);

/* A file whatever it is called; unknown where there is none. */
typedef struct file_identity {
  bool is_known;
  dev_t device;
  ino_t inode;
} file_identity;

/* ---- container.c: the keeper's side of a container ------------------------------------------------------------------ */

struct run;

typedef struct container {
  uint64_t id;
  int tier;
  int network;
  pid_t init;
  source control; /* the socket to its init */
  keeper_run ahead; /* what the next child was made ahead for */
  int listener;     /* of that child, once it is known; else -1 */
  pid_t ahead_leader;
  int proc;       /* /proc as the container sees it (tiers C to E: as the keeper does) */
  int witness;    /* both ends of its FIFO, for reading */
  file_identity witness_file;
  int user;       /* as in place, but as the machine sees it */
  cgroup group; /* tier A */
  char folder[104];
  char *_Nullable given; /* the paths that the harness gave it, NUL-terminated, one after the other */
  size_t given_size;
  bool is_ready;
  struct run *_Nullable run;
  struct container *_Nullable next;
} container;

extern container *_Nullable containers;
container *_Nullable container_find(uint64_t id);

/* ---- users.c: users of their own for the programs of containers ------------------------------------------------------- */

/* A user id that no account and no other container has; -1 when all are taken. */
int users_choose(void);
/* Whether every user may use what is given to the container; else its programs must be the harness's own user. */
bool users_may_all_use(const keeper_open *_Nonnull request, const texts *_Nonnull paths);
/*
 * Gives a container that has namespaces a second user, for its programs: what the kernel counts for a user on the whole
 * machine is then the container's own. Only root may; where something forbids it, the container has none. Tells init, which
 * waits for that at the other end of `control`; returns 0, or -1 with errno.
 */
int users_give(container *_Nonnull container, int control);

void container_open(const keeper_open *_Nonnull request, int texts);
/* Kills the container and all in it, ends its run as failed, tells the harness. */
void container_close(container *_Nonnull container, int error);

/* ---- run.c: supervision of one run ---------------------------------------------------------------------------------- */

typedef enum phase { PHASE_STARTING, PHASE_RUNNING, PHASE_SETTLING, PHASE_ASKING, PHASE_SWEEPING } phase;

#define MAX_GATED 1024

/* A task that came to the gate of a stretched run. */
typedef struct gated {
  int process;
  int thread;
  uint64_t notification; /* 0 once it was let through */
} gated;

#define MAX_SAMPLED 1024

/* What the kernel counted of a task at the last step, in nanoseconds. */
typedef struct sampled {
  int thread;
  bool is_alive;
  int64_t on_cpu;
  int64_t delay;
} sampled;

#define MAX_ASKED 64
#define MAX_EXAMINED 8
#define MAX_TIMERS 256

/* An armed timer of a process: it fires for the last time at `until`. */
typedef struct timer {
  int process;
  int id;
  int64_t until;
} timer;

/* The last bytes that a stream carried past its limit. */
#define TAIL_SIZE 4096

typedef struct tail {
  char bytes[TAIL_SIZE];
  uint64_t count; /* in all; the last TAIL_SIZE of them are kept, as in a ring */
} tail;

typedef struct run {
  container *_Nonnull container;
  keeper_run request;
  keeper_ended ended;
  phase phase;
  bool is_decided; /* the reason in `ended` stands */
  pid_t leader;
  int64_t deadline;
  int64_t next_look;
  int64_t sweep_deadline;
  source output;
  source errors;
  int written_ends[2]; /* of the pipes of both: held, so that their end, which init tells as well, wakes nobody */
  source witness;
  source listener;
  journal journal;
  tail output_tail;
  tail errors_tail;
  int64_t told; /* when the harness was last told that the journal grew */
  /* watch.c */
  int64_t cpu_base; /* ticks that init had already gathered */
  int64_t cpu_seen; /* nanoseconds */
  int64_t settled_since;
  int64_t stirred_at; /* when a helper of a runtime was last seen to run */
  int64_t scanned_since; /* the rest in which the descriptors were looked at */
  uint64_t settled_switches;
  int64_t settling_since;
  /* waits.c: the streams, whose other ends are not the tree's */
  file_identity input_file;
  file_identity output_file;
  file_identity errors_file;
  file_identity witness_file;
  /* starved.c */
  sampled sampled[MAX_SAMPLED];
  size_t sampled_count;
  int64_t sampled_at;
  int64_t waited_before; /* counted in the last step, but more than that step could hold */
  int64_t cpu_sampled;
  int64_t machine_busy; /* -1 when not known */
  int64_t machine_steal;
  int64_t machine_pressure;
  /* ask.c */
  int asked[MAX_ASKED];
  size_t asked_count;
  size_t asked_at_index; /* whose stacks are asked for */
  size_t answer_count;
  uint64_t answer_size;
  int asked_signal;
  int64_t asked_since; /* when the first was asked */
  int64_t asked_at;
  uint64_t asked_switches;
  /* examine.c */
  int examined[MAX_EXAMINED];
  size_t examined_count;
  size_t examined_index;
  size_t examined_size; /* bytes of text so far */
  int64_t examined_until;
  source examiner;
  /* timers.c */
  timer timers[MAX_TIMERS];
  size_t timer_count;
  bool has_unknown_timers; /* one was armed that can't be followed */
  int64_t next_measure; /* of the folders */
  bool has_settled;
  bool was_empty; /* at the last look after the program's end */
  bool has_leftovers;
  int outliving; /* a process that was refused a birth after the program's end; 0 for none */
  /* notify.c */
  uint64_t alive_estimate;
  uint64_t processes_estimate;
  uint64_t reserved; /* bytes of memory that programs can fill without having it mapped */
  gated gated[MAX_GATED];
  size_t gated_count;
  size_t held_count;
  int64_t held_since;
  int64_t held_since_cpu; /* nanoseconds that the run had used by then */
  int64_t held_total; /* nanoseconds that tasks have been held at the gate */
  /* accounts.c */
  struct accounts *_Nullable accounts;
  int64_t next_account;
  int64_t earliest_account; /* no look before, whatever is born */
  /* spread.c */
  int64_t spread_until;
  bool has_moved; /* one of its tasks, or has been asked to */
  /* surroundings.c */
  struct surroundings *_Nullable surroundings;
} run;

/*
 * A timed run goes before whatever else is on its CPUs. Programs inherit the priority of their init, which only the keeper
 * may raise: init itself has no such right outside its namespace. A keeper that has none either leaves things as they are;
 * what others take is measured anyway.
 */
void run_set_priority(const run *_Nonnull run, int nice);
/* Starts a run; its request has `size` bytes with its texts, and takes over the descriptors that came with it. */
void run_start(container *_Nonnull container, const keeper_run *_Nonnull request, size_t size,
               const int *_Nonnull descriptors);
/* Makes ahead what every run needs, while nobody waits. */
void run_make_next(void);
/* Closes all that a run has open. */
void run_close(run *_Nonnull run);
void run_handle_reply(run *_Nonnull run, const init_reply *_Nonnull reply, const int *_Nonnull descriptors,
                      size_t count);
/* Decides why the run ends, if that is not yet decided, and has everything of it killed. */
void run_stop(run *_Nonnull run, keeper_reason reason);

/* ---- streams.c ---------------------------------------------------------------------------------------------------- */

/* Handles a stream of the run that can be read; the run is the source's owner. */
void streams_ready(source *_Nonnull source, uint32_t events);
/* Reads what lies in the witness's channel. */
void streams_hear(run *_Nonnull run);
/* Reads what still lies in all streams after the end. */
void streams_drain(run *_Nonnull run);
/* Notes the last bytes that the standard streams carried past their limit. */
void streams_note_tails(run *_Nonnull run);
void run_fail(run *_Nonnull run, keeper_stage stage, int error);
/* Looks after deadlines; returns when it wants to be called again. */
int64_t run_tick(run *_Nonnull run, int64_t now);

/* ---- watch.c: the kernel's view of a tree --------------------------------------------------------------------------- */

#define MAX_TASKS 4096
#define MAX_PROCESSES 4096

typedef struct task {
  int process;
  int thread;
  long call;
  int cpu; /* in a timed run, of those that could run; else -1 */
  char state;
  bool is_second; /* of its process's threads, in the order in which they were made */
  bool is_held;
  bool is_endless; /* waits for something only its own tree can bring about */
  bool is_sleeping; /* waits for nothing but an instant */
  bool is_entering; /* may be entering a monitor of Java's, which is a timed wait to the kernel */
} task;

typedef struct view {
  size_t count;    /* tasks that are not zombies */
  size_t zombies;
  size_t processes;
  size_t running;  /* states R and D */
  size_t stirring; /* of these, the ones of a runtime that looks around from time to time */
  size_t stopped;  /* state T */
  size_t held;     /* at the gate */
  size_t endless;  /* in a wait that only the tree itself can end */
  size_t helpers;  /* in a timed wait, of a runtime that never wakes the program by itself */
  size_t entering; /* in a timed wait that may be for a monitor of Java's */
  uint64_t switches; /* changes whenever a task that is neither helper nor entering is switched to, born or gone */
  bool is_complete; /* false where something could not be looked at */
  task tasks[MAX_TASKS];
} view;

/* Looks at all tasks of the run; with `waits` also what each one waits for. */
void watch_tasks(run *_Nonnull run, view *_Nonnull view, bool waits);
/* The processes of the container beside its init, at most MAX_PROCESSES; how many, and whether these are all. */
size_t watch_processes(const container *_Nonnull container, int *_Nonnull processes, bool *_Nonnull is_complete);
/* Adds up CPU time and memory of the tree (usage.c). */
void watch_usage(run *_Nonnull run, int64_t *_Nonnull cpu, uint64_t *_Nonnull memory);
/* The regular look at a running program (look.c): limits on CPU and memory, deadlock, the gate. */
void watch_look(run *_Nonnull run, int64_t now);
/* The look at what is left after the program's end. */
void watch_settle(run *_Nonnull run, int64_t now);
/* The name of a process or thread, at most 15 bytes. */
size_t watch_name(const container *_Nonnull container, int process, int thread, char name[_Nonnull 16]);

/* Reads as a program's own user what /proc shows to nobody else, where programs have one; and as oneself again. */
void watch_as(const container *_Nonnull container);
void watch_as_oneself(const container *_Nonnull container);
/* Room for the `status` of a task whose user is in thousands of groups: what is read of it lies behind their list. */
#define STATUS_SIZE (64 << 10)

/* Reads a small file below /proc as text; its size, or -1 with errno. */
ssize_t watch_read(const container *_Nonnull container, const char *_Nonnull path, char *_Nonnull text,
                   size_t capacity);
/* The numbers among a directory's names. */
size_t watch_numbers(int directory, int *_Nonnull numbers, size_t capacity);
/* Whether the tree has been as it is, without a switch to any of its tasks, for `duration`. */
bool watch_rested(run *_Nonnull run, const view *_Nonnull view, int64_t now, int64_t duration);
/* Whether the program has ended by itself, or is about to; init, on a busy machine, may say so much later. Its first thread may end before it. */
bool watch_has_ended(const run *_Nonnull run);

/* ---- waits.c: what one task waits for ------------------------------------------------------------------------------- */

/* What a task wants of another that it waits for. */
typedef enum waits_relation {
  WAITS_UNKNOWN = KEEPER_RELATION_UNKNOWN,
  WAITS_FOR_LOCK = KEEPER_RELATION_LOCK,
  WAITS_FOR_END = KEEPER_RELATION_END,
} waits_relation;

/* The call that a task at rest is in, with its arguments; -1 where it is in none. */
long waits_call(const container *_Nonnull container, int process, int thread, unsigned long arguments[_Nonnull 6]);
/* Whether something outside of the run may be at the other end of its sockets. */
bool waits_socket_leads_out(const run *_Nonnull run);
/* Whether the call has no timeout and waits for something that only the run's own tree can bring about. */
bool waits_endlessly(const run *_Nonnull run, const task *_Nonnull task, const unsigned long arguments[_Nonnull 6]);
/* Whether the call waits for any one of many descriptors. */
bool waits_is_for_many(long call);
/* Whom a task waits for, as far as the memory that it waits on tells. */
waits_relation waits_other(const container *_Nonnull container, const task *_Nonnull task,
                           const unsigned long arguments[_Nonnull 6], int *_Nonnull other);
/* What a descriptor of a process is called under /proc; 0 where it is closed. */
size_t waits_link(const container *_Nonnull container, int process, long descriptor, char link[_Nonnull PATH_MAX]);
file_identity waits_identify(int descriptor);
bool waits_is_same(const struct stat *_Nonnull status, const file_identity *_Nonnull file);

/* ---- runtimes.c: threads that are not the program's --------------------------------------------------------------------- */

/* Whether a process is a virtual machine of Java. */
bool runtime_is_java(const container *_Nonnull container, int process);
/* Whether a task is one of the machine's own threads that look around from time to time, whatever it does now. */
bool runtime_is_java_helper(const container *_Nonnull container, const task *_Nonnull task);
/* Whether a task in a timed wait belongs to a runtime, not to the program. */
bool runtime_is_helper(const container *_Nonnull container, const task *_Nonnull task,
                       const unsigned long arguments[_Nonnull 6]);

/* ---- timers.c: the timers that could still end a wait ------------------------------------------------------------------ */

/* Takes note of a call that arms or disarms a timer. */
void timers_note(run *_Nonnull run, int process, const struct seccomp_notif *_Nonnull request);
/* Whether a timer of a living process is armed. */
bool timers_pending(run *_Nonnull run, const view *_Nonnull view, int64_t now);

/* ---- deadlock.c ------------------------------------------------------------------------------------------------------ */

/* Ends the run when it is in deadlock, or when all that is left of it was stopped. */
void deadlock_look(run *_Nonnull run, const view *_Nonnull view, int64_t now);

/* ---- starved.c: time that the machine withheld -------------------------------------------------------------------------- */

/* Adds up what was withheld since the last look. */
void starved_look(run *_Nonnull run, const view *_Nonnull view, int64_t now);
/* When the run's time is up, what was withheld not counted. */
int64_t starved_deadline(const run *_Nonnull run);
/* Whether so much was withheld that nothing can be said of the program. */
bool starved_too_long(const run *_Nonnull run);

/* ---- ask.c: the last words of a run --------------------------------------------------------------------------------------- */

/* Asks the processes of a run whose end is decided; false where there is nobody to ask. */
bool ask_begin(run *_Nonnull run);
/* When to look again; 0 when all has been said. */
int64_t ask_tick(run *_Nonnull run, int64_t now);
/* Keeps what comes over the witness's channel meanwhile, if anybody was asked. */
void ask_hear(run *_Nonnull run, const char *_Nonnull bytes, size_t size);

/* ---- examine.c: the stacks of programs without a witness ------------------------------------------------------------------ */

/* Has a process examined, as one of the first few. */
void examine_add(run *_Nonnull run, int process);
/* Begins with the first of them; false where there is none, or it can't be done. */
bool examine_begin(run *_Nonnull run);
/* Goes on with the next one; false when all is said. */
bool examine_tick(run *_Nonnull run, int64_t now);

/* ---- notify.c: seccomp notifications ---------------------------------------------------------------------------------- */

void notify_accept(run *_Nonnull run, int listener);

typedef struct ids {
  int process;
  int thread;
} ids;

/* The ids a task has inside its container; a notification gives the one it has for the keeper. */
ids notify_identify(uint32_t outer);
/* Answers a call that waits: it goes on, or fails with an error. */
void notify_answer(run *_Nonnull run, uint64_t notification, int error, bool continues);
/* Lets everything at the gate through. */
void notify_release(run *_Nonnull run, const view *_Nullable view);

/* ---- births.c ----------------------------------------------------------------------------------------------------- */

/* A task wants to give birth to a thread or a process. */
void births_handle(run *_Nonnull run, const struct seccomp_notif *_Nonnull request);

/* ---- guard.c ------------------------------------------------------------------------------------------------------ */

/* The errno a notified call is refused with, 0 when it may go on, -1 when it is none of those that are guarded. */
int guard_error(run *_Nonnull run, const struct seccomp_data *_Nonnull call);

/* ---- sockets.c ---------------------------------------------------------------------------------------------------- */

/* Has a child connect for the program and answer the notice; else the errno that it is to be answered with. */
int sockets_connect(const run *_Nonnull run, const struct seccomp_notif *_Nonnull notice, int process);

/* ---- facts.c ---------------------------------------------------------------------------------------------------- */

/* What one look at /proc tells of a task. */
typedef struct facts {
  int process;
  int thread;
  int parent; /* as the keeper numbers it */
  bool is_on_cpu;
  int cpu_count; /* CPUs that it may run on */
  int64_t run_time;
  int64_t run_delay;
  uint64_t voluntary;
  uint64_t forced;
  char name[16];
} facts;

/* Looks at a task by the id that it has for the keeper; false when it is gone. */
bool facts_from_outside(uint32_t outer, facts *_Nonnull facts);
/* Looks at a task by the ids that it has inside its container. */
bool facts_from_inside(const run *_Nonnull run, int process, int thread, facts *_Nonnull facts);

/* ---- accounts.c, states.c, moved.c: what each task did in its life ------------------------------------------------------------------------ */

/* A task is about to be created by this one. */
void accounts_birth(run *_Nonnull run, bool is_thread, int process, int thread);
/* A new task runs, by the id it has for the keeper. */
void accounts_began(run *_Nonnull run, uint32_t outer);
/* A task, or with `is_group` its whole process, is about to end and waits for the answer. */
void accounts_exit(run *_Nonnull run, uint32_t outer, bool is_group);
/* A task has come to the gate: what it did up to there was not yet its work. */
void accounts_gate(run *_Nonnull run, int process, int thread);
/* A task is about to sleep; only a look tells when it has woken up. */
void accounts_sleep(run *_Nonnull run, uint32_t outer, const struct seccomp_data *_Nonnull call);
/* A process is about to get a signal, which may end it. */
void accounts_kill(run *_Nonnull run, int process);
/* The program itself is gone, `time` nanoseconds after its start. */
void accounts_program_ended(run *_Nonnull run, int64_t time);
/* Looks at every task, and says in `next_account` when it wants to look again. */
void accounts_look(run *_Nonnull run);
/* Notes what a process that is about to end has read and written, with the children it has waited for; a later note replaces an earlier one. */
void moved_note(run *_Nonnull run, int process);
/* Closes the accounts that are still open. */
void accounts_finish(run *_Nonnull run);

/* ---- spread.c: the tasks of a timed run, spread over its CPUs ------------------------------------------------------------ */

/* Between two looks at a run that is timed: each takes a CPU from it, perhaps the one that its speedup needs. */
#define TIMED_INTERVAL (25 * MILLISECONDS)

bool spread_is_wanted(const run *_Nonnull run);
/* The CPU of the run that a task was last on, from what its stat says behind its name; -1 where it does not matter. */
int spread_cpu(const run *_Nonnull run, const char *_Nonnull stat);
/* Moves tasks from CPUs that several of them share to those that have none. */
void spread_look(run *_Nonnull run, view *_Nonnull view);
void spread_note_birth(run *_Nonnull run);
/* Lets a task that has been looked at run on all CPUs of the run again. */
void spread_widen(const run *_Nonnull run, const facts *_Nonnull facts);
/* In init, whose program leads `leader`: takes the task of the request to its CPU, if it is one of the run's. */
void spread_move(const place *_Nonnull place, const keeper_run *_Nonnull run, pid_t leader, const init_request *_Nonnull request);
/* Nanoseconds until the next look. */
int64_t spread_interval(const run *_Nonnull run);

/* ---- surroundings.c: what the machine did beside a run ----------------------------------------------------------------- */

void surroundings_begin(run *_Nonnull run);
void surroundings_end(run *_Nonnull run);

/* ---- main.c ----------------------------------------------------------------------------------------------------------- */

/* Sends a message to the harness; a harness that is gone ends the keeper. */
void tell_harness(const void *_Nonnull message, size_t size, const int *_Nullable descriptors, size_t count);

#endif
