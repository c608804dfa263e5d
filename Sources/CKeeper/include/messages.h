/*
 * The messages between the harness and its keeper. Both sides are built together, so the structs travel as they lie in
 * memory; `version` catches a keeper of another build. Texts are NUL-terminated strings, one after the other, in the order
 * that the struct's comment gives; they travel in a memory file, or behind the struct where that is said.
 */
#ifndef KEEPER_MESSAGES_H
#define KEEPER_MESSAGES_H

#include <stdint.h>

/* Changes whenever a struct here changes. */
#define KEEPER_VERSION 9

/* The descriptor on which the keeper finds its channel. */
#define KEEPER_CHANNEL 3

/*
 * The gate of a stretched run: waitpid(-KEEPER_GATE, WNOHANG) is held by the keeper and then returns 0. In a muted run it
 * returns KEEPER_GATE at once, which tells the witness to end the thread or worker before it does anything.
 */
#define KEEPER_GATE 1952539748

/* The signals that a witness answers: faulthandler's with all stacks, then the main thread with who waits for whom. */
#define KEEPER_ASKS_STACKS 53
#define KEEPER_ASKS_WAITS 52
/* What the last record of an answer holds. */
#define KEEPER_ANSWERED "\"event\":\"answered\""

typedef enum keeper_kind {
  /* harness -> keeper */
  KEEPER_OPEN = 1,   /* keeper_open; descriptors: texts */
  /*
   * keeper_run, and behind it its texts if they are short; descriptors: journal, texts if they are not short, standard
   * input if KEEPER_HAS_INPUT
   */
  KEEPER_RUN = 2,
  KEEPER_CANCEL = 3, /* keeper_header; ends the container's run */
  KEEPER_CLOSE = 4,  /* keeper_header; ends the container */
  /* keeper -> harness */
  /* keeper_opened; descriptors: work folder, harness folder, with `listens` a listening socket (none after an error) */
  KEEPER_OPENED = 11,
  KEEPER_GREW = 12,   /* keeper_header; the journal has grown (only with KEEPER_TELLS_OUTPUT) */
  KEEPER_ENDED = 13,  /* keeper_ended */
  KEEPER_CLOSED = 14, /* keeper_header; the container is gone, asked for or not */
} keeper_kind;

typedef enum keeper_tier {
  KEEPER_TIER_CGROUP = 1,     /* tier A: B, and a cgroup that caps memory and tasks */
  KEEPER_TIER_NAMESPACES = 2, /* tier B */
  KEEPER_TIER_OWN_USER = 3,   /* tier C: D, and a user id of the container's own */
  KEEPER_TIER_LIGHT = 4,      /* tier D */
  KEEPER_TIER_BARE = 5,       /* tier E: nothing but limits and kills */
} keeper_tier;

typedef enum keeper_network {
  KEEPER_NETWORK_NONE = 0,
  KEEPER_NETWORK_LOOPBACK = 1,
  KEEPER_NETWORK_HOST = 2,
} keeper_network;

/* Begins every message. */
typedef struct keeper_header {
  uint32_t kind;      /* keeper_kind */
  uint32_t version;   /* KEEPER_VERSION */
  uint64_t container; /* chosen by the harness, never used twice */
  uint64_t run;       /* chosen by the harness; 0 where no run is meant */
} keeper_header;

/* Texts: the readable paths, then the writable ones. */
typedef struct keeper_open {
  keeper_header header;
  uint32_t tier;
  uint32_t network;
  uint32_t readable_count;
  uint32_t writable_count;
  uint32_t shares_memory; /* 1 where programs may use /dev/shm also in tiers that have none of their own */
  uint32_t listens; /* 1 where a socket is to listen on the loopback of the container's own; KEEPER_NETWORK_LOOPBACK only */
  uint64_t disk_space; /* bytes */
} keeper_open;

