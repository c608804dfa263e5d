/* The keeper's side of containers: making them, hearing from their inits, ending them. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

container *containers;

container *container_find(uint64_t id) {
  container *each = containers;
  while (each != NULL && each->id != id) each = each->next;
  return each;
}

static void unlink_container(container *gone) {
  container **link = &containers;
  while (*link != NULL && *link != gone) link = &(*link)->next;
  if (*link == gone) *link = gone->next;
}

static void answer_opened(const container *container, keeper_stage stage, int error, const int *descriptors, size_t count) {
  keeper_opened reply = {
      .header = {.kind = KEEPER_OPENED, .version = KEEPER_VERSION, .container = container->id},
      .stage = stage,
      .error = error,
      .owner = container->user,
  };
  memcpy(reply.folder, container->folder, sizeof reply.folder);
  tell_harness(&reply, sizeof reply, descriptors, count);
}

/* The folders of tiers C to E lie on the machine's own disk. */
static void remove_folder(const char *path) {
  if (path[0] == 0) return;
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder >= 0) {
    wipe_folder(folder, NULL);
    close(folder);
  }
  rmdir(path);
}

/* Takes the container out of the world without a word to the harness. */
static void discard(container *container) {
  unlink_container(container);
  if (container->init > 0) {
    kill(container->init, SIGKILL);
    waitpid(container->init, NULL, __WALL);
  }
  events_close(&container->control);
  close_descriptor(&container->listener);
  close_descriptor(&container->proc);
  close_descriptor(&container->witness);
  cgroup_remove(&container->group);
  remove_folder(container->folder);
  free(container->given);
  container->given = NULL;
  events_free_later(container);
}

void container_close(container *container, int error) {
  keeper_header reply = {.kind = KEEPER_CLOSED, .version = KEEPER_VERSION, .container = container->id};
  if (container->run != NULL) {
    /* Without a pid namespace, what survives its init is a child of ours now; its group still takes it all. */
    if (!has_namespaces(container->tier) && container->run->leader > 0) kill(-container->run->leader, SIGKILL);
    run_fail(container->run, KEEPER_STAGE_NONE, error);
  }
  if (container->is_ready) tell_harness(&reply, sizeof reply, NULL, 0);
  else answer_opened(container, KEEPER_STAGE_CLONE, error, NULL, 0);
  discard(container);
}

static void handle_ready(container *container, const init_reply *reply, const int *descriptors, size_t count) {
  if (reply->stage != KEEPER_STAGE_NONE || count < 4) {
    for (size_t i = 0; i < count; i++) close(descriptors[i]);
    answer_opened(container, count == 0 ? (keeper_stage)reply->stage : KEEPER_STAGE_MESSAGE, reply->error, NULL, 0);
    discard(container);
    return;
  }
  container->is_ready = true;
  container->proc = descriptors[0];
  container->witness = descriptors[1];
  container->witness_file = waits_identify(container->witness);
  answer_opened(container, KEEPER_STAGE_NONE, 0, descriptors + 2, count - 2);
  for (size_t i = 2; i < count; i++) close(descriptors[i]);
}

static void control_ready(source *source, uint32_t events) {
  (void)events;
  container *container = source->owner;
  init_reply reply;
  int descriptors[KEEPER_MAX_DESCRIPTORS];
  size_t count;
  ssize_t size = keeper_receive(source->descriptor, &reply, sizeof reply, descriptors, &count, 1);
  if (size < 0 && errno == EAGAIN) return;
  if (size != sizeof reply) {
    container_close(container, ECHILD);
    return;
  }
  if (reply.kind == INIT_READY) {
    handle_ready(container, &reply, descriptors, count);
  } else if (reply.kind == INIT_LISTENER && container->run == NULL && count == 1) {
    close_descriptor(&container->listener);
    container->listener = descriptors[0];
    container->ahead_leader = reply.pid;
  } else if (container->run != NULL) {
    run_handle_reply(container->run, &reply, descriptors, count);
  } else {
    for (size_t i = 0; i < count; i++) close(descriptors[i]);
  }
}

static unsigned long clone_flags(const keeper_open *request) {
  if (!has_namespaces((int)request->tier)) return SIGCHLD;
  unsigned long flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | SIGCHLD;
  return request->network == KEEPER_NETWORK_HOST ? flags : flags | CLONE_NEWNET;
}

static void become_init(place *place) __attribute__((noreturn));

/*
 * A keeper that dies leaves a closed control socket, which ends init after it has killed and removed what is its own.
 * Where that is all in a namespace, the kernel does it, and sooner.
 */
static void become_init(place *place) {
  if (has_namespaces(place->tier)) prctl(PR_SET_PDEATHSIG, SIGKILL);
  /* Of the keeper's descriptors only the control socket is init's: it moves to 3, everything above is closed. */
  int null = open("/dev/null", O_RDWR);
  for (int target = 0; target < 3; target++) dup2(null, target);
  dup2(place->control, 3);
  fcntl(3, F_SETFD, FD_CLOEXEC);
  place->control = 3;
  syscall(SYS_close_range, 4U, ~0U, 0U);
  init_main(place);
}

