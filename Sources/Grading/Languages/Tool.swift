import Foundation

/// Asks a program of the machine itself something, outside of any container.
enum Tool {
  /// What a program prints on standard output, when it succeeds.
  /// - Parameters:
  ///   - name: a path, or a name to be found on `PATH`.
  ///   - arguments: its arguments.
  ///   - seconds: after which it is killed.
  /// - Returns: the bytes.
  /// - Throws: `LanguageError`.
  static func output(of name: String, _ arguments: [String], within seconds: Int = 30) async throws -> [UInt8] {
    try await onThreadOfItsOwn {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: name.contains("/") ? name : "/usr/bin/env")
      process.arguments = (name.contains("/") ? [] : [name]) + arguments
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardInput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      do { try process.run() } catch {
        throw LanguageError("\(name.quoted) cannot be started: there is no such program, or it may not be executed.")
      }
      let identifier = process.processIdentifier
      let watchdog = DispatchWorkItem { kill(identifier, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      watchdog.cancel()
      guard process.terminationStatus == 0, process.terminationReason == .exit else {
        throw LanguageError(
          "\(name.quoted) failed with status \(process.terminationStatus) when it was asked about itself.")
      }
      return Array(output)
    }
  }
}
