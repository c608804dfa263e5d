import Sandboxing
import Testing

@testable import Grading

/// What the rules on events, sections and queues say where their examples do not reach.
struct OrderRuleEdgeTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var rule: String
    var output: String
    var message: String
    var lines: [Int]

    init(_ rule: String, _ output: String, _ message: String = "", lines: [Int] = []) {
      self.rule = rule
      self.output = output
      self.message = message
      self.lines = lines
    }

    var testDescription: String { "\(rule): \(output.replacing("\n", with: "/"))" }
  }

  private static let events = """
        events:
          in: "in {n:int} {who}"
          out: "out {n:int} {who}"
          any: "{word:word} {n:int} {who}"
          end: "end"
        rules:
    """

  @Test(arguments: [
    Example("after: {first: in, then: out, per: n}", "in 1 a\nout 2 a\nin 2 a\nout 1 a\n", "in 2", lines: [2, 3]),
    Example("after: {first: in, then: end}", "in 1 a\nend\n"),
    Example("after: {first: end, then: in}", "in 1 a\n", "No line of the form \"end\"", lines: []),
    Example("first: {of: in, among: [out], per: n}", "in 1 a\nin 2 a\nout 2 a\nout 1 a\n"),
    Example("first: {of: in, among: [out], per: n}", "out 2 a\nin 2 a\n", "(n 2)", lines: [1, 2]),
    Example("first: {of: in}", "in 1 a\nend\nout 1 a\n"),
    Example("last: {of: end}", "in 1 a\nend\n"),
    Example("last: {of: out, among: [in], per: who}", "in 1 a\nout 1 a\nin 2 b\n", "(who \"b\")", lines: [3]),
    Example("alternate: {of: [in, out], per: who}", "in 1 a\nin 2 b\nout 1 a\nout 2 b\n"),
    Example("alternate: {of: [in, out]}", "out 1 a\nin 1 a\n", "came first, where", lines: [1]),
    Example("alternate: {of: in, field: who}", "in 1 a\nin 1 b\nin 1 c\nin 2 a\nin 2 b\n"),
    Example("alternate: {of: in, field: who}", "in 1 a\nin 2 a\n", "where another who was due", lines: [1, 2]),
    Example(
      "alternate: {of: in, field: who}", "in 1 a\nin 1 b\nin 1 c\nin 2 b\n", "where who \"a\" was due", lines: [3, 4]),
    Example("alternate: {of: in, field: who}", "in 1 a\n"),
    Example("phases: {of: [in, out, end]}", "in 1 a\nout 1 a\nend\n"),
    Example("phases: {of: [in, out, end]}", "in 1 a\nout 1 a\nend\nout 2 a\n", "later phase", lines: [3, 4]),
    Example("phases: {of: in, field: n, per: who}", "in 1 a\nin 2 a\nin 1 b\nin 2 b\n"),
    Example("phases: {of: in, field: n}", "in 1 a\nin 10 a\nin 9 a\n", "later phase", lines: [2, 3]),
  ])
  func `events`(_ example: Example) throws { try Self.check(example) }

  @Test(arguments: [
    Example("exclusive: {enter: in, leave: out, by: who, per: n}", "in 1 a\nin 2 b\nout 1 a\nout 2 b\n"),
    Example("exclusive: {enter: in, leave: out, by: who}", "in 1 a\nin 2 a\nout 2 a\nout 1 a\nin 1 b\nout 1 b\n"),
    Example("exclusive: {enter: in, leave: out, by: who}", "in 1 a\n"),
    Example(
      "exclusive: {enter: in, leave: out, by: who}", "in 1 a\nin 1 b\n", "only one may be inside", lines: [1, 2]),
    Example(
      "exclusive: {enter: in, leave: out}", "in 1 a\nin 1 a\nout 1 a\n", "only one may be inside", lines: [1, 2]),
    Example("exclusive: {enter: in, leave: out, by: who}", "in 1 a\nout 1 b\n", "nobody who was inside", lines: [2]),
    Example("exclusive: {enter: in, leave: out, per: n}", "in 1 a\nin 2 b\nin 1 c\n", "(n 1)", lines: [1, 3]),
    Example("at_most: {enter: in, leave: out, by: n, inside: 1}", "in 1 a\nout 1 a\nin 2 a\nout 2 a\n"),
    Example("at_most: {enter: in, leave: out, by: n, inside: 1}", "out 1 a\nin 1 a\nin 2 a\n"),
    Example(
      "at_most: {enter: in, leave: out, inside: 2}", "in 1 a\nin 2 a\nin 3 a\n", "3 were inside", lines: [1, 2, 3]),
    Example(
      "at_most: {enter: in, leave: out, by: n, inside: 3}", "in 1 a\nin 2 a\nin 3 a\nin 4 a\n", "4 were inside",
      lines: [1, 3, 4]),
    Example("at_most: {enter: in, leave: out, by: who, inside: 1}", "in 1 a\nin 2 a\nout 1 a\nout 2 a\nin 1 b\n"),
    Example("overlap: {enter: in, leave: out, inside: 3}", "in 1 a\nin 2 a\nin 3 a\n"),
    Example("overlap: {enter: in, leave: out, inside: 2, by: who}", "in 1 a\nin 2 a\n", "more than 1 was", lines: []),
    Example("overlap: {enter: in, leave: out, inside: 2, per: n}", "in 1 a\nin 1 b\nin 2 c\n", "(n 2)", lines: []),
  ])
  func `sections`(_ example: Example) throws { try Self.check(example) }

  @Test(arguments: [
    Example("fifo: {in: in, out: out, field: n}", "in 1 a\nin 1 a\nin 2 a\nout 1 b\nout 1 b\nout 2 b\n"),
    Example("fifo: {in: in, out: out, field: n}", "in 1 a\nin 2 a\nout 2 b\n"),
    Example("fifo: {in: in, out: out, field: n}", "out 9 a\nout 1 a\nin 1 a\n"),
    Example("fifo: {in: in, out: out, field: n, per: who}", "in 1 a\nin 2 b\nout 2 b\nout 1 a\n"),
    Example(
      "fifo: {in: in, out: out, field: n}", "in 1 a\nin 2 a\nin 1 a\nout 1 b\nout 1 b\nout 2 b\n",
      "first in, first out",
      lines: [2, 3, 5]),
    Example("matched: {in: in, out: out, field: n}", "in 1 a\nin 1 a\nout 1 b\nout 1 b\n"),
    Example("matched: {in: in, out: out, field: n}", "in 1 a\nin 2 a\nout 1 b\n", "1 of 2 was never", lines: [2]),
    Example("matched: {in: in, out: out, field: n}", "in 1 a\nout 1 b\nout 3 b\n", "with the same n", lines: [3]),
    Example(
      "matched: {in: in, out: out, field: n}", "in 1 a\nin 1 a\nout 1 b\n", "once, but \"in 1 a\" twice", lines: [1, 3]),
    Example("matched: {in: in, out: out, field: n}", "in 1 a\n", "No line of the form \"out", lines: []),
    Example("interleaved: {of: [in, out], by: who}", "in 1 a\nin 1 b\nout 1 a\n"),
    Example("interleaved: {of: in, by: who}", "in 1 a\nin 2 a\n", "All lines are those of who \"a\"", lines: [1, 2]),
    Example("any_of: [{count: {of: end, equals: 1}}, {count: {of: end, equals: 2}}]", "end\nend\n"),
    Example(
      "any_of: [[{count: {of: end, equals: 1}}, {before: {first: in, then: out}}], {count: {of: end, equals: 2}}]",
      "out 1 a\nin 1 a\nend\nend\nend\n", "Nearest is alternative 2: The program printed 3", lines: [5]),
  ])
  func `queues and others`(_ example: Example) throws { try Self.check(example) }

  @Test func `a piece of a line that is two events is before neither of them`() throws {
    let rules = ["first: {of: in}", "first: {of: any}", "last: {of: in}", "before: {first: any, then: in}"]
    for rule in rules { try Self.check(Example(rule, "in 1 a\n")) }
  }

  private static func check(_ example: Example) throws {
    let check = try OrderCheck.read("\(events)\n      - \(example.rule)")
    let findings = check.judge([.make(.make(output: example.output))]).findings
    #expect(findings.count == (example.message.isEmpty ? 0 : 1), "\(findings)")
    guard let finding = findings.first else { return }
    #expect(finding.message.contains(example.message), "\(finding.message)")
    #expect(finding.counterExample.map(\.number) == example.lines)
  }
}