typedef struct keeper_opened {
  keeper_header header;
  int32_t stage; /* keeper_stage; 0 when the container stands */
  int32_t error; /* errno */
  int32_t owner; /* tier C: the user id that files of the work folder must belong to; else -1 */
  int32_t reserved;
  char folder[104]; /* tiers C to E: the path under which work/, harness/ and tmp/ lie; empty in A and B */
} keeper_opened;

/* What is watched: bits of keeper_run.flags. */
#define KEEPER_COUNTS_BIRTHS 1u
#define KEEPER_DETECTS_DEADLOCK 2u
#define KEEPER_STRETCHED 4u
#define KEEPER_THREADS_ONLY 8u
#define KEEPER_TELLS_OUTPUT 16u
#define KEEPER_MUTED 32u
#define KEEPER_ACCOUNTS_TASKS 64u      /* begins and ends of tasks are seen exactly, each with what it used */
#define KEEPER_TRACES_STATES 128u      /* what each task was doing is noted as time goes by */
#define KEEPER_NOTES_SURROUNDINGS 256u /* what else the machine did meanwhile */
#define KEEPER_GUARDS_SIGNALS 512u     /* signals to others are looked at; set by the keeper itself, where nothing else does */
#define KEEPER_GOES_FIRST 1024u        /* before other programs on its CPUs, where the keeper may say so */
#define KEEPER_HAS_INPUT 2048u         /* standard input comes with the request; else it is empty */
#define KEEPER_HAS_SERVER 4096u        /* sockets may lead to a server outside of the run, which can end a wait for them */

/* Texts of a run up to this size, in bytes, travel behind their struct. */
#define KEEPER_SHORT_TEXTS 4096

/* As many CPUs as a run can be given; bit n of word w is CPU 64 * w + n. */
#define KEEPER_CPU_WORDS 16

/* Texts: the executable, the working directory (empty: the work folder), the arguments (the program's name first), the environment. */
typedef struct keeper_run {
  keeper_header header;
  uint32_t flags;
  uint32_t argument_count;
  uint32_t environment_count;
  uint32_t tasks;
  uint32_t processes; /* alive at one time beside the program's own; 0 for no limit but that on tasks */
  uint64_t births;   /* in all; 0 for no limit */
  int64_t wall_time; /* nanoseconds */
  int64_t cpu_time;  /* nanoseconds; 0 for no limit */
  uint64_t memory;   /* bytes */
  uint64_t output;
  uint64_t disk_space; /* of all files together; watched in the tiers that have no private folders */
  uint64_t file_size;
  uint64_t open_files;
  uint64_t stack;
  uint64_t cpus[KEEPER_CPU_WORDS]; /* those that its tasks may run on; none for all that the keeper may use */
} keeper_run;

typedef enum keeper_reason {
  KEEPER_EXITED = 0,
  KEEPER_SIGNALED = 1,
  KEEPER_WALL_TIME = 2,
  KEEPER_CPU_TIME = 3,
  KEEPER_MEMORY = 4,
  KEEPER_OUTPUT = 5,
  KEEPER_FILE_SIZE = 6,
  KEEPER_DEADLOCK = 7,
  KEEPER_STOPPED = 8,
  KEEPER_DISALLOWED_CALL = 9,
  KEEPER_NOT_STARTED = 10,
  KEEPER_CANCELLED = 11,
  KEEPER_BIRTHS = 13,
  KEEPER_TASKS = 14, /* more tasks, or more processes, alive at one time than allowed */
  KEEPER_DISK = 15,
  KEEPER_CONTAINER_FAILED = 12, /* the container's init died: the harness's or the machine's fault */
  KEEPER_STARVED = 20,          /* its time is up, and the machine withheld most of it */
} keeper_reason;

