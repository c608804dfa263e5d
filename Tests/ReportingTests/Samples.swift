import Foundation
import Grading

/// Reports made by hand: one submission for each verdict, and one full of what students should not print.
enum Samples {
  static let hostile =
    "\u{1B}[31mred\u{1B}[0m\u{202E}gpj\u{07}\u{0}<script>alert('1')</script>&amp;\"]]>\u{FFFE}\u{9B}2J"

  static func report(_ submissions: [SubmissionReport], isInterrupted: Bool = false) -> Report {
    Report(
      version: "1.0.0", started: Date(timeIntervalSinceReferenceDate: 794_398_272.345), exercise: "threaded-printers",
      title: "Two threads that print", maximumPoints: 10,
      machine: Report.Machine(
        tier: "B", tierTitle: "B (namespaces)", interpreter: "/usr/bin/python3.11",
        interpreterVersion: "Python 3.11.7", kernel: "Linux 6.1.0", cpus: 8),
      submissions: submissions, isInterrupted: isInterrupted, seed: 1)
  }

  /// A submission for each verdict, in the order of ids, and the hostile one.
  static var everything: Report {
    report((Verdict.allCases.map { submission($0) } + [hostileSubmission]).sorted { $0.id < $1.id })
  }

  static func submission(
    _ verdict: Verdict, id: String? = nil, checks: [CheckReport]? = nil, notes: [String] = []
  ) -> SubmissionReport {
    let checks = checks ?? [passed, check(for: verdict)]
    return SubmissionReport(
      id: id ?? "student-\(verdict.rawValue)", verdict: verdict, points: checks.reduce(0) { $0 + $1.points },
      maximumPoints: 10, checks: checks, notes: notes, duration: 1.25)
  }

  static let passed = CheckReport(
    id: "exits-cleanly", title: "The program ends by itself, without an error", kind: "exit", status: .passed,
    points: 2, maximumPoints: 2, evidence: ["all 5 runs ended with exit status 0"], attempts: 5, duration: 0.4)

  static func check(for verdict: Verdict) -> CheckReport {
    var check = CheckReport(
      id: "order", title: "Each thread's numbers come in order", kind: "order", status: .failed, points: 0,
      maximumPoints: 8, attempts: 5, failedAttempts: 2, duration: 0.6,
      output: "Thread 1: 1\nThread 1: 3\nThread 1: 2\n", errors: "")
    switch verdict {
    case .accepted:
      (check.status, check.points, check.failedAttempts) = (.passed, 8, 0)
      check.evidence = ["10 lines, ascending for each thread"]
    case .inconclusive:
      (check.status, check.failedAttempts) = (.skipped, 0)
      check.evidence = ["only one CPU may be used, so nothing can be said about speed"]
    case .judgeError:
      (check.status, check.failedAttempts) = (.error, 0)
      check.evidence = ["Starting the program failed: clone3 reported EAGAIN (Resource temporarily unavailable)."]
    case .tooSlow:
      check.points = 3
      check.findings = [Finding(.tooSlow, "4 workers were 1.4 times as fast as one; 2 is asked for.")]
    case .flaky:
      check.settings = RunSettings(seed: 1, oneCPU: 7, switchInterval: 10, hashSeed: 4711)
      check.findings = [
        Finding(
          .flaky, "2 of 5 runs printed in a wrong order (95 % interval 12 to 77 %): Thread 1 printed 3 before 2.",
          details: """
            The first of them was run 2, on one CPU, thread switches every 10 microseconds, hash seed 4711.
            threadmark check --seed 1 runs it with the same settings again.
            """,
          counterExample: finding(.flaky, attempt: 2).counterExample, attempt: 2)
      ]
    default:
      check.findings = [finding(verdict, attempt: 2), finding(verdict, attempt: 4)]
    }
    return check
  }

  static func finding(_ verdict: Verdict, attempt: Int?) -> Finding {
    Finding(
      verdict, "Thread 1 printed 3 before 2 (\(verdict.title)).",
      details: "Between these lines nothing made Thread 1 wait.",
      counterExample: [
        Finding.Line(number: 2, text: "Thread 1: 3", writer: "Thread 1"),
        Finding.Line(number: 13, text: "Thread 1: 2", writer: "Thread 1"),
      ], attempt: attempt)
  }

  static var hostileSubmission: SubmissionReport {
    let check = CheckReport(
      id: "order", title: "Each thread's numbers come in order", kind: "order", status: .failed, points: 0,
      maximumPoints: 8,
      findings: [
        Finding(
          .wrongOrder, "Line \(hostile) is not asked for.",
          details: "\(hostile)\nand 漢字 " + String(repeating: "長", count: 90),
          counterExample: [
            Finding.Line(number: 1, text: hostile + String(repeating: "x", count: 200), writer: hostile),
            Finding.Line(number: 2, text: "👩‍👩‍👧 e\u{301}"),
          ])
      ], failedAttempts: 1, output: hostile + "\n[[ATTACHMENT|/etc/passwd]]\n", errors: hostile)
    return submission(.wrongOrder, id: "zoë/../\(hostile)", checks: [passed, check], notes: ["Left out: \(hostile)"])
  }
}
