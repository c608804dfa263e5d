import Grading
import Reporting

/// Marks a class once: progress is told, reports grow, and a cancelled task keeps what is marked.
struct ClassSession: Sendable {
  let marking: Marking
  let references: [SubmissionReference]
  let jobs: Int
  let writer: ReportWriter
  let hidesIDs: Bool
  /// Where progress is told.
  var terminal = Terminal.errors

  /// What came of it.
  struct Result: Sendable {
    /// All that was marked, under the ids of the submissions.
    let report: Report
    /// Where it is written down.
    let record: ClassRecord
  }

  func run() async -> Result {
    let empty = marking.emptyReport()
    var record = ClassRecord(empty, ids: references.map(\.id), writer: writer, hidesIDs: hidesIDs)
    var progress = Progress(total: references.count, terminal: terminal)
    progress.start()
    let report = await marking.grader.gradeClass(references, jobs: jobs, into: empty) { submission in
      progress.finished(submission)
      record.add(submission)
    }
    progress.end()
    return Result(report: report, record: record)
  }
}
