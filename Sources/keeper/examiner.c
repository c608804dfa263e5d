/*
 * Inside the container: has a debugger of the machine write down where the threads of a process are. What it reads, a
 * hostile program may have prepared. So it runs as the programs' own user, with no more rights, and but for the calls that
 * trace its filter is theirs. It can't have their Landlock rules, for these let nobody trace who is bound by others: in
 * tier D, where nothing else keeps a program from the harness's files, there is no debugger.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

/*
 * $1 is the process. eu-stack is the faster one, but finds lines only where the compiler made an index of addresses, which
 * clang and swiftc don't: addr2line finds those. It wants addresses as they are in the file, of calls, not of returns. Names
 * of functions are the program's to choose, line breaks included, and a shell may run what stands in its arithmetic: what is
 * no number must not get there. Of very many stacks the end is left out, not the places that come after them.
 */
static const char script[] =
    "PATH=/usr/local/bin:/usr/bin:/bin\n"
    "if ! command -v eu-stack >/dev/null; then\n"
    "  exec gdb -nx -nh -batch -iex 'set auto-load off' -iex 'set debuginfod enabled off' -p \"$1\""
    " -ex 'thread apply all bt -frame-arguments none 64'\n"
    "fi\n"
    "program=$(readlink \"/proc/$1/exe\")\n"
    "stacks=$(eu-stack -a -m -s -i -n 64 -p \"$1\" | head -c 200000)\n"
    "base=0\n"
    "if [ $(od -An -tu1 -j16 -N1 \"$program\") = 3 ]; then\n"
    "  base=0x$(awk -v program=\"$program\" '$6 == program { sub(/-.*/, \"\", $1); print $1; exit }' \"/proc/$1/maps\")\n"
    "fi\n"
    "places=$(printf '%s\\n' \"$stacks\" | awk -v program=\"$program\" '\n"
    "  /^#/ && $2 ~ /^0x[0-9a-f]+$/ && substr($0, index($0, \" /\") + 1) == program {\n"
    "    print $2, ($3 == \"-\" && $4 == 1)\n"
    "  }' | sort -u |\n"
    "  head -n 128 | while read -r address returns; do\n"
    "    printf '%s 0x%x\\n' \"$address\" $((address - returns - base))\n"
    "  done)\n"
    "printf '%s\\nPROGRAM %s\\n%s\\n' \"$stacks\" \"$program\" \"$places\"\n"
    "printf '%s\\n' \"$places\" | cut -d ' ' -f 2 | addr2line -a -i -p -e \"$program\"\n";

typedef struct plan {
  const place *place;
  const struct sock_fprog *filter;
  int process;
  int output;
} plan;

/* Of any user's process, where the container has no numbers of its own: it may read much, but write nothing. */
static int set_limits(void) {
  bool is_set = spawn_limit(RLIMIT_CPU, 20, 20) == 0 && spawn_limit(RLIMIT_FSIZE, 0, 0) == 0 &&
                spawn_limit(RLIMIT_NOFILE, 1024, 1024) == 0 && spawn_limit(RLIMIT_AS, 4ULL << 30, 4ULL << 30) == 0;
  return is_set ? 0 : -1;
}

static int child_main(void *argument) {
  const plan *plan = argument;
  static char process[16];
  static char *const arguments[] = {"sh", "-c", (char *)script, "examiner", process, NULL};
  static char *const environment[] = {"LC_ALL=C", NULL};
  sigset_t none;
  snprintf(process, sizeof process, "%d", plan->process);
  int nothing = open("/dev/null", O_RDWR);
  if (nothing < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || setsid() < 0 || set_limits() < 0) return 127;
  if (spawn_drop_rights(plan->place) < 0) return 127;
  if (plan->filter != NULL && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0UL, plan->filter) < 0) return 127;
  const int streams[3] = {nothing, plan->output, nothing};
  if (spawn_connect(streams) < 0) return 127;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve("/bin/sh", arguments, environment);
  return 127;
}

pid_t examiner_start(const place *place, int process, int output) {
  static char stack[64 << 10] __attribute__((aligned(16)));
  plan plan = {.place = place, .process = process, .output = output};
  if (has_rules(place->tier) && (plan.filter = filter_examiner(place->tier)) == NULL) return -1;
  return clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &plan);
}

void examiner_end(pid_t examiner) {
  kill(-examiner, SIGKILL);
  waitpid(examiner, NULL, 0);
}
