import ArgumentParser
import Foundation

/// Where the process begins and ends: every way out of threadmark passes here, with a status of `ExitStatus`.
@main
enum Main {
  static func main() async {
    StandardStreams.prepare()
    exit(await status().rawValue)
  }

  private static func status() async -> ExitStatus {
    do {
      var command = try RootCommand.parseAsRoot()
      if let subcommand = command as? any Subcommand { return try await subcommand.perform() }
      try command.run()
      return .success
    } catch let failure as CommandFailure {
      StandardStreams.complain("Error: \(failure.message)")
      return failure.status
    } catch {
      return status(of: error)
    }
  }

  /// What is left: requests for help, errors of the command line, and what nobody expected.
  private static func status(of error: any Error) -> ExitStatus {
    let message = RootCommand.fullMessage(for: error)
    switch RootCommand.exitCode(for: error) {
    case .success:
      do { try StandardStreams.write(message + "\n") } catch { return .failure }
      return .success
    case .validationFailure:
      StandardStreams.complain(message)
      return .usage
    default:
      StandardStreams.complain(message)
      return .failure
    }
  }
}
