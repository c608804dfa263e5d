import Sandboxing

/// Judges what a program prints: which lines, with which values, in which order.
///
/// The order is judged event by event, never by comparing the whole output with one expected text: threads may mix
/// their lines in any way that the rules leave open. Only plain runs are judged.
public struct OrderCheck: Check {
  /// The name in `exercise.yaml`.
  public static let name = "order"
  /// Whether the scenario must also be run stretched: no.
  public let needsStretchedRun = false
  /// The events' names and forms; where a raw line could be several, fixed text at its start decides.
  public var events: [(name: String, pattern: EventPattern)]
  /// The rules, in the order in which findings are given.
  public var rules: [any OrderRule]

  /// A check of output.
  public init(events: [(name: String, pattern: EventPattern)], rules: [any OrderRule]) {
    self.events = events
    self.rules = rules
  }

  /// What is wrong with the check itself, a sentence each: names that its events do not have.
  public var problems: [String] {
    var problems: [String] = []
    for rule in rules {
      for subject in rule.subjects {
        guard let pattern = events.first(where: { $0.name == subject.event })?.pattern else {
          problems.append("The rule \"\(type(of: rule).name)\" speaks of an event \"\(subject.event)\" that is none.")
          continue
        }
        for capture in subject.captures where !pattern.fieldNames.contains(capture) {
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
  public func judge(_ runs: [Run]) -> CheckOutcome {
    let runs = runs.filter { $0.mode == .plain && $0.result.termination.isJudgeable }
    guard !runs.isEmpty else { return .skipped("There is no run whose output could be judged.") }
    let transcripts = runs.map { OrderTranscript($0.trace, events: events) }
    let perRun = transcripts.map(findings)
    var findings: [Finding] = []
    // Each rule speaks once, with the evidence of the first run that breaks it.
    for rule in 0...rules.count {
      let broken = perRun.indices.filter { !perRun[$0][rule].isEmpty }
      guard let first = broken.first else { continue }
      for var finding in perRun[first][rule].prefix(3) {
        if broken.count < runs.count {
          finding.attempt = runs[first].attempt
          finding.details += "\(finding.details.isEmpty ? "" : "\n")Seen in \(broken.count) of \(runs.count) runs."
        }
        if !findings.contains(where: { $0.message == finding.message }) { findings.append(finding) }
      }
    }
    return findings.isEmpty ? .passed(evidence: evidence(transcripts)) : .failed(findings)
  }

  /// The findings of one run by rule; at the end those on events that were never printed, which silence their rules.
  private func findings(in transcript: OrderTranscript) -> [[Finding]] {
    var absent: [String] = []
    var findings: [[Finding]] = rules.map { rule in
      let missing = rule.indispensable.filter { transcript.count($0) == 0 }
      absent += missing.filter { !absent.contains($0) }
      return missing.isEmpty ? rule.findings(in: transcript) : []
    }
    findings.append(
      absent.map { name in
        Finding(
          .wrongAnswer, "No line of the form \(transcript.form(name)) was printed.",
          details: transcript.strays.isEmpty ? "" : "The form must be met exactly: spelling, spaces and punctuation.",
          counterExample: Array(transcript.strays.prefix(2)))
      })
    return findings
  }

  private func evidence(_ transcripts: [OrderTranscript]) -> [String] {
    events.map { name, pattern in
      let counts = transcripts.map { $0.count(name) }
      let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
      let number = least == most ? OrderWords.count(least, "line") : "\(least) to \(most) lines"
      let runs = transcripts.count == 1 ? "" : " in each of \(transcripts.count) runs"
      return "\(number) of the form \"\(pattern)\"\(runs)"
    }
  }
}
