import Foundation
import Sandboxing
import TestSupport
import Testing
@testable import threadmark

/// Ours, not the one of `Testing`.
typealias Status = threadmark.ExitStatus

/// The built executable, run as users run it.
struct ThreadmarkProcess {
  let status: Int32
  let output: String
  let errors: String

  /// Where the build puts it: beside the tests.
  static var executable: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "threadmark")
  }

  /// Runs it to its end.
  /// - Parameters:
  ///   - arguments: its arguments.
  ///   - environment: variables beside `PATH`; nothing else is inherited.
  ///   - folder: where it is started.
  ///   - whileRunning: called with its process id once it runs.
  /// - Throws: when it cannot be started.
  init(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL = Fixtures.packageRoot,
    whileRunning: (Int32) -> Void = { _ in }
  ) throws {
    let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
    let result = try OutsideProgram(
      Self.executable.path, arguments, environment: environment, folder: folder.path
    ).run(patience: .seconds(300), whileRunning: whileRunning)
    status = Int32(result.status)
    output = String(decoding: result.output, as: UTF8.self)
    errors = String(decoding: result.errors, as: UTF8.self)
  }
}

/// Runs a shell command around the built executable, which it knows as `$threadmark`.
func shell(_ script: String) throws -> Int32 {
  let environment = ["PATH": "/usr/bin:/bin", "threadmark": ThreadmarkProcess.executable.path]
  return Int32(try OutsideProgram("/bin/sh", ["-c", script], environment: environment).run().status)
}