typedef struct keeper_ended {
  keeper_header header;
  uint32_t reason;      /* keeper_reason */
  int32_t code;         /* exit status or signal */
  uint32_t core_dumped; /* 0 or 1 */
  int32_t stage;        /* keeper_stage, when not started */
  int32_t error;        /* errno, when not started or failed */
  uint32_t births_counted; /* 1 when threads_born and processes_born mean something */
  int64_t wall_time;       /* nanoseconds */
  int64_t user_time;
  int64_t system_time;
  uint64_t peak_memory; /* bytes */
  uint64_t threads_born;
  uint64_t processes_born;
  uint64_t births_refused;
  uint64_t peak_tasks;
  uint64_t output_bytes;
  uint64_t error_bytes;
  uint64_t witness_bytes;
  int64_t withheld_time; /* nanoseconds in which others had the CPUs that it could have used */
} keeper_ended;

typedef enum keeper_record_kind {
  KEEPER_RECORD_OUTPUT = 1,    /* payload: bytes of standard output */
  KEEPER_RECORD_ERRORS = 2,    /* payload: bytes of standard error */
  KEEPER_RECORD_WITNESS = 3,   /* payload: bytes of the witness's channel */
  KEEPER_RECORD_THREAD = 4,    /* a thread was born; process, thread: its creator */
  KEEPER_RECORD_PROCESS = 5,   /* a process was born; process, thread: its creator */
  KEEPER_RECORD_HELD = 6,      /* process, thread arrived at the gate */
  KEEPER_RECORD_RELEASED = 7,  /* value: how many of its kind were alive together */
  KEEPER_RECORD_WROTE = 8,     /* value: bytes; payload: none; stream in `detail` */
  /* value: system call; payload: the task's name; detail, reserved: what it wants of which other thread */
  KEEPER_RECORD_BLOCKED = 9,
  KEEPER_RECORD_LEFTOVER = 10, /* process: its id; payload: its name */
  KEEPER_RECORD_TAIL = 11,     /* detail: 1 output, 2 errors; payload: the last bytes of what was past the limit */
  KEEPER_RECORD_BEGAN = 12,    /* process, thread: a new task; payload: keeper_origin, whose zeros mean unknown */
  KEEPER_RECORD_ACCOUNT = 13,  /* process, thread: a task that has ended; payload: keeper_account */
  KEEPER_RECORD_STATE = 14,    /* value: system call, -1 for none; detail: keeper_state; reserved: 1 if endless */
  KEEPER_RECORD_CPU = 15,      /* value: its number; payload: keeper_cpu */
  KEEPER_RECORD_SURROUNDINGS = 16, /* payload: keeper_surroundings */
  /* at a time limit; value: system call, -1 for none; detail: its state's letter; reserved: 1 in a wait without end */
  KEEPER_RECORD_FOUND = 17,
  KEEPER_RECORD_STACKS = 18,  /* process; payload: what faulthandler wrote of it; detail: or a debugger */
  KEEPER_RECORD_ANSWERS = 19, /* payload: what witnesses said when they were asked */
  KEEPER_RECORD_MOVED = 20,   /* process, about to end; payload: keeper_moved */
} keeper_record_kind;

/* In `detail` of KEEPER_RECORD_STACKS. */
#define KEEPER_STACKS_OF_DEBUGGER 1

/* What a blocked thread wants of another one of its process. */
typedef enum keeper_relation {
  KEEPER_RELATION_UNKNOWN = 0,
  KEEPER_RELATION_LOCK = 1, /* a lock that the other one holds */
  KEEPER_RELATION_END = 2,  /* the other one's end */
} keeper_relation;

/* Who created a task. */
typedef struct keeper_origin {
  int32_t process;
  int32_t thread;
} keeper_origin;

/* What a task did in its life; instants are nanoseconds since the program's start, -1 means unknown. */
typedef struct keeper_account {
  int64_t began;
  int64_t seen;      /* when it was last looked at alive */
  int64_t ended;     /* -1 where its end was not seen */
  int64_t run_time;  /* nanoseconds on a CPU */
  int64_t gate_time; /* run_time when it came to the gate of a stretched run; -1 where it did not */
  int64_t run_delay; /* nanoseconds in which it could have run, but had no CPU */
  uint64_t voluntary_switches;
  uint64_t forced_switches;
  int32_t creator_process; /* 0 where unknown */
  int32_t creator_thread;
  char name[16];
} keeper_account;

