import Grading
import JUnitXML

/// The test cases of one submission.
struct JUnitCases {
  let submission: SubmissionReport
  /// The folder of the pictures, relative to the document; nil without them.
  var pictures: String?

  /// The submission's part of all names.
  var owner: String { SafeName(submission.id).string }

  /// One for each check, and one for the verdict where no check shows it.
  var all: [TestCase] {
    submission.checks.map(testCase) + (isVerdictShown ? [] : [verdictCase])
  }

  private var isVerdictShown: Bool {
    let statuses = Set(submission.checks.map(\.status))
    return switch submission.verdict {
    case .accepted: !statuses.isEmpty
    case .inconclusive: statuses.contains(.skipped)
    case .judgeError: statuses.contains(.error)
    default: statuses.contains(.failed)
    }
  }

  private var verdictCase: TestCase {
    let title = submission.verdict.title
    let message = submission.summary.isEmpty ? "The verdict is: \(title)." : submission.summary
    let points = "[\(submission.points)/\(submission.maximumPoints) points]"
    let details = XMLText(submission.notes.joined(separator: "\n"))
    let outcome: Outcome =
      switch submission.verdict {
      case .accepted: .passed
      case .inconclusive: .skipped(Explanation(XMLText(message), details: details))
      case .judgeError: .error(Explanation(XMLText(message), details: details))
      default: .failure(Failure(submission.verdict.failureType, "\(message) \(points)", details: details))
      }
    return TestCase("verdict (\(owner))", time: ElapsedTime(seconds: submission.duration), outcome: outcome)
  }

  private func testCase(_ check: CheckReport) -> TestCase {
    let shows = check.status == .failed || check.status == .error
    let evidence = check.evidence.joined(separator: "\n")
    return TestCase(
      "\(check.id) (\(owner))", time: ElapsedTime(seconds: check.duration), outcome: check.outcome,
      attachments: pictures.map { Pictures.attachments(of: check, in: submission, folder: $0) } ?? [],
      systemOut: shows ? .output(check.output) : check.status == .passed ? XMLText(evidence) : "",
      systemErr: shows ? .output(check.errors) : "")
  }
}

extension CheckReport {
  /// How the check went, as JUnit counts it.
  fileprivate var outcome: Outcome {
    switch status {
    case .passed: return .passed
    case .skipped: return .skipped(reason(else: "Nothing could be said."))
    case .error: return .error(reason(else: "The check could not be judged."))
    case .failed:
      guard let first = findings.first else {
        return .failure(Failure(.assertionFailed, "The check failed. \(pointsNote)"))
      }
      if first.verdict == .judgeError { return .error(Explanation(XMLText(first.message))) }
      return failure(first)
    }
  }

  /// The most telling attempt as the failure, one further failure for each other attempt.
  private func failure(_ first: Finding) -> Outcome {
    let isSame = { (finding: Finding) in finding.attempt == nil || finding.attempt == first.attempt }
    let details = first.text + findings.dropFirst().filter(isSame).map { "\n\n\($0.message)\n\($0.text)" }.joined()
    let failure = Failure(
      first.verdict.failureType, "\(first.message) \(pointsNote)",
      details: XMLText(details.drop { $0 == "\n" } + evidenceNote))
    var seen: Set<Int?> = [first.attempt]
    let others = findings.filter { !isSame($0) && seen.insert($0.attempt).inserted }.map { finding in
      FailedAttempt(
        Failure(finding.verdict.failureType, XMLText(finding.message), details: XMLText(finding.text)))
    }
    return failedAttempts < attempts
      ? .failure(failure, flakyFailures: others) : .failure(failure, rerunFailures: others)
  }

  private var pointsNote: String { "[\(points)/\(maximumPoints) points]" }

  private var evidenceNote: String { evidence.isEmpty ? "" : "\n\n" + evidence.joined(separator: "\n") }

  private func reason(else sentence: String) -> Explanation {
    let texts = findings.map(\.message) + evidence
    return Explanation(XMLText(texts.first ?? sentence), details: XMLText(texts.dropFirst().joined(separator: "\n")))
  }
}

extension Finding {
  /// In which run, the lines that show it, and their explanation.
  fileprivate var text: String {
    let lines = counterExample.map { line in
      "line \(line.number)\(line.writer.map { " (\($0))" } ?? ""): \(line.text)"
    }
    let run = attempt.map { ["In run \($0)."] } ?? []
    return (run + lines + (details.isEmpty ? [] : [details])).joined(separator: "\n")
  }
}

extension Verdict {
  /// The kind of JUnit failure that it is.
  var failureType: FailureType {
    switch self {
    case .wrongAnswer: .wrongOutput
    case .wrongOrder: .wrongOrder
    case .runTimeError: .crash
    case .timeLimitExceeded: .timeLimit
    case .deadlock: .deadlock
    case .memoryLimitExceeded: .memoryLimit
    case .outputLimitExceeded: .outputLimit
    case .notConcurrent: .notConcurrent
    case .tooSlow: .tooSlow
    case .leftoverProcess: .leftoverProcess
    case .flaky: .flaky
    case .compileError: .buildFailed
    case .accepted, .inconclusive, .judgeError: .assertionFailed
    }
  }
}
