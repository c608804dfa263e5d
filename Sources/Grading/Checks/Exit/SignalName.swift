/// What a signal that ended a program means to a beginner.
enum SignalName {
  /// The name of a signal of Linux and what it stands for, such as `SIGSEGV (...)`.
  static func explained(_ number: Int) -> String {
    guard let (name, meaning) = signals[number] else { return "signal \(number)" }
    return "\(name) (\(meaning))"
  }

  private static let signals: [Int: (String, String)] = [
    1: ("SIGHUP", "its terminal was closed"),
    2: ("SIGINT", "it was interrupted, as by Ctrl-C"),
    3: ("SIGQUIT", "it was asked to quit"),
    4: ("SIGILL", "it ran into something that is no machine instruction"),
    5: ("SIGTRAP", "it ran into a breakpoint or a failed check"),
    6: ("SIGABRT", "it gave up by itself, as after a failed assertion"),
    7: ("SIGBUS", "it used memory that is not there"),
    8: ("SIGFPE", "it divided by zero or overflowed"),
    9: ("SIGKILL", "it was killed"),
    10: ("SIGUSR1", "a signal for the program's own use that it does not handle"),
    11: ("SIGSEGV", "it used memory that is not its own, or its stack was full"),
    12: ("SIGUSR2", "a signal for the program's own use that it does not handle"),
    13: ("SIGPIPE", "it wrote into a pipe that nobody reads"),
    14: ("SIGALRM", "an alarm that it had set and does not handle"),
    15: ("SIGTERM", "it was asked to end"),
    24: ("SIGXCPU", "it used more CPU time than allowed"),
    25: ("SIGXFSZ", "it wrote a file larger than allowed"),
    31: ("SIGSYS", "it made a system call that is not allowed"),
  ]
}
