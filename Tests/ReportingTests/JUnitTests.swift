import Foundation
import Grading
import JUnitXML
import Testing

@testable import Reporting

struct JUnitTests {
  @Test(arguments: [
    (Verdict.wrongAnswer, FailureType.wrongOutput), (.wrongOrder, .wrongOrder), (.runTimeError, .crash),
    (.timeLimitExceeded, .timeLimit), (.deadlock, .deadlock), (.memoryLimitExceeded, .memoryLimit),
    (.outputLimitExceeded, .outputLimit), (.notConcurrent, .notConcurrent), (.tooSlow, .tooSlow),
    (.leftoverProcess, .leftoverProcess), (.flaky, .flaky), (.compileError, .buildFailed),
  ])
  func `a verdict is a failure of its type`(verdict: Verdict, type: FailureType) throws {
    let suite = try suite(Samples.submission(verdict))
    guard case .failure(let failure, _, _) = suite.testCases[1].outcome else {
      Issue.record("not a failure: \(suite.testCases[1].outcome)")
      return
    }
    #expect(failure.type == type)
    #expect(suite.totals.failures == 1 && suite.totals.errors == 0)
  }

  @Test func `what is no fault of the submission is no failure`() throws {
    #expect(try suite(Samples.submission(.accepted)).totals.failures == 0)
    #expect(try suite(Samples.submission(.inconclusive)).totals.skipped == 1)
    #expect(try suite(Samples.submission(.judgeError)).totals.errors == 1)
  }

  @Test(arguments: Verdict.allCases)
  func `a verdict that no check shows has a test case of its own`(verdict: Verdict) throws {
    for checks in [[], [Samples.passed]] {
      let totals = try suite(Samples.submission(verdict, checks: checks, notes: ["line 1: invalid syntax"])).totals
      switch verdict {
      case .accepted: #expect(totals.tests == 1 && totals.failures + totals.errors + totals.skipped == 0)
      case .inconclusive: #expect(totals.skipped == 1)
      case .judgeError: #expect(totals.errors == 1)
      default: #expect(totals.failures == 1)
      }
    }
  }

  @Test func `names depend on the submission and the check alone`() throws {
    let document = JUnitReporter.document(for: Samples.everything)
    #expect(document.suites[0].name == "threaded-printers.student-accepted")
    let names = document.suites[0].testCases.map(\.name.value)
    #expect(names == ["exits-cleanly (student-accepted)", "order (student-accepted)"])
    for submission in Samples.everything.submissions {
      let alone = try suite(submission)
      let amongOthers = try #require(document.suites.first { $0.name == alone.name })
      #expect(alone.testCases.map(\.name) == amongOthers.testCases.map(\.name))
    }
  }

  @Test func `points, attempts and the machine are properties`() throws {
    let suite = try suite(Samples.submission(.tooSlow))
    let properties = Dictionary(uniqueKeysWithValues: suite.properties.map { ($0.name.value, $0.value.value) })
    let expected = [
      "threadmark.version": "1.0.0", "run.started": "2026-03-05T10:11:12.345Z", "student.id": "student-too_slow",
      "exercise.id": "threaded-printers", "points.awarded": "5", "points.max": "10", "check.order.points": "3/8",
      "check.order.attempts": "5", "check.order.failed": "2", "sandbox.tier": "B",
      "interpreter.path": "/usr/bin/python3.11", "interpreter.version": "Python 3.11.7", "kernel": "Linux 6.1.0",
      "cpus": "8", "verdict": "too_slow",
    ]
    #expect(properties.filter { expected[$0.key] != nil } == expected)
  }

  @Test func `partial points stand at the end of the message`() throws {
    let suite = try suite(Samples.submission(.tooSlow))
    guard case .failure(let failure, _, _) = suite.testCases[1].outcome else {
      Issue.record("no failure")
      return
    }
    #expect(failure.explanation.message.value.hasSuffix("2 is asked for. [3/8 points]"))
  }

  @Test func `further attempts are flaky failures when some passed, else reruns`() throws {
    var check = Samples.check(for: .wrongOrder)
    let flaky = try outcome(check)
    check.failedAttempts = check.attempts
    let always = try outcome(check)
    guard case .failure(_, [], let flakyFailures) = flaky, case .failure(_, let reruns, []) = always else {
      Issue.record("\(flaky) \(always)")
      return
    }
    #expect(flakyFailures.count == 1 && reruns.count == 1)
    #expect(reruns[0].failure.explanation.details.value.hasPrefix("In run 4.\nline 2 (Thread 1): Thread 1: 3"))
  }

  @Test func `outputs are shown where something is wrong, evidence where nothing is`() throws {
    let suite = try suite(Samples.submission(.wrongOrder))
    #expect(suite.testCases[0].systemOut.value == "all 5 runs ended with exit status 0")
    #expect(suite.testCases[1].systemOut.value.hasPrefix("Thread 1: 1\n"))
  }

  @Test func `a report that was broken off is an error, however green its submissions are`() {
    let document = JUnitReporter.document(for: Samples.report([Samples.submission(.accepted)], isInterrupted: true))
    #expect(document.totals.errors == 1)
    #expect(JUnitReporter.document(for: Samples.report([])).totals.errors == 1)
  }

  @Test func `the property student.id can be turned off`() {
    let document = JUnitReporter.document(for: Samples.everything, includesStudentIDs: false)
    #expect(!document.suites.flatMap(\.properties).contains { $0.name.value == "student.id" })
  }

  @Test func `the document of a class with every verdict`() throws {
    let xml = try JUnitReporter.document(for: Samples.everything).xml()
    try expectSnapshot(String(decoding: xml, as: UTF8.self), "class.xml")
  }

  private func suite(_ submission: SubmissionReport) throws -> TestSuite {
    try #require(JUnitReporter.document(for: Samples.report([submission])).suites.first)
  }

  private func outcome(_ check: CheckReport) throws -> Outcome {
    try #require(suite(Samples.submission(.wrongOrder, checks: [check])).testCases.first).outcome
  }
}
