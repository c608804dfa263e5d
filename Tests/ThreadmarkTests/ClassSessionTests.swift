import Foundation
import Grading
import Reporting
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

struct ClassSessionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(
      Dictionary(
        uniqueKeysWithValues: (1...12).map { ("class/s\($0)", "#!/bin/sh\n\($0 % 3 == 0 ? "wrong" : "right")") }))
  }

  @Test func `a class is marked, told of and written down`() async throws {
    let result = try await session(jobs: 4).run()
    try result.record.finish(result.report)
    #expect(result.report.submissions.map(\.id) == (1...12).map { "s\($0)" })
    #expect(result.report.submissions.count { $0.verdict == .accepted } == 8)
    let written = try JSONReporter.report(from: Data(contentsOf: URL(filePath: folder.path("report.json"))))
    #expect(written.submissions == result.report.submissions && !written.isInterrupted)
    let lines = try progress().split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.last?.hasPrefix("[12/12] s") == true)
    #expect(lines.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\r") })
  }

  @Test func `cancelled, it keeps what is marked and says that it is not all`() async throws {
    let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
    let session = try session(jobs: 1) { run in
      if run.files.contains(where: { String(decoding: $0.contents, as: UTF8.self).hasSuffix("wrong") }) {
        arrival.yield()
        try await Task.sleep(for: .seconds(3600))
      }
      return makeResult("right")
    }
    let task = Task { await session.run() }
    for await _ in arrived { break }
    task.cancel()
    let result = await task.value
    try result.record.finish(result.report)
    #expect(result.report.submissions.map(\.id) == ["s1", "s2"])
    let written = try JSONReporter.report(from: Data(contentsOf: URL(filePath: folder.path("report.json"))))
    #expect(written.isInterrupted && written.submissions.count == 2)
    let junit = try String(contentsOfFile: folder.path("report.xml"), encoding: .utf8)
    #expect(junit.contains("threadmark.Infrastructure"))
  }

  private func session(jobs: Int, script: ScriptedExecutor.Script? = nil) throws -> ClassSession {
    let script =
      script ?? { run in
        makeResult(
          run.files.contains { String(decoding: $0.contents, as: UTF8.self).hasSuffix("right") } ? "right" : "")
      }
    let exercise = makeExercise(language: ScriptLanguage.name, entry: "program")
    let language = ScriptLanguage()
    let grader = Grader(
      exercise: exercise, language: language, executor: ScriptedExecutor(script))
    let log = open(folder.path("progress"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    return ClassSession(
      marking: Marking(grader: grader, machine: Report.Machine(tier: .namespaces, language: language)),
      references: try SubmissionFolder.list(folder.path("class")), jobs: jobs,
      writer: ReportWriter(json: folder.path("report.json"), junit: folder.path("report.xml")), hidesIDs: false,
      terminal: Terminal(descriptor: log, environment: [:]))
  }

  private func progress() throws -> String { try String(contentsOfFile: folder.path("progress"), encoding: .utf8) }
}

/// A language whose programs start themselves.
private struct ScriptLanguage: Language {
  static let name = "script"
  let fileExtensions = ["sh"]
  let maximumProgramSize = 1 << 10
  let interpreter = "none"
  let interpreterVersion = "none"
  let readable: [String] = []

  func inspect(_ program: SubmittedFile) throws(SubmissionProblem) {}

  func prepare(_ submission: Submission) -> Program {
    Program(
      name: "program", files: [ContainerFile(path: "program", contents: submission.program.contents)],
      executable: "/work/program")
  }
}
