import ArgumentParser
import Grading

/// The command line as a whole.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threadmark",
    abstract: "Marks submissions to concurrency exercises.",
    discussion: """
      Runs each submission in a sandbox, watches what its threads and processes really do, and says what is wrong with \
      the lines that show it.

      Examples:
        threadmark check printers.py
        threadmark grade threaded-printers --submissions class/
        threadmark doctor

      Exit statuses: 0 everything accepted; 1 something not accepted; 2 wrong use or a broken exercise; 3 the machine or \
      threadmark failed; 129, 130 and 143 ended by SIGHUP, SIGINT (^C) and SIGTERM.
      """,
    version: Grading.Threadmark.version,
    subcommands: [
      CheckCommand.self, GradeCommand.self, VerifyCommand.self, ListCommand.self, RunCommand.self, DoctorCommand.self,
      NewCommand.self,
    ])
}

/// A subcommand; it does its work and says how threadmark ends.
protocol Subcommand: AsyncParsableCommand {
  /// Does what was asked for.
  /// - Returns: the status to end with.
  /// - Throws: `CommandFailure` when it cannot be done.
  func perform() async throws -> ExitStatus
}

extension Subcommand {
  func run() async throws {
    throw ExitCode(try await perform().rawValue)
  }
}
