import Sandboxing

/// Judges what a program prints: which lines, with which values, in which order.
///
/// The order is judged event by event, never by comparing the whole output with one expected text: threads may mix
/// their lines in any way that the rules leave open. Rules on every run see the plain runs, rules on some run also the
/// stretched one, in which threads are together for longer.
public struct OrderCheck: Check {
  /// The name in `exercise.yaml`.
  public static let name = "order"
  /// The events; where a raw line could be several, fixed text at its start decides.
  public var events: [EventForm]
  /// The rules, in the order in which findings are given.
  public var rules: [any OrderRule]

  /// A check of output.
  public init(events: [EventForm], rules: [any OrderRule]) {
    self.events = events
    self.rules = rules
  }

  /// A check of standard output.
  public init(events: [(name: String, pattern: EventPattern)], rules: [any OrderRule]) {
    self.init(events: events.map { EventForm(name: $0.name, pattern: $0.pattern) }, rules: rules)
  }

  /// Whether the scenario must also be run stretched: for rules that one run suffices for.
  public var needsStretchedRun: Bool { rules.contains { type(of: $0).scope == .someRun } }

  /// What is wrong with the check itself, a sentence each: names that its events do not have.
  public var problems: [String] {
    var problems: [String] = []
    for rule in rules {
      for subject in rule.subjects {
        guard let form = events.first(where: { $0.name == subject.event }) else {
          problems.append("The rule \"\(type(of: rule).name)\" speaks of an event \"\(subject.event)\" that is none.")
          continue
        }
        for capture in subject.captures where !form.pattern.fieldNames.contains(capture) && !form.isWriter(capture) {
          problems.append(
            """
            The rule "\(type(of: rule).name)" speaks of "\(capture)", which the event "\(subject.event)" does not \
            capture.
            """)
        }
      }
    }
    return problems
  }

  /// Judges all runs of one scenario.
  public func judge(_ runs: [Run]) -> CheckOutcome { judge(runs, by: rules) }

  /// Judges a run by the rules that every run must keep; the others are about all of them together.
  public func judge(alone run: Run) -> CheckOutcome {
    judge([run], by: rules.filter { type(of: $0).scope == .everyRun })
  }

  private func judge(_ runs: [Run], by rules: [any OrderRule]) -> CheckOutcome {
    let runs = runs.filter { $0.mode != .muted && $0.result.termination.isJudgeable }
    let plain = runs.filter { $0.mode == .plain }
    guard !plain.isEmpty else { return .skipped("There is no run whose output could be judged.") }
    let needsStretched = rules.contains { type(of: $0).scope == .someRun }
    let judged = (needsStretched ? runs : plain).map {
      JudgedRun(run: $0, transcript: OrderTranscript($0.trace, forms: events))
    }
    var verdicts = OrderVerdicts(judged)
    for rule in rules { verdicts.judge(by: rule) }
    let findings = verdicts.findings
    return findings.isEmpty
      ? .passed(evidence: evidence(judged.filter { $0.run.mode == .plain }) + verdicts.remarks) : .failed(findings)
  }

  private func evidence(_ runs: [JudgedRun]) -> [String] {
    events.map { form in
      let counts = runs.map { $0.transcript.count(form.name) }
      let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
      let number = least == most ? OrderWords.count(least, "line") : "\(least) to \(most) lines"
      let inRuns = runs.count == 1 ? "" : " in each of \(runs.count) runs"
      return "\(number) of the form \"\(form.pattern)\"\(inRuns)"
    }
  }
}
