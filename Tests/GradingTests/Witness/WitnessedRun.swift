import Foundation
import Grading
import Sandboxing

/// Runs Python programs with the witness, without a sandbox: in folders of their own that are gone afterwards.
struct WitnessedRun {
  var python: PythonInterpreter
  /// Whether the witness is loaded at all.
  var isWitnessed = true
  /// The arguments of Python; nil runs the program.
  var arguments: [String]?
  var environment: [String: String] = [:]
  /// Files beside the program's, in the student's folder.
  var work: [String: String] = [:]
  /// Files that the harness puts beside the witness.
  var harness: [String: [UInt8]] = [:]
  /// Files of a further folder on PYTHONPATH, behind the witness's.
  var other: [String: String] = [:]

  /// Runs a program and gives what a sandbox would: its exit status, output and the witness's records.
  func run(_ program: String) throws -> ExecutionResult {
    let root = FileManager.default.temporaryDirectory.appending(path: "witnessed-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try furnish(root, program)
    let channel = root.appending(path: "channel").path
    let reader = try openChannel(channel)
    defer { close(reader) }

    let process = Process()
    process.executableURL = URL(filePath: python.path)
    process.arguments = arguments ?? [root.appending(path: "harness/run/program.py").path]
    process.environment = environment(root, channel)
    process.currentDirectoryURL = root.appending(path: "work")
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    let errors = root.appending(path: "errors")
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()

    let streams: [(JournalEntry.Stream, [UInt8])] = [
      (.standardOutput, Array(printed)), (.standardError, Array(try Data(contentsOf: errors))),
      (.witness, readAll(reader)),
    ]
    return ExecutionResult(
      termination: process.terminationReason == .exit
        ? .exited(Int(process.terminationStatus)) : .signaled(Int(process.terminationStatus), coreDumped: false),
      journal: streams.enumerated().map {
        JournalEntry(time: Int64($0.offset), event: .bytes($0.element.0, $0.element.1))
      })
  }

  private func furnish(_ root: URL, _ program: String) throws {
    for folder in ["harness/run", "work", "other"] {
      try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    var files = ["errors": [UInt8](), "harness/run/program.py": Array(program.utf8)]
    if isWitnessed { files["harness/\(Witness.fileName)"] = Witness.source }
    for (name, contents) in harness { files["harness/\(name)"] = contents }
    for (name, text) in work { files["work/\(name)"] = Array(text.utf8) }
    for (name, text) in other { files["other/\(name)"] = Array(text.utf8) }
    for (name, contents) in files {
      let file = root.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(contents).write(to: file)
    }
  }

  private func environment(_ root: URL, _ channel: String) -> [String: String] {
    var environment = [
      "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": root.path, "PYTHONHASHSEED": "0",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]
    if isWitnessed {
      environment["PYTHONPATH"] = "\(root.path)/harness:\(root.path)/other"
      environment["THREADMARK_WITNESS"] = channel
      environment["THREADMARK_FILES"] = "\(root.path)/work"
    }
    return environment.merging(self.environment) { $1.replacing("ROOT", with: root.path) }
  }

  private func openChannel(_ path: String) throws -> Int32 {
    guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard reader >= 0 else { throw CocoaError(.fileReadUnknown) }
    // Nobody reads before the program has ended, so everything must fit.
    guard fcntl(reader, 1031 /* F_SETPIPE_SZ */, 1 << 20) > 0 else { throw CocoaError(.fileReadTooLarge) }
    return reader
  }

  private func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }
}
