import Glibc
import Sandboxing

extension Misbehaviour {
  /// Those that make more processes or threads than they may, or leave some behind.
  static let processes: [Misbehaviour] = [
    .init(program: "fork_bomb", limits: brief(.seconds(60), tasks: 20), termination: .taskLimit),
    .init(program: "fork_storm_in_sessions", limits: brief(.seconds(60), tasks: 20), termination: .taskLimit),
    .init(program: "fork_and_exit", limits: brief(), leavesProcesses: true),
    .init(program: "fork_and_exit_in_sessions", limits: brief(), leavesProcesses: true),
    .init(program: "leaves_hundred_sleeping", limits: brief(.seconds(60), tasks: 128), leavesProcesses: true),
    .init(
      program: "leaves_computing_children", limits: patient, leavesProcesses: true, charged: .milliseconds(100)),
    .init(program: "daemon", limits: patient, leavesProcesses: true),
    .init(program: "daemon_holding_output", limits: patient, leavesProcesses: true),
    .init(program: "ends_soon_after", limits: patient),
    .init(program: "zombie_flood", limits: patient, termination: .taskLimit, build: CProgram()),
    .init(program: "thread_bomb", limits: brief(.seconds(60), tasks: 20), termination: .taskLimit),
    .init(
      program: "thread_flood", limits: brief(.seconds(60), tasks: 1000), termination: .taskLimit,
      build: CProgram()),
    .init(program: "kills_everything", limits: patient),
    .init(program: "signals_everybody", limits: patient, output: "contained\n", printsOtherwise: seesOthers),
    .init(program: "stops_itself", termination: .stopped),
  ]

  /// Without process ids of its own a program sees that others exist.
  private static let seesOthers = [
    IsolationTier.ownUser: "sees other processes\ncontained\n", .light: "sees other processes\ncontained\n",
  ]

  /// Those that don't end as they should.
  static let endings: [Misbehaviour] =
    [
      .init(program: "busy_loop", limits: brief(), termination: .wallTimeLimit),
      .init(
        program: "busy_loop", limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(300)),
        termination: .cpuTimeLimit),
      .init(
        program: "spinning_threads", limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(500)),
        termination: .cpuTimeLimit, build: CProgram()),
      .init(
        program: "spinning_orphans",
        limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(500)),
        termination: .cpuTimeLimit),
      .init(program: "sleeps", limits: brief(), termination: .wallTimeLimit),
      .init(program: "blocks_every_signal", limits: brief(), termination: .wallTimeLimit),
      .init(program: "closes_its_streams", limits: brief(), termination: .wallTimeLimit),
      .init(program: "self_deadlock", termination: .deadlock),
      .init(program: "crossed_locks", termination: .deadlock),
      .init(program: "processes_waiting_for_each_other", limits: patient, termination: .deadlock),
      // In tier C the keeper must be the program's user to look at it, and then the kernel hides it from the keeper, too.
      .init(
        program: "hinders_debuggers", arguments: ["undumpable"], limits: brief(.seconds(5)), termination: .deadlock,
        endsOtherwise: [.ownUser: .wallTimeLimit], build: CProgram()),
      .init(program: "hinders_debuggers", arguments: ["pipe"], termination: .deadlock, build: CProgram()),
      .init(program: "hinders_debuggers", arguments: ["file"], termination: .deadlock, build: CProgram()),
      .init(program: "hinders_debuggers", arguments: ["deep"], termination: .deadlock, build: CProgram()),
      .init(
        program: "poses_as_java", limits: brief(.seconds(2)), termination: .wallTimeLimit, build: CProgram()),
      .init(program: "segmentation_fault", termination: .signaled(Int(SIGSEGV), coreDumped: false)),
      .init(program: "aborts", termination: .signaled(Int(SIGABRT), coreDumped: false)),
      .init(program: "dumps_core", termination: .signaled(Int(SIGABRT), coreDumped: false)),
      .init(
        program: "stack_overflow", termination: .signaled(Int(SIGSEGV), coreDumped: false), build: CProgram()),
      .init(program: "infinite_recursion", termination: .exited(1)),
    ] + [0, 1, 42, 255].map { .init(program: "exits_with", arguments: ["\($0)"], termination: .exited($0)) }
    + [SIGILL, SIGFPE, SIGBUS, SIGKILL, SIGTERM, SIGHUP].map {
      .init(
        program: "ends_by_signal", arguments: ["\($0)"], termination: .signaled(Int($0), coreDumped: false))
    }

  /// Those that talk with another process, one of which goes away or waits in vain.
  static let peers: [Misbehaviour] = [
    .init(program: "peers", arguments: ["goes"], output: "nothing\ngone\n"),
    .init(program: "peers", arguments: ["goes unnoticed"], limits: brief(), termination: .wallTimeLimit),
    .init(program: "peers", arguments: ["waits"], termination: .deadlock),
    .init(program: "peers", arguments: ["floods"], leavesProcesses: nil, output: "enough\n"),
  ]
}
