import Foundation
import Glibc
import Testing

@testable import Grading

/// The time of a rule grows like the transcript, not like its square.
@Suite(.serialized)
struct RuleScaleTests {
  /// A rule that a long transcript keeps, so that all of it must be read.
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: String
    var line: @Sendable (Int) -> String

    var testDescription: String { rule }
  }

  private static let events = """
        events: {in: "in {n:int} {who:int}", out: "out {n:int} {who:int}", step: "step {n:int} {who:int}"}
        rules:
    """
  private static let handover: @Sendable (Int) -> String = { "\($0 % 2 == 0 ? "in" : "out") \($0 / 2) \($0 / 2 % 9)" }
  private static let step: @Sendable (Int) -> String = { "step \($0) \($0 % 2)" }
  private static let crowd: @Sendable (Int) -> String = { "in \($0) \($0)" }

  @Test(arguments: [
    Case(rule: "count: {of: step, per: n, equals: 1}", line: step),
    Case(rule: "values: {of: step, field: who, distinct: true, are: [0, 1]}", line: step),
    Case(rule: "sequence: {of: step, field: n, is: [@numbers]}", line: step),
    Case(rule: "ascending: {of: step, field: n}", line: step),
    Case(rule: "before: {first: in, then: out, per: n}", line: handover),
    Case(rule: "after: {first: in, then: out, per: n}", line: handover),
    Case(rule: "first: {of: in, per: n}", line: handover),
    Case(rule: "last: {of: out, per: n}", line: handover),
    Case(rule: "alternate: {of: [in, out]}", line: handover),
    Case(rule: "alternate: {of: step, field: who}", line: step),
    Case(rule: "phases: {of: step, field: n}", line: step),
    Case(rule: "exclusive: {enter: in, leave: out, by: n}", line: handover),
    Case(rule: "at_most: {enter: in, leave: out, by: n, inside: 1000000}", line: crowd),
    Case(rule: "overlap: {enter: in, leave: out, by: n, inside: 1000}", line: crowd),
    Case(rule: "fifo: {in: in, out: out, field: n}", line: handover),
    Case(rule: "matched: {in: in, out: out, field: n}", line: handover),
    Case(rule: "interleaved: {of: step, by: who}", line: step),
    Case(rule: "any_of: [{alternate: {of: [in, out]}}, {phases: {of: [in, out]}}]", line: handover),
    Case(rule: "nothing_else: true", line: step),
  ])
  func `eight times the events take about eight times as long`(_ example: Case) throws {
    let times = try [1000, 8000].map { count in
      let numbers = (0..<count).map(String.init).joined(separator: ", ")
      let rule = example.rule.replacing("@numbers", with: numbers)
      let check = try OrderCheck.read("\(Self.events)\n      - \(rule)")
      let run = Self.run(example.line, count)
      #expect(check.judge([run]).isPass, "\(check.judge([run]))")
      // The best of three: others' work on the machine only ever adds time.
      return (0..<3).map { _ in Self.seconds { _ = check.judge([run]) } }.min() ?? 0
    }
    #expect(times[1] / times[0] < 28, "\(times[1] / times[0]) times as long; a square would be 64")
  }

  @Test func `every rule is measured`() throws {
    let names = OrderRuleKind.all.map(\.name)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    #expect(names.filter { !source.contains("rule: \"\($0):") }.isEmpty)
  }

  private static func run(_ line: (Int) -> String, _ count: Int) -> Run {
    let trace = Trace(events: (0..<count).map { TraceEvent(.line(line($0))) })
    return Run(scenario: "plain", attempt: 1, result: .make(), trace: trace)
  }

  /// The time of this thread alone, which a busy machine disturbs least.
  private static func seconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }
}
