import Foundation
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
    let streams = try ["out", "err"].map { try Self.temporaryFile($0) }
    defer { for stream in streams { try? FileManager.default.removeItem(at: stream) } }
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    whileRunning(process.processIdentifier)
    process.waitUntilExit()
    // A signal that ended it counts as a shell counts it.
    status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    output = String(decoding: try Data(contentsOf: streams[0]), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: streams[1]), as: UTF8.self)
  }

  private static func temporaryFile(_ name: String) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "threadmark-\(UUID().uuidString).\(name)")
    try Data().write(to: url)
    return url
  }
}

/// Runs a shell command around the built executable, which it knows as `$threadmark`.
func shell(_ script: String) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  process.arguments = ["-c", script]
  process.environment = ["PATH": "/usr/bin:/bin", "threadmark": ThreadmarkProcess.executable.path]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}
