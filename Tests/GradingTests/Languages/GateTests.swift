import Foundation
import Grading
import Sandboxing
import Testing
import TestSupport

@Suite("Programs without a witness come to the gate", .requiresSandbox, .requiresCompiler, .serialized)
struct GateTests {
  /// Swift's own libraries are where no submission's program finds them, so they become a part of it.
  private static let compilers = [
    "c": ["/usr/bin/gcc", "-pthread"], "cpp": ["/usr/bin/g++", "-pthread"],
    "swift": ["swiftc", "-swift-version", "5", "-static-stdlib", "-Xlinker", "-s"],
  ]

  /// Marks a program of `fixtures/concurrency`, compiled unless it is a script, by one check of concurrency.
  private func report(
    _ file: String, _ check: ConcurrencyCheck, options: [String] = []
  ) async throws -> CheckReport {
    let source = Fixtures.root.appendingPathComponent("concurrency/\(file)").path
    let folder = try TemporaryFolder([:])
    let program = folder.path("program")
    if file.hasSuffix(".sh") {
      try FileManager.default.copyItem(atPath: source, toPath: program)
    } else {
      let compiler = try #require(Self.compilers[String(file.split(separator: ".").last ?? "")])
      let built = try OutsideProgram(compiler[0], compiler.dropFirst() + ["-o", program, source] + options)
        .run(patience: .seconds(300))
      try #require(built.status == 0, "\(String(decoding: built.errors, as: UTF8.self))")
    }
    let exercise = makeExercise(language: "command", entry: "program", checks: [makeCheck(check: check)])
    let language = try await LanguageCatalogue.language("command")
    let report = try await Grader(exercise: exercise, language: language, executor: Sandbox())
      .grade(SubmissionReference(path: program))
    return report.checks[0]
  }

  @Test(arguments: ["threads.c", "threads.cpp", "forks.c", "shell.sh"])
  func `threads and processes are seen together, printing, and doing the work`(_ file: String) async throws {
    let check = ConcurrencyCheck(atLeast: 3, together: true, writers: 3, work: true)
    let report = try await report(file, check)
    #expect(report.status == .passed, "\(report.findings) \(report.evidence)")
  }

  @Test(.requiresSwiftCompiler) func `threads of a Swift program are seen like those of C`() async throws {
    let check = ConcurrencyCheck(threads: 3, together: true, writers: 3, work: true)
    let report = try await report("threads.swift", check)
    #expect(report.status == .passed, "\(report.findings) \(report.evidence)")
  }

  @Test(.requiresSwiftCompiler, arguments: ["dispatch.swift", "tasks.swift"])
  func `how many threads Dispatch makes is not held against a program, that they work is seen`(
    _ file: String
  ) async throws {
    let check = ConcurrencyCheck(threads: 100, together: true, writers: 100)
    let counted = try await report(file, check)
    #expect(counted.status == .skipped)
    #expect(counted.evidence.first?.contains("Dispatch") == true)
    let work = try await report(file, ConcurrencyCheck(work: true))
    #expect(work.status == .passed, "\(work.findings) \(work.evidence)")
  }

  @Test func `threads joined one by one are never together`() async throws {
    let report = try await report("one_loop.c", ConcurrencyCheck(threads: 3, together: true))
    #expect(report.findings.first?.message.contains("never two alive at the same time") == true)
    #expect(report.findings.first?.details.contains("start() and join() stand in one loop") == true)
  }

  @Test func `threads that leave the work to the main thread are found out`() async throws {
    let writers = try await report("main_prints.c", ConcurrencyCheck(writers: 3))
    #expect(writers.findings.first?.message.contains("All 9 lines were printed by the main thread") == true)
    #expect(writers.findings.first?.message.contains("target=") == false)
    let work = try await report("main_prints.c", ConcurrencyCheck(work: true))
    #expect(work.findings.first?.message.contains("did none of the work") == true)
  }

  @Test(arguments: [
    ConcurrencyCheck(threads: 3, together: true), ConcurrencyCheck(writers: 3), ConcurrencyCheck(work: true),
  ])
  func `a statically linked program is skipped with the reason`(_ check: ConcurrencyCheck) async throws {
    let report = try await report("threads.c", check, options: ["-static"])
    #expect(report.status == .skipped)
    #expect(report.evidence.first?.contains("can't be seen") == true)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where Swift programs can't be compiled.
  fileprivate static var requiresSwiftCompiler: Self {
    .enabled("there is no swiftc") { (try? OutsideProgram("which", ["swiftc"]).run().status) == 0 }
  }

  /// Skips where the programs can't be compiled.
  fileprivate static var requiresCompiler: Self {
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/g++"), "there is no /usr/bin/g++")
  }
}
