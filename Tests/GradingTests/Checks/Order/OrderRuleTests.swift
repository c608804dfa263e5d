import Grading
import Sandboxing
import Testing

/// What each rule finds in a few lines of output; an empty message where it holds.
@Suite struct OrderRuleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var rule: any OrderRule
    var output: String
    var message = ""
    var verdict = Verdict.wrongAnswer
    var lines: [Int] = []

    init(
      _ rule: any OrderRule, _ output: String, _ message: String = "", _ verdict: Verdict = .wrongAnswer,
      lines: [Int] = []
    ) {
      self.rule = rule
      self.output = output
      self.message = message
      self.verdict = verdict
      self.lines = lines
    }

    var testDescription: String { "\(type(of: rule).name): \(output.replacing("\n", with: "/"))" }

    /// Judges the output by the rule alone.
    func check() throws {
      let events: [(name: String, pattern: EventPattern)] = [
        ("line", try EventPattern("{thread}: {n:int}")),
        ("made", try EventPattern("made {item:int}")), ("used", try EventPattern("used {item:int}")),
        ("list", try EventPattern("[{a:int}, {b:int}]")),
      ]
      let check = OrderCheck(events: events, rules: [rule])
      #expect(check.problems.isEmpty)
      let findings = check.judge([.make(.make(output: output))]).findings
      #expect(findings.map(\.message) == (message.isEmpty ? [] : [message]))
      if let finding = findings.first {
        #expect(finding.verdict == verdict)
        #expect(finding.counterExample.map(\.number) == lines)
        #expect(finding.attempt == nil)
      }
    }
  }

  @Test(arguments: [
    Example(CountRule(of: "line", equals: 2), "a: 1\nb: 1\n"),
    Example(
      CountRule(of: "line", equals: 2), "a: 1\n",
      "The program printed 1 line of the form \"{thread}: {n:int}\", but 2 are asked for.", lines: [1]),
    Example(
      CountRule(of: "line", per: "thread", equals: 1), "a: 1\nb: 1\nb: 2\n",
      "b printed 2 lines of the form \"{thread}: {n:int}\", but 1 is asked for.", lines: [3]),
    Example(CountRule(of: "line", atLeast: 1, atMost: 2), "a: 1\n"),
    Example(
      CountRule(of: "line", atLeast: 1, atMost: 2), "a: 1\na: 2\na: 3\n",
      "The program printed 3 lines of the form \"{thread}: {n:int}\", but at least 1 and at most 2 are asked for.",
      lines: [3]),
    Example(CountRule(of: "line", equals: 0), "made 1\n"),
    Example(CountRule(of: "line", equals: 1), "", "No line of the form \"{thread}: {n:int}\" was printed."),
  ])
  func `count`(_ example: Example) throws { try example.check() }

  @Test(arguments: [
    Example(ValuesRule(of: "line", field: "n", are: [1, 2, 2]), "a: 2\na: 1\nb: 2\n"),
    Example(ValuesRule(of: "line", field: "n", are: ["1", "2"]), "a: 2\na: 1\n"),
    Example(ValuesRule(of: "line", field: "n", per: "thread", are: [1, 2]), "a: 2\nb: 1\nb: 2\na: 1\n"),
    Example(
      ValuesRule(of: "line", field: "n", per: "thread", are: [1, 2, 3, 4]), "Thread 1: 2\nThread 1: 4\n",
      "Thread 1 never printed 1 and 3.", lines: [2]),
    Example(
      ValuesRule(of: "line", field: "n", are: [1, 1]), "a: 1\n", "The program printed 1 once, not twice.", lines: [1]),
    Example(
      ValuesRule(of: "line", field: "n", are: [1]), "a: 1\nb: 1\na: 1\n",
      "The program printed 1 3 times, not once.", lines: [2, 3]),
    Example(
      ValuesRule(of: "line", field: "thread", distinct: true, are: ["a", "b"]), "a: 1\na: 2\nc: 1\n",
      "The program never printed \"b\". The program printed \"c\", which is not asked for.", lines: [3]),
    Example(ValuesRule(of: "line", field: "thread", distinct: true, are: ["a", "b"]), "a: 1\na: 2\nb: 1\n"),
    Example(ValuesRule(of: "list", fields: ["a", "b"], are: [4, 1]), "[1, 4]\n"),
    Example(ValuesRule(of: "list", field: "a", are: []), ""),
  ])
  func `values`(_ example: Example) throws { try example.check() }

  @Test(arguments: [
    Example(SequenceRule(of: "line", field: "n", is: [1, 2]), "a: 1\nb: 2\n"),
    Example(SequenceRule(of: "list", fields: ["a", "b"], is: [1, 4]), "[1, 4]\n"),
    Example(
      SequenceRule(of: "list", fields: ["a", "b"], is: [1, 4]), "[4, 1]\n",
      "The program printed 4 where 1 was due.", .wrongOrder, lines: [1]),
    Example(
      SequenceRule(of: "line", field: "n", is: [1, 2, 3]), "a: 1\nb: 3\nc: 2\n",
      "The program printed 3 where 2 was due.", .wrongOrder, lines: [2, 3]),
    Example(
      SequenceRule(of: "line", field: "n", per: "thread", is: [1, 2]), "7: 1\n7: 3\n",
      "Thread 7 never printed 2. Thread 7 printed 3, which is not asked for.", lines: [2]),
  ])
  func `sequence`(_ example: Example) throws { try example.check() }

  @Test(arguments: [
    Example(AscendingRule(of: "line", field: "n", per: "thread"), "a: 1\nb: 1\na: 2\nb: 5\n"),
    Example(AscendingRule(of: "line", field: "n"), "a: 9\na: 10\n"),
    Example(
      AscendingRule(of: "line", field: "n", per: "thread"), "Thread 1: 1\nThread 2: 4\nThread 1: 2\nThread 2: 3\n",
      "Thread 2 printed 4 before 3: inside one thread the numbers must go up.", .wrongOrder, lines: [2, 4]),
    Example(
      AscendingRule(of: "line", field: "n"), "a: 3\nb: 3\n",
      "The program printed 3 and then 3 again: the numbers must go up.", .wrongOrder, lines: [1, 2]),
    Example(
      AscendingRule(of: "line", field: "n"), "nothing\n", "No line of the form \"{thread}: {n:int}\" was printed.",
      lines: [1]),
  ])
  func `ascending`(_ example: Example) throws { try example.check() }

  @Test(arguments: [
    Example(BeforeRule(first: "made", then: "used", per: "item"), "made 1\nmade 2\nused 2\nused 1\n"),
    Example(BeforeRule(first: "made", then: "used"), "made 1\nused 2\n"),
    Example(
      BeforeRule(first: "made", then: "used", per: "item"), "made 2\nused 1\nmade 1\n",
      "\"used 1\" was printed before \"made 1\"; it must come after it.", .wrongOrder, lines: [2, 3]),
    Example(
      BeforeRule(first: "made", then: "used", per: "item"), "made 2\nused 1\n",
      "\"used 1\" was printed, but no line of the form \"made {item:int}\" with the same item (1) came before it.",
      .wrongOrder, lines: [2]),
    Example(
      BeforeRule(first: "made", then: "used"), "made 1\n", "No line of the form \"used {item:int}\" was printed."),
  ])
  func `before`(_ example: Example) throws { try example.check() }

  @Test(arguments: [
    Example(NothingElseRule(), "a: 1\n\n  \nmade 1\n"),
    Example(NothingElseRule(), ""),
    Example(
      NothingElseRule(), "a: 1\nhello\n", "The program printed something else than what is asked for: \"hello\".",
      lines: [2]),
    Example(
      NothingElseRule(), "x\na: 1\ny\nz\nw\n",
      "The program printed 4 lines that are not asked for; the first is \"x\".", lines: [1, 3, 4]),
  ])
  func `nothing_else`(_ example: Example) throws { try example.check() }
}
