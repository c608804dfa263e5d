/// Every status that threadmark ends with.
enum ExitStatus: Int32, CaseIterable {
  /// Everything was accepted, or done as asked.
  case success = 0
  /// Something was not accepted: a submission, an exercise's reference submission, a program that `run` ran.
  case notAccepted = 1
  /// The command line, an output path or an exercise is wrong, and nothing was marked; or nothing ran that could be drawn.
  case usage = 2
  /// The machine or threadmark itself failed, so that something could not be marked or written.
  case failure = 3
  /// The terminal went away (SIGHUP); what was marked until then is written.
  case hungUp = 129
  /// Interrupted by ^C (SIGINT); what was marked until then is written, unless it was pressed twice.
  case interrupted = 130
  /// Asked to end (SIGTERM); what was marked until then is written.
  case terminated = 143

  /// The status after a signal.
  init(signal: Int32) {
    self = ExitStatus(rawValue: 128 + signal) ?? .failure
  }
}

/// Why a command cannot do what it was asked for, in words for whoever asked.
struct CommandFailure: Error, Equatable {
  let status: ExitStatus
  /// One or more sentences, without "Error:".
  let message: String

  /// Something is wrong with what was asked for.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(status: .usage, message: message) }

  /// The machine or threadmark failed.
  static func machine(_ message: String) -> CommandFailure { CommandFailure(status: .failure, message: message) }
}
