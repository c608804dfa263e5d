import Sandboxing
import Testing

@testable import Grading

/// What rules may ask about who wrote and about two streams, and what they leave alone where that is not known.
struct OrderKnowledgeTests {
  private typealias Says = WitnessSays

  /// Two threads of the same name that print one line each, then one of them another.
  private static func twins(_ texts: [(text: String, thread: Int)], isWitnessed: Bool = true) -> Run {
    let witness = [Says.processBegan()] + texts.map { Says.printed($0.text + "\n", by: "Twin", $0.thread) }
    return .make(.make(output: texts.map { $0.text + "\n" }.joined(), witness: isWitnessed ? witness : []))
  }

  private static func check(_ rule: String) throws -> any Check {
    try OrderCheck.read("    events: {line: \"n {n:int}\"}\n    rules:\n      - \(rule)")
  }

  @Test func `threads are told apart by who they are, not by their names`() throws {
    let check = try Self.check("ascending: {of: line, field: n, per: writer}")
    #expect(check.judge([Self.twins([("n 1", 11), ("n 1", 12), ("n 2", 11)])]).isPass)
    let findings = check.judge([Self.twins([("n 2", 11), ("n 1", 12), ("n 1", 11)])]).findings
    #expect(findings.map(\.message) == ["Twin printed 2 before 1: inside one writer the numbers must go up."])
    #expect(findings.first?.counterExample.map(\.number) == [1, 3])
  }

  @Test func `where nobody knows who wrote, a rule on writers costs nothing and says so`() throws {
    let check = try Self.check("ascending: {of: line, field: n, per: writer}")
    let unknown = Self.twins([("n 2", 11), ("n 1", 12)], isWitnessed: false)
    let remark = "The rule \"ascending\" was not judged: it is not known who wrote which line."
    #expect(check.judge([unknown]) == .passed(evidence: ["2 lines of the form \"n {n:int}\"", remark]))
    #expect(!check.judge([unknown, Self.twins([("n 2", 11), ("n 1", 11)])]).isPass)
  }

  @Test func `a capture called writer goes before the thread that wrote`() throws {
    let check = try OrderCheck.read(
      "    events: {line: \"{writer}: {n:int}\"}\n    rules:\n      - ascending: {of: line, field: n, per: writer}")
    #expect(check.judge([Self.twins([("a: 2", 11), ("b: 1", 11)])]).isPass)
    #expect(!check.judge([Self.twins([("a: 2", 11), ("a: 1", 12)])]).isPass)
    #expect(!check.judge([Self.twins([("a: 2", 11), ("a: 1", 12)], isWitnessed: false)]).isPass)
  }

  @Test(arguments: ["interleaved: {of: line, by: writer}", "alternate: {of: line, field: writer}"])
  func `turns and mixing can be asked of writers`(rule: String) throws {
    let check = try Self.check(rule)
    #expect(check.judge([Self.twins([("n 1", 11), ("n 2", 12), ("n 3", 11)])]).isPass)
    #expect(!check.judge([Self.twins([("n 1", 11), ("n 3", 11), ("n 2", 12)])]).isPass)
  }

  private static let streams = """
        events:
          out: "log {n:int}"
          err: {form: "log {n:int}", stream: error}
          either: {form: "log {n:int}", stream: both}
        rules:
    """

  private static func streamCheck(_ rule: String) throws -> any Check {
    try OrderCheck.read("\(streams)\n      - \(rule)")
  }

  @Test func `an event belongs to its stream`() throws {
    let run = Run.make(.make(output: "log 1\n", errors: "log 2\nlog 3\n"))
    for (event, count) in [("out", 1), ("err", 2), ("either", 3)] {
      #expect(try Self.streamCheck("count: {of: \(event), equals: \(count)}").judge([run]).isPass)
      #expect(try !Self.streamCheck("count: {of: \(event), equals: 4}").judge([run]).isPass)
    }
    #expect(try Self.streamCheck("nothing_else: true").judge([.make(.make(output: "", errors: "oops\n"))]).isPass)
    let findings = try Self.streamCheck("count: {of: err, equals: 1}").judge([.make()]).findings
    #expect(findings.map(\.message) == ["No line of the form \"log {n:int}\" was printed on standard error."])
  }

  @Test func `the order of two streams is taken from the witness alone`() throws {
    let check = try Self.streamCheck("before: {first: err, then: out}")
    let witness = [
      Says.processBegan(), Says.printed("log 2\n", 11, stream: "err"), Says.printed("log 1\n", 12),
    ]
    #expect(check.judge([.make(.make(output: "log 1\n", errors: "log 2\n", witness: witness))]).isPass)
    let reversed = [witness[0], witness[2], witness[1]]
    #expect(!check.judge([.make(.make(output: "log 1\n", errors: "log 2\n", witness: reversed))]).isPass)
    let unknown = "it is not known in which order standard output and standard error were written"
    guard case .passed(let evidence) = check.judge([.make(.make(output: "log 1\n", errors: "log 2\n"))]) else {
      Issue.record("A rule on what is not known must cost nothing.")
      return
    }
    #expect(evidence.last == "The rule \"before\" was not judged: \(unknown).")
  }

  @Test func `one run that mixes is enough, also the stretched one`() throws {
    let check = try OrderCheck.read("    events: {line: \"{w}: {n:int}\"}\n    rules: [interleaved: {of: line, by: w}]")
    let serial = Run.make(.make(output: "a: 1\na: 2\nb: 1\n"))
    let mixed = Run.make(.make(output: "a: 1\nb: 1\na: 2\n"), attempt: 2)
    #expect(check.needsStretchedRun)
    #expect(check.judge([serial, mixed]).isPass)
    #expect(check.judge([serial, .make(.make(output: "a: 1\nb: 1\na: 2\n"), mode: .stretched)]).isPass)
    let findings = check.judge([serial, serial]).findings
    #expect(findings.map(\.verdict) == [.notConcurrent])
    #expect(findings.first?.details == "One run that shows it would do, but none of 2 did.")
    #expect(findings.first?.attempt == nil)
    #expect(check.judge(alone: serial).isPass)
  }
}