/* What a process and the children that it has waited for have read and written: files, pipes, sockets, terminals. */
typedef struct keeper_moved {
  uint64_t bytes_read;
  uint64_t bytes_written;
  uint64_t calls; /* that read or wrote */
} keeper_moved;

/* What a task was doing at a look. */
typedef enum keeper_state {
  KEEPER_STATE_RUNNING = 1,  /* on a CPU, or waiting for one */
  KEEPER_STATE_WAITING = 2,  /* for something that another task or the outside must do */
  KEEPER_STATE_SLEEPING = 3, /* until an instant */
  KEEPER_STATE_STOPPED = 4,  /* by a signal */
  KEEPER_STATE_HELD = 5,     /* at the gate */
} keeper_state;

/* What one CPU did during a run, in nanoseconds, in steps of the kernel's tick. */
typedef struct keeper_cpu {
  int64_t busy; /* user, nice, system, interrupts: the run's own part included */
  int64_t steal;
  int64_t idle; /* waiting for disks included */
} keeper_cpu;

/* What the machine did during a run beside it; -1 means that it doesn't tell. */
typedef struct keeper_surroundings {
  int64_t pressure;          /* nanoseconds in which some task of the machine waited for a CPU */
  int64_t throttled_periods; /* how often the harness's control group was stopped for having used up its share */
  int64_t throttled_time;    /* nanoseconds in which it was */
  int64_t tick;              /* nanoseconds of the kernel's tick */
} keeper_surroundings;

/* One entry of the journal, followed by `size` bytes of payload and padding to a multiple of 8. */
typedef struct keeper_record {
  uint32_t kind; /* keeper_record_kind */
  uint32_t size;
  int64_t time; /* nanoseconds since the program's start */
  int32_t process;
  int32_t thread;
  int64_t value;
  uint32_t detail;
  uint32_t reserved;
} keeper_record;

/* The steps that can fail on the way to a container or a program. */
typedef enum keeper_stage {
  KEEPER_STAGE_NONE = 0,
  KEEPER_STAGE_MESSAGE,
  KEEPER_STAGE_SOCKET,
  KEEPER_STAGE_CLONE,
  KEEPER_STAGE_UID_MAP,
  KEEPER_STAGE_PRIVATE_MOUNTS,
  KEEPER_STAGE_ROOT,
  KEEPER_STAGE_BIND,
  KEEPER_STAGE_DEVICES,
  KEEPER_STAGE_PRIVATE_FOLDERS,
  KEEPER_STAGE_PROC,
  KEEPER_STAGE_PIVOT,
  KEEPER_STAGE_NETWORK,
  KEEPER_STAGE_WITNESS,
  KEEPER_STAGE_LANDLOCK,
  KEEPER_STAGE_FILTER,
  KEEPER_STAGE_PIPES,
  KEEPER_STAGE_FORK,
  KEEPER_STAGE_SESSION,
  KEEPER_STAGE_LIMITS,
  KEEPER_STAGE_AFFINITY,
  KEEPER_STAGE_STREAMS,
  KEEPER_STAGE_DIRECTORY,
  KEEPER_STAGE_PRIVILEGES,
  KEEPER_STAGE_EXECUTE,
  KEEPER_STAGE_WIPE,
  KEEPER_STAGE_CGROUP,
  KEEPER_STAGE_USER,
  KEEPER_STAGE_COUNT,
} keeper_stage;

/* The stage in words, such as "mapping user ids". */
const char *_Nonnull keeper_stage_name(int stage);

/* The name of a system call of this machine, such as "futex"; "system call" where it is not one that waits. */
const char *_Nonnull keeper_call_name(long number);

#endif
