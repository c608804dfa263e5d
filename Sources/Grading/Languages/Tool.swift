import Sandboxing

/// Asks a program of the machine itself something, outside of any container.
enum Tool {
  /// What a program prints on standard output, when it succeeds.
  /// - Parameters:
  ///   - name: a path, or a name to be found on `PATH`.
  ///   - arguments: its arguments.
  ///   - input: what it reads on standard input.
  ///   - patience: after which it is killed.
  /// - Returns: the bytes.
  /// - Throws: `LanguageError`.
  static func output(
    of name: String, _ arguments: [String], input: [UInt8] = [], within patience: Duration = .seconds(60)
  ) async throws -> [UInt8] {
    try await onThreadOfItsOwn {
      let program = OutsideProgram(name, arguments, input: input)
      guard let result = try? program.run(patience: patience), result.status != 127 else {
        throw LanguageError("\(name.quoted) cannot be started: there is no such program, or it may not be executed.")
      }
      guard result.status == 0 else {
        throw LanguageError("\(name.quoted) failed with status \(result.status) when it was asked about itself.")
      }
      return result.output
    }
  }
}
