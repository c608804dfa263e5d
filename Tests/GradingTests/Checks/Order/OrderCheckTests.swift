import Grading
import Sandboxing
import Testing

@Suite struct OrderCheckTests {
  private static func numbers(_ rules: [any OrderRule]) throws -> OrderCheck {
    OrderCheck(events: [("line", try EventPattern("{n:int}"))], rules: rules)
  }

  private static func run(_ output: String, _ attempt: Int = 1, mode: RunMode = .plain) -> Run {
    .make(.make(output: output), attempt: attempt, mode: mode)
  }

  @Test func `a check that passes says what was printed`() throws {
    let check = try Self.numbers([AscendingRule(of: "line", field: "n")])
    #expect(
      check.judge([Self.run("1\n2\n"), Self.run("1\n2\n", 2)])
        == .passed(evidence: ["2 lines of the form \"{n:int}\" in each of 2 runs"]))
    #expect(check.judge([Self.run("1\n")]) == .passed(evidence: ["1 line of the form \"{n:int}\""]))
  }

  @Test func `what one of several runs shows is told once, with the run and how often`() throws {
    let check = try Self.numbers([AscendingRule(of: "line", field: "n")])
    let runs = [Self.run("1\n2\n"), Self.run("2\n1\n", 2), Self.run("3\n1\n", 3)]
    let findings = check.judge(runs).findings
    #expect(findings.map(\.message) == ["The program printed 2 before 1: the numbers must go up."])
    #expect(findings.first?.attempt == 2)
    #expect(findings.first?.details == "Seen in 2 of 3 runs.")
  }

  @Test func `what every run shows concerns no run in particular`() throws {
    let check = try Self.numbers([AscendingRule(of: "line", field: "n")])
    let findings = check.judge([Self.run("2\n1\n"), Self.run("2\n1\n", 2)]).findings
    #expect(findings.count == 1)
    #expect(findings.first?.attempt == nil)
    #expect(findings.first?.details == "")
  }

  @Test func `an event that was never printed silences the rules about it`() throws {
    let rules: [any OrderRule] = [
      CountRule(of: "line", equals: 2), AscendingRule(of: "line", field: "n"), NothingElseRule(),
    ]
    let findings = try Self.numbers(rules).judge([Self.run("one\n")]).findings
    #expect(
      findings.map(\.message) == [
        "The program printed something else than what is asked for: \"one\".",
        "No line of the form \"{n:int}\" was printed.",
      ])
  }

  @Test func `stretched runs and runs that never were are not judged`() throws {
    let check = try Self.numbers([CountRule(of: "line", equals: 1)])
    #expect(check.judge([Self.run("1\n"), Self.run("2\n3\n", mode: .stretched)]).isPass)
    let runs = [
      Self.run("", mode: .stretched), .make(.make(termination: .cancelled)),
      .make(.make(termination: .notStarted(stage: "exec", errno: 2))),
    ]
    #expect(check.judge(runs) == .skipped("There is no run whose output could be judged."))
  }

  @Test func `a finding shows who printed the lines`() throws {
    let check = try Self.numbers([AscendingRule(of: "line", field: "n")])
    let result = ExecutionResult.make(
      output: "2\n1\n",
      witness: [
        WitnessSays.processBegan(), WitnessSays.printed("2\n", by: "A", 11), WitnessSays.printed("1\n", by: "B", 12),
      ])
    #expect(
      check.judge([.make(result)]).findings.first?.counterExample == [
        Finding.Line(number: 1, text: "2", writer: "A"), Finding.Line(number: 2, text: "1", writer: "B"),
      ])
  }

  @Test func `an attributed line is matched whole, so that nothing hides behind an event`() throws {
    let check = try Self.numbers([NothingElseRule()])
    let witness = [WitnessSays.processBegan(), WitnessSays.printed("1 2\n")]
    #expect(check.judge([Self.run("1 2\n")]).isPass)
    #expect(!check.judge([.make(.make(output: "1 2\n", witness: witness))]).isPass)
  }

  @Test func `names that no event has are problems of the check`() throws {
    let rules: [any OrderRule] = [CountRule(of: "lines", equals: 1), AscendingRule(of: "line", field: "m", per: "n")]
    #expect(
      try Self.numbers(rules).problems == [
        "The rule \"count\" speaks of an event \"lines\" that is none.",
        "The rule \"ascending\" speaks of \"m\", which the event \"line\" does not capture.",
      ])
  }

  @Test func `long student output is cut short in findings`() throws {
    let check = try Self.numbers([NothingElseRule()])
    let finding = try #require(check.judge([Self.run(String(repeating: "x", count: 100_000))]).findings.first)
    #expect(finding.message.count < 200)
    #expect(finding.counterExample.allSatisfy { $0.text.count <= 200 })
  }
}
