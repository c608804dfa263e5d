import Foundation

/// Finds programs as a shell does.
enum ProgramLookup {
  /// The absolute path of a program.
  /// - Parameters:
  ///   - name: a path, or a name to be looked for in the folders of `PATH`.
  ///   - path: the folders, separated by colons.
  /// - Returns: the path of an executable file.
  /// - Throws: `CommandFailure` when there is no such program.
  static func absolutePath(
    of name: String, path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws -> String {
    if name.contains("/") {
      let absolute = Folder.absolute(name)
      guard isProgram(absolute) else { throw CommandFailure.usage("\(name) is not an executable file.") }
      return absolute
    }
    let folders = path.split(separator: ":").map(String.init)
    guard let folder = folders.first(where: { isProgram("\($0)/\(name)") }) else {
      throw CommandFailure.usage("There is no program \(name) in the folders of PATH (\(path)).")
    }
    return Folder.absolute("\(folder)/\(name)")
  }

  private static func isProgram(_ path: String) -> Bool {
    !Folder.exists(path) && FileManager.default.isExecutableFile(atPath: path)
  }
}
