/// A run with what it printed.
struct JudgedRun {
  var run: Run
  var transcript: OrderTranscript
}

/// What the rules of a check say of all runs of a scenario, each rule with the evidence of one run.
struct OrderVerdicts {
  /// In the order of the rules; at the end those on events that were never printed, which silence their rules.
  var findings: [Finding] { broken + absent }
  /// What could not be judged, and why, a sentence each.
  private(set) var remarks: [String] = []

  private var broken: [Finding] = []
  private var absent: [Finding] = []
  private let runs: [JudgedRun]
  private let plain: [JudgedRun]

  /// Nothing said yet of some runs.
  init(_ runs: [JudgedRun]) {
    self.runs = runs
    plain = runs.filter { $0.run.mode == .plain }
  }

  /// Judges by one more rule.
  mutating func judge(by rule: any OrderRule) {
    let isAboutSomeRun = type(of: rule).scope == .someRun
    var breaking: [(run: Run, findings: [Finding])] = []
    var unknown: [String] = []
    var holds = false
    var missing: [(run: JudgedRun, names: [String])] = []
    for judged in isAboutSomeRun ? runs : plain {
      switch judged.transcript.outcome(of: rule) {
      case .holds: holds = true
      case .broken(let findings): breaking.append((judged.run, findings))
      case .absent(let names): missing.append((judged, names))
      case .unknown(let reason): unknown.append(reason)
      }
    }
    if isAboutSomeRun, holds { return }
    add(missing.filter { $0.run.run.mode == .plain })
    if isAboutSomeRun, let first = breaking.first {
      addOnSomeRun(first.findings, of: breaking.count)
    } else if let first = breaking.first {
      add(first.findings, in: first.run, seenIn: breaking.count)
    }
    if let reason = unknown.first {
      let runs =
        plain.count == 1 ? "" : " in \(unknown.count) of \(isAboutSomeRun ? self.runs.count : plain.count) runs"
      remarks.append("The rule \"\(type(of: rule).name)\" was not judged\(runs): \(reason).")
    }
  }

  /// What is seen in every run concerns no run in particular.
  private mutating func add(_ findings: [Finding], in run: Run, seenIn count: Int) {
    for var finding in findings.prefix(3) {
      if count < plain.count { finding.mark(run, "Seen in \(count) of \(plain.count) runs.") }
      addUnlessSaid(finding, to: &broken)
    }
  }

  private mutating func addOnSomeRun(_ findings: [Finding], of count: Int) {
    for var finding in findings.prefix(3) {
      finding.add("One run that shows it would do, but none of \(count) did.")
      addUnlessSaid(finding, to: &broken)
    }
  }

  private mutating func add(_ missing: [(run: JudgedRun, names: [String])]) {
    guard let first = missing.first else { return }
    for name in first.names {
      var finding = first.run.transcript.absence(of: name)
      if missing.count < plain.count { finding.mark(first.run.run, "Seen in \(missing.count) of \(plain.count) runs.") }
      addUnlessSaid(finding, to: &absent)
    }
  }

  private func addUnlessSaid(_ finding: Finding, to findings: inout [Finding]) {
    if !findings.contains(where: { $0.message == finding.message }) { findings.append(finding) }
  }
}

extension Finding {
  /// Adds a line to the details.
  fileprivate mutating func add(_ line: String) { details += (details.isEmpty ? "" : "\n") + line }

  fileprivate mutating func mark(_ run: Run, _ line: String) {
    attempt = run.attempt
    add(line)
  }
}
