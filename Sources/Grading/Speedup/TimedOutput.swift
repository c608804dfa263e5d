import Sandboxing

/// What timed runs printed: however fast, a wrong answer is no answer.
enum TimedOutput {
  /// What is wrong with the runs of one seed; nil when all ended well and printed the same lines.
  ///
  /// The lines are compared as a bag: which thread was first is for other checks to judge. Without a program of the exercise's
  /// the first run's lines are what the others must print.
  /// - Throws: `ReferenceError` where a program of the exercise's is to blame.
  static func problems(in outputs: [(scenario: Scenario, run: Run)]) throws(ReferenceError) -> [Finding]? {
    for (scenario, run) in outputs {
      guard case .failed(let findings) = ExitCheck().judge([run]) else { continue }
      if let program = scenario.program { throw ReferenceError(program, findings) }
      return findings.map { finding in
        var finding = finding
        finding.message = "In a timed run of the scenario \(scenario.id): \(finding.message)"
        finding.attempt = nil
        return finding
      }
    }
    guard let first = outputs.first(where: { $0.scenario.program != nil }) ?? outputs.first else { return nil }
    let expected = bag(first.run)
    for (scenario, run) in outputs where scenario.id != first.scenario.id && bag(run) != expected {
      return [difference(scenario, bag(run), first.scenario, expected)]
    }
    return nil
  }

  private static func difference(
    _ scenario: Scenario, _ lines: [String: Int], _ other: Scenario, _ expected: [String: Int]
  ) -> Finding {
    let missing = expected.filter { lines[$0.key, default: 0] < $0.value }.keys.sorted().first
    let extra = lines.filter { expected[$0.key, default: 0] < $0.value }.keys.sorted().first
    let details = [
      missing.map { "It must print: \($0.prefix(200))" } ?? "It prints more than it must.",
      extra.map { "It printed: \($0.prefix(200))" } ?? "It did not print that.",
    ]
    let name = other.program ?? "the scenario \(other.id)"
    return Finding(
      .wrongAnswer,
      "In a timed run of the scenario \(scenario.id), it printed something else than \(name) did for the same data.",
      details: details.joined(separator: "\n"))
  }

  /// Every line that is not blank, with how often it was printed.
  private static func bag(_ run: Run) -> [String: Int] {
    var bag: [String: Int] = [:]
    for case .line(let text) in run.trace.events.map(\.kind) where text.contains(where: { !$0.isWhitespace }) {
      bag[text, default: 0] += 1
    }
    return bag
  }
}

/// A failure of an exercise's own program in a timed run, never of a submission.
struct ReferenceError: Error, CustomStringConvertible {
  let description: String

  init(_ program: String, _ findings: [Finding]) {
    let messages = findings.map(\.message).joined(separator: " ")
    description = "The exercise's own program \(program) went wrong in a timed run: \(messages)"
  }
}
