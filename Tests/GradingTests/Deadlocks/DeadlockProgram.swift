import Foundation
import Grading
import Sandboxing
import Testing
import TestSupport

/// A program of `fixtures/deadlocks`, in the folder of the verdict that it must get.
struct DeadlockProgram: Sendable, CustomTestStringConvertible {
  var url: URL
  var verdict: String { url.deletingLastPathComponent().lastPathComponent }
  var testDescription: String { "\(verdict)/\(url.lastPathComponent)" }

  /// Those whose compilers are on this machine; the other languages are named once on standard output.
  static let all: [DeadlockProgram] = {
    let root = Fixtures.root.appendingPathComponent("deadlocks")
    let programs = ["deadlock", "accepted", "time_limit_exceeded", "run_time_error"].flatMap { verdict -> [URL] in
      let folder = root.appendingPathComponent(verdict)
      let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
      return files.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
    var isThere: [String: Bool] = [:]
    return programs.map(DeadlockProgram.init).filter { program in
      guard let compiler = compilers[program.url.pathExtension] else { return true }
      if isThere[compiler[0]] == nil {
        let probe = try? OutsideProgram("which", [compiler[0]]).run()
        isThere[compiler[0]] = probe?.status == 0
        if probe?.status != 0 { print("CAPABILITY MISSING: no \(compiler[0]), so its deadlocks are not tried") }
      }
      return isThere[compiler[0]] == true
    }
  }()

  /// What makes an executable of a source, up to the names of both.
  private static let compilers: [String: [String]] = [
    "c": ["gcc", "-g", "-pthread", "-o", "program"],
    "cpp": ["g++", "-std=c++17", "-g", "-pthread", "-o", "program"],
    "swift": ["swiftc", "-g", "-o", "program"],
    "java": ["javac", "-d", "."],
    "go": ["go", "build", "-o", "program"],
  ]

  /// Where Go keeps what it compiles of its own library, once for all programs.
  private static let cacheOfGo = Fixtures.root.deletingLastPathComponent().appending(path: ".build/go-cache").path

  /// Everything that one run of it takes.
  struct Prepared: Sendable {
    var command: Command
    var files: [ContainerFile]
    var readable: [String]
  }

  /// Compiles it, where that is needed.
  func prepare() throws -> Prepared {
    let source = Array(try Data(contentsOf: url))
    guard let compiler = Self.compilers[url.pathExtension] else { return try python(source) }
    let folder = try TemporaryFolder()
    let environment = ProcessInfo.processInfo.environment.merging(["GOCACHE": Self.cacheOfGo]) { $1 }
    let built = try OutsideProgram(
      compiler[0], compiler.dropFirst() + [url.path], environment: environment, folder: folder.path
    ).run(patience: .seconds(600))
    try #require(built.status == 0, "\(String(decoding: built.errors, as: UTF8.self))")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let files = try names.filter { $0 == "program" || $0.hasSuffix(".class") }.map { name in
      let contents = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
      return ContainerFile(path: name, contents: Array(contents), isExecutable: true)
    }
    let work = ContainerConfiguration.workFolder
    if url.pathExtension == "java" {
      let command = Command(executable: "/usr/bin/java", arguments: ["-cp", work, "Program"])
      return Prepared(command: command, files: files, readable: [])
    }
    let isSwift = url.pathExtension == "swift"
    return Prepared(
      command: Command(executable: "\(work)/program", environment: ["PATH": "/usr/bin:/bin"]), files: files,
      readable: isSwift ? [try Self.swiftLibraries()] : [])
  }

  private func python(_ source: [UInt8]) throws -> Prepared {
    let interpreter = try #require(PythonInterpreter.all.last)
    let prefix = URL(filePath: interpreter.path).deletingLastPathComponent().deletingLastPathComponent().path
    let environment = Witness.environment(channel: "\(ContainerConfiguration.harnessFolder)/witness")
      .merging(["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    return Prepared(
      command: Command(executable: interpreter.path, arguments: [Witness.programPath], environment: environment),
      files: [
        ContainerFile(path: "run/program.py", in: .harness, contents: source)
      ] + Witness.files,
      readable: prefix == "/usr" ? [] : [prefix])
  }

  /// The folder of the Swift toolchain, whose libraries programs are linked with.
  private static func swiftLibraries() throws -> String {
    let path = try OutsideProgram("which", ["swiftc"]).run().output
    let compiler = URL(filePath: String(decoding: path, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    return compiler.deletingLastPathComponent().deletingLastPathComponent().path
  }

  /// Runs it and says the verdict on its end.
  func verdict(of prepared: Prepared, tier: IsolationTier? = nil) async throws -> (
    verdict: String, result: ExecutionResult
  ) {
    let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration(readable: prepared.readable))
    var command = prepared.command
    let isFedLate = String(decoding: try Data(contentsOf: url).prefix(400), as: UTF8.self).contains("# input: late")
    let feeder = isFedLate ? try LateInput() : nil
    if let feeder { command.standardInput = .file(path: feeder.path) }
    let wall: Duration = verdict == "time_limit_exceeded" ? .seconds(2) : .seconds(60)
    let limits = Limits(wallTime: wall, memory: 2 << 30, tasks: 200)
    async let fed: Void? = feeder?.feed()
    let result = try await container.run(
      command, files: prepared.files, limits: limits, observation: Observation())
    try await fed
    await container.close()
    let run = Run(
      scenario: "plain", attempt: 1, result: result, trace: Trace(result: result, programName: "program.py"))
    switch ExitCheck().judge([run]) {
    case .passed: return (Verdict.accepted.rawValue, result)
    case .failed(let findings): return (findings.first?.verdict.rawValue ?? "none", result)
    case .skipped(let reason): return (reason, result)
    }
  }
}

/// A named pipe on this machine that somebody writes a line into only after a while.
private struct LateInput: Sendable {
  let folder: TemporaryFolder
  let holder: FileHandle
  var path: String { "\(folder.path)/input" }

  init() throws {
    folder = try TemporaryFolder()
    try folder.makePipe("input")
    let descriptor = open("\(folder.path)/input", O_RDWR | O_CLOEXEC)
    holder = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Long after everything has come to rest, on a machine that is not too busy.
  func feed() async throws {
    try await Task.sleep(for: .seconds(1))
    try holder.write(contentsOf: Data("at last\n".utf8))
  }
}
