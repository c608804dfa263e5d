public import Grading
public import JUnitXML

/// A report as a JUnit document: a suite for each submission, a test case for each check.
///
/// Names depend on the submission and the check alone, so that a reader that follows a test over time finds it again whoever
/// else is in the class. Nothing that is not accepted looks green: a verdict that no check shows has a test case of its own.
public enum JUnitReporter {
  /// The document, as a value; `JUnitXML` writes it.
  /// - Parameters:
  ///   - report: what was graded.
  ///   - includesStudentIDs: whether the suites have the property `student.id`.
  ///   - pictures: the folder, relative to the document, in which its pictures are; nil without them.
  /// - Returns: the document, with at least one suite.
  public static func document(
    for report: Report, includesStudentIDs: Bool = true, pictures: String? = nil
  ) -> JUnitReport {
    let suites = report.submissions.map { submission in
      let cases = JUnitCases(submission: submission, pictures: pictures)
      return TestSuite(
        "\(report.exercise).\(cases.owner)", timestamp: Timestamp(report.started),
        properties: properties(of: report) + properties(of: submission, includesID: includesStudentIDs),
        testCases: cases.all, systemOut: XMLText(submission.notes.joined(separator: "\n")))
    }
    return JUnitReport(suites + (report.isInterrupted ? [interruption(of: report)] : []))
  }

  private static func properties(of report: Report) -> [Property] {
    [
      Property("threadmark.version", XMLText(report.version)),
      Property("run.started", XMLText(Instant.text(report.started))),
      Property("exercise.id", XMLText(report.exercise)),
      Property("exercise.title", XMLText(report.title)),
      Property("sandbox.tier", XMLText(report.machine.tier)),
      Property("interpreter.path", XMLText(report.machine.interpreter)),
      Property("interpreter.version", XMLText(report.machine.interpreterVersion)),
      Property("kernel", XMLText(report.machine.kernel)),
      Property("cpus", "\(report.machine.cpus)"),
    ] + (report.seed.map { [Property("seed", "\($0)")] } ?? [])
  }

  private static func properties(of submission: SubmissionReport, includesID: Bool) -> [Property] {
    let id = includesID ? [Property("student.id", XMLText(submission.id))] : []
    let whole = [
      Property("verdict", XMLText(submission.verdict.rawValue)),
      Property("points.awarded", "\(submission.points)"),
      Property("points.max", "\(submission.maximumPoints)"),
    ]
    let checks = submission.checks.flatMap { check in
      [
        Property("check.\(check.id).points", "\(check.points)/\(check.maximumPoints)"),
        Property("check.\(check.id).attempts", "\(check.attempts)"),
        Property("check.\(check.id).failed", "\(check.failedAttempts)"),
      ]
    }
    return id + whole + checks
  }

  /// A report of part of a class is no report of the class, however green the part is.
  private static func interruption(of report: Report) -> TestSuite {
    let explanation = Explanation("Marking was broken off before every submission was marked.")
    return TestSuite(
      "\(report.exercise)..interrupted", timestamp: Timestamp(report.started), properties: properties(of: report),
      testCases: [TestCase("interrupted", outcome: .error(explanation))])
  }
}
