import Foundation
import Grading
import Reporting
import TestSupport
import Testing

@testable import threadmark

struct MarkingTests {
  @Test func `what is marked is written at once, in the order of the ids, and called incomplete until the end`() throws
  {
    let folder = try TemporaryFolder()
    let writer = ReportWriter(json: folder.path("report.json"), html: folder.path("pages"))
    try writer.prepare()
    var record = ClassRecord(report([]), ids: ["ada", "bob", "cyd"], writer: writer, hidesIDs: false)
    record.add(submission("cyd"))
    #expect(try written(folder).submissions.map(\.id) == ["cyd"])
    #expect(try written(folder).isInterrupted)
    record.add(submission("ada"))
    #expect(record.report.submissions.map(\.id) == ["ada", "cyd"])
    #expect(try written(folder).submissions.count == 1, "written a moment ago")
    record.add(submission("bob"))
    #expect(record.report.submissions.map(\.id) == ["ada", "bob", "cyd"])
    try record.finish(report(["ada", "bob", "cyd"].map { submission($0) }))
    #expect(try written(folder) == report(["ada", "bob", "cyd"].map { submission($0) }))
    #expect(FileManager.default.fileExists(atPath: folder.path("pages/index.html")))
  }

  @Test func `ids that are hidden are hidden from the first write on, under numbers that stay`() throws {
    let folder = try TemporaryFolder()
    let writer = ReportWriter(json: folder.path("report.json"))
    var record = ClassRecord(report([]), ids: ["bob", "ada"], writer: writer, hidesIDs: true)
    record.add(submission("bob"))
    #expect(try written(folder).submissions.map(\.id) == ["submission-1"])
    try record.finish(report([submission("bob"), submission("ada")]))
    #expect(try written(folder).submissions.map(\.id) == ["submission-1", "submission-2"])
  }

  @Test func `a report that cannot be written any more is the machine's fault`() throws {
    let folder = try TemporaryFolder()
    let writer = ReportWriter(json: folder.path("gone/report.json"))
    var record = ClassRecord(report([]), ids: ["ada"], writer: writer, hidesIDs: false)
    record.add(submission("ada"))
    let error = #expect(throws: CommandFailure.self) { try record.finish(report([])) }
    #expect(error?.status == .failure)
  }

  @Test(arguments: Verdict.allCases)
  func `the status tells whether everything was accepted`(verdict: Verdict) {
    let expected: Status =
      switch verdict {
      case .accepted: .success
      case .judgeError: .failure
      default: .notAccepted
      }
    #expect(report([submission("ada"), submission("bob", verdict)]).status == expected)
    #expect(report([submission("ada", verdict)], isInterrupted: true).status != .success)
    #expect(report([]).status == .notAccepted)
  }

  @Test func `reference submissions are those in folders named for verdicts`() throws {
    let folder = try TemporaryFolder([
      "submissions/README.md": "", "submissions/accepted/b.py": "", "submissions/accepted/a/x.py": "",
      "submissions/accepted/.hidden": "", "submissions/deadlock/c.py": "",
    ])
    let references = try ReferenceSubmissions(exercise: folder.path)
    #expect(references.cases.map(\.name) == ["accepted/a", "accepted/b.py", "deadlock/c.py"])
    #expect(references.cases.map(\.expected) == [.accepted, .accepted, .deadlock])
    try folder.makeFolder("submissions/splendid")
    let error = #expect(throws: CommandFailure.self) { try ReferenceSubmissions(exercise: folder.path) }
    #expect(error?.message.contains("wrong_order") == true)
    #expect(throws: CommandFailure.self) { try ReferenceSubmissions(exercise: folder.path("nowhere")) }
  }

  private func written(_ folder: TemporaryFolder) throws -> Report {
    try JSONReporter.report(from: Data(contentsOf: URL(filePath: folder.path("report.json"))))
  }

  private func report(_ submissions: [SubmissionReport], isInterrupted: Bool = false) -> Report {
    Report(
      version: "1", started: Date(timeIntervalSinceReferenceDate: 0), exercise: "e", title: "E", maximumPoints: 1,
      machine: Report.Machine(
        tier: "B", tierTitle: "B", interpreter: "", interpreterVersion: "", kernel: "", cpus: 1),
      submissions: submissions, isInterrupted: isInterrupted)
  }

  private func submission(_ id: String, _ verdict: Verdict = .accepted) -> SubmissionReport {
    SubmissionReport(id: id, verdict: verdict, points: 0, maximumPoints: 1, checks: [], duration: 0)
  }
}
