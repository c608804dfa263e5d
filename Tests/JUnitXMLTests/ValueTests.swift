import Foundation
import Testing

@testable import JUnitXML

@Suite struct `The values of a report` {
  @Test func `add themselves up`() {
    let first = make(
      suite: "a",
      testCases: [
        make(case: "1", time: 0.001),
        make(case: "2", time: 0.0006, outcome: .failure(make(failure: "x"))),
        make(case: "3", outcome: .passed(flakyFailures: [FailedAttempt(make(failure: "x"))])),
      ])
    let second = make(
      suite: "b",
      testCases: [
        make(case: "4", outcome: .error(Explanation("x"))),
        make(case: "5", outcome: .skipped(Explanation("x"))),
      ])
    let totals = JUnitReport([first, second]).totals
    #expect(totals.tests == 5 && totals.failures == 1 && totals.errors == 1 && totals.skipped == 1)
    #expect(totals.time.description == "12.377")
    #expect(first.totals.tests == 3 && first.totals.failures == 1 && first.totals.errors == 0)
    #expect(first.totals.time.description == "4.127")
  }

  @Test(
    arguments: [
      (0, "0.000"), (4.125, "4.125"), (48.79, "48.790"), (0.0004, "0.000"), (0.0006, "0.001"), (-1, "0.000"),
      (.nan, "0.000"), (.infinity, "1000000000.000"), (1e300, "1000000000.000"), (0.9999, "1.000"),
    ] as [(Double, String)])
  func `write times with three decimals`(seconds: Double, expected: String) {
    let time = ElapsedTime(seconds: seconds)
    #expect(time.description == expected)
    #expect(ElapsedTime(description: expected) == time)
  }

  @Test func `take durations`() {
    #expect(ElapsedTime(.milliseconds(4_125)).description == "4.125")
    #expect(ElapsedTime(.microseconds(1_600)).milliseconds == 2)
  }

  @Test(arguments: ["1", "1.5", "1.50a", "-1.000", "1,500", ".500", "1.-50", "99999999999999.000"])
  func `do not read other forms of time`(text: String) {
    #expect(ElapsedTime(description: text) == nil)
  }

  @Test(arguments: [
    (1_772_705_472.0, "2026-03-05T10:11:12"), (1_772_705_472.999, "2026-03-05T10:11:12"),
    (0, "1970-01-01T00:00:00"), (-0.5, "1970-01-01T00:00:00"), (1e18, "9999-12-31T23:59:59"),
  ])
  func `write moments in UTC in whole seconds`(seconds: Double, expected: String) {
    let timestamp = Timestamp(Date(timeIntervalSince1970: seconds))
    #expect(timestamp.description == expected)
    #expect(Timestamp(description: expected) == timestamp)
  }

  @Test func `tell of five other attempts at most`() {
    let attempts = (1...7).map { FailedAttempt(make(failure: "attempt \($0)")) }
    let passed = make(outcome: .passed(flakyFailures: attempts)).outcome
    #expect(passed == .passed(flakyFailures: Array(attempts.prefix(5))))
    let failed = make(outcome: .failure(make(failure: "x"), rerunFailures: attempts, flakyFailures: attempts)).outcome
    #expect(
      failed
        == .failure(
          make(failure: "x"), rerunFailures: Array(attempts.prefix(5)), flakyFailures: Array(attempts.prefix(5))))
  }

  @Test(arguments: ["", "/etc/passwd", "../x", "a/../b", "a//b", "a]b", "a|b", "a\nb", "a\u{1B}[0mb", "a/"])
  func `refuse attachments that are no path inside the folder`(path: String) {
    #expect(Attachment(relativePath: path) == nil)
  }

  @Test func `have no type without the prefix, for GitLab takes bare words for types`() {
    let types = FailureType.allCases.map(\.rawValue) + [FailureType.infrastructure]
    #expect(types.allSatisfy { $0.hasPrefix("threadmark.") && $0.count > "threadmark.".count })
    #expect(Set(types).count == 15)
  }

  @Test func `have a message even where none is given`() {
    #expect(Explanation(" \n").message == "no message")
    #expect(make(failure: "two\nlines").explanation.message == "two lines")
    #expect(Property("", "x").name == "unnamed")
    #expect(make(case: "\n").name == "unnamed")
    #expect(make(hostname: "").hostname == "localhost")
  }
}