static keeper_stage make_plain_folder(container *container) {
  const char *parent = getenv("TMPDIR");
  if (parent == NULL || parent[0] != '/' || strlen(parent) > sizeof container->folder - 24) parent = "/tmp";
  snprintf(container->folder, sizeof container->folder, "%s/threadmark-XXXXXX", parent);
  if (mkdtemp(container->folder) == NULL) {
    container->folder[0] = 0;
    return KEEPER_STAGE_PRIVATE_FOLDERS;
  }
  bool is_root = geteuid() == 0;
  bool wants_user = container->tier == KEEPER_TIER_OWN_USER || (container->tier == KEEPER_TIER_BARE && is_root);
  if (!wants_user) return KEEPER_STAGE_NONE;
  /* Another user may go through, not look around. */
  if (!is_root) errno = EPERM;
  else if ((container->user = users_choose()) < 0) errno = EAGAIN;
  else if (chmod(container->folder, 0711) == 0) return KEEPER_STAGE_NONE;
  return KEEPER_STAGE_USER;
}

static keeper_stage start_init(container *container, const keeper_open *request, texts *paths) {
  int sockets[2];
  /* Built before init is made, so that the next container inherits it. */
  const uint32_t usual = KEEPER_COUNTS_BIRTHS | KEEPER_DETECTS_DEADLOCK;
  const uint32_t graded = usual | KEEPER_ACCOUNTS_TASKS | KEEPER_TRACES_STATES;
  if (has_rules(container->tier) && (filter_base(container->tier, container->network) == NULL ||
                                     filter_program(container->tier, usual) == NULL ||
                                     filter_program(container->tier, graded) == NULL)) {
    return KEEPER_STAGE_FILTER;
  }
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0) return KEEPER_STAGE_SOCKET;
  /* The ids are those outside: after clone, in a user namespace without a map, there are none yet. */
  place place = {.tier = container->tier,
                 .network = container->network,
                 .shares_memory = request->shares_memory != 0,
                 .listens = request->listens != 0,
                 .listener = -1,
                 .user = has_namespaces(container->tier) && container->user >= 0 ? INNER_USER : container->user,
                 .disk_space = request->disk_space,
                 .readable_count = request->readable_count,
                 .writable_count = request->writable_count,
                 .paths = paths,
                 .outer_uid = (int)geteuid(),
                 .outer_gid = (int)getegid(),
                 .control = sockets[1]};
  memcpy(place.folder, container->folder, sizeof place.folder);
  long pid = syscall(SYS_clone, clone_flags(request), NULL, NULL, NULL, NULL);
  if (pid == 0) become_init(&place);
  int error = errno;
  close(sockets[1]);
  if (pid < 0) {
    close(sockets[0]);
    errno = error;
    return KEEPER_STAGE_CLONE;
  }
  container->init = (pid_t)pid;
  if (has_namespaces(container->tier) && container->user >= 0 && users_give(container, sockets[0]) < 0) {
    close(sockets[0]);
    return KEEPER_STAGE_UID_MAP;
  }
  if (container->tier == KEEPER_TIER_CGROUP && cgroup_make(&container->group, container->init) < 0) {
    error = errno;
    close(sockets[0]);
    errno = error;
    return KEEPER_STAGE_CGROUP;
  }
  return events_watch(&container->control, sockets[0], control_ready, container) < 0 ? KEEPER_STAGE_SOCKET
                                                                                       : KEEPER_STAGE_NONE;
}

/* What was given stays known: sockets there may be connected to. Without memory for it, none may. */
static void keep_given(container *container, const texts *paths) {
  container->given = paths->size > 0 ? malloc(paths->size) : NULL;
  if (container->given == NULL) return;
  memcpy(container->given, paths->bytes, paths->size);
  container->given_size = paths->size;
}

void container_open(const keeper_open *request, int descriptor) {
  texts paths;
  container *opened = calloc(1, sizeof *opened);
  size_t count = (size_t)request->readable_count + request->writable_count;
  keeper_stage stage = KEEPER_STAGE_MESSAGE;
  if (opened == NULL) _exit(3);
  *opened = (container){.id = request->header.container,
                        .tier = (int)request->tier,
                        .network = (int)request->network,
                        .control.descriptor = -1,
                        .listener = -1,
                        .proc = -1,
                        .witness = -1,
                        .user = -1,
                        .next = containers};
  containers = opened;
  if (texts_map(&paths, descriptor, count) == 0) {
    keep_given(opened, &paths);
    bool is_plain = !has_namespaces(opened->tier);
    if (!is_plain && geteuid() == 0 && users_may_all_use(request, &paths)) opened->user = users_choose();
    stage = is_plain ? make_plain_folder(opened) : KEEPER_STAGE_NONE;
    if (stage == KEEPER_STAGE_NONE) stage = start_init(opened, request, &paths);
  }
  int error = errno;
  texts_unmap(&paths);
  close(descriptor);
  if (stage == KEEPER_STAGE_NONE) return;
  answer_opened(opened, stage, error, NULL, 0);
  discard(opened);
}
