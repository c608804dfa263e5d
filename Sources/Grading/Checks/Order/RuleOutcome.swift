/// What a rule says of a run.
enum RuleOutcome {
  /// It holds.
  case holds
  /// It does not hold; at least one finding.
  case broken([Finding])
  /// Events that it is about were never printed; at least one name.
  case absent([String])
  /// Nothing can be said of this run, and why; never a reason to fail a submission.
  case unknown(String)
}

extension OrderTranscript {
  /// Judges the run by a rule.
  func outcome(of rule: any OrderRule) -> RuleOutcome {
    if let reason = ignorance(about: rule) { return .unknown(reason) }
    let missing = rule.indispensable.filter { count($0) == 0 }
    if !missing.isEmpty { return .absent(missing) }
    let findings = rule.findings(in: self)
    return findings.isEmpty ? .holds : .broken(findings)
  }

  /// The finding on an event that was never printed.
  func absence(of name: String) -> Finding {
    let isOnErrors = forms.first { $0.name == name }?.stream == .error
    return Finding(
      .wrongAnswer, "No line of the form \(form(name)) was printed\(isOnErrors ? " on standard error" : "").",
      details: strayCount == 0 ? "" : "The form must be met exactly: spelling, spaces and punctuation.",
      counterExample: Array(strays.prefix(2)))
  }

  /// What would have to be known to judge by a rule, and is not.
  private func ignorance(about rule: any OrderRule) -> String? {
    if let rule = rule as? AnyOfRule { return rule.alternatives.joined().lazy.compactMap(ignorance).first }
    var hasOutput = false
    var hasErrors = false
    for subject in rule.subjects {
      guard let form = forms.first(where: { $0.name == subject.event }) else { continue }
      hasOutput = hasOutput || form.stream != .error
      hasErrors = hasErrors || form.stream != .output
      let isKnown =
        (form.stream == .error || knowledge.outputWriters) && (form.stream == .output || knowledge.errorWriters)
      if !isKnown, subject.captures.contains(where: form.isWriter) {
        return "it is not known who wrote which line"
      }
    }
    return type(of: rule).needsOrder && hasOutput && hasErrors && !knowledge.orderOfStreams
      ? "it is not known in which order standard output and standard error were written" : nil
  }
}
