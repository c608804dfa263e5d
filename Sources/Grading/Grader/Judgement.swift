import Sandboxing

/// What one check concludes from the runs of its scenario, all of them together and each alone.
struct Judgement {
  let specification: CheckSpecification
  let runs: [Run]
  /// On all runs.
  let outcome: CheckOutcome
  /// On each run alone, in the order of `runs`.
  private let outcomes: [CheckOutcome]

  /// Judges.
  /// - Parameters:
  ///   - specification: the check.
  ///   - runs: at least one, all of the check's scenario.
  init(_ specification: CheckSpecification, on runs: [Run]) {
    let check = specification.check
    self.specification = specification
    self.runs = runs
    outcome = check.judge(runs)
    outcomes = runs.count == 1 ? [outcome] : runs.map { check.judge(alone: $0) }
  }

  /// The judgement for the report.
  var report: CheckReport {
    let run = mostTelling
    let (result, trace) = (run.result, run.trace)
    var report = CheckReport(
      id: specification.id, title: specification.title, kind: type(of: specification.check).name, status: .passed,
      points: 0, maximumPoints: specification.points,
      attempts: runs.count, failedAttempts: outcomes.count(where: \.isFailure),
      duration: runs.reduce(0) { $0 + $1.result.usage.wallTime / .seconds(1) },
      output: Excerpt.text(result.output, without: result.outputBytes - result.output.count, tail: result.outputTail),
      errors: Excerpt.text(
        Array(trace.errors.utf8), without: result.errorBytes - result.errorOutput.count,
        tail: result.errorTail),
      settings: run.settings == .plain ? nil : run.settings)
    switch outcome {
    case .passed(let evidence):
      report.evidence = evidence
      report.points = specification.points
    case .failed(let findings):
      precondition(!findings.isEmpty, "A check that fails says what is wrong.")
      report.status = .failed
      report.findings = flakyFinding.map { [$0] } ?? findings
      report.timeline = Timeline(run, marking: report.shownFinding?.counterExample ?? [])
    case .skipped(let reason):
      report.status = .skipped
      report.evidence = [reason]
    }
    return report
  }

  /// The plain runs with what the check says of each alone.
  private var plain: [(run: Run, outcome: CheckOutcome)] {
    zip(runs, outcomes).filter { $0.0.mode == .plain }.map { (run: $0.0, outcome: $0.1) }
  }

  /// What to say when the same program passed in one repetition and failed in another.
  private var flakyFinding: Finding? {
    let failures = plain.filter(\.outcome.isFailure)
    guard plain.contains(where: \.outcome.isPass), let (run, outcome) = failures.first,
      case .failed(let findings) = outcome, let finding = findings.first
    else { return nil }
    let frequency = Frequency(hits: failures.count, runs: plain.count)
    let fault = specification.fault ?? finding.verdict.fault
    return Finding(
      .flaky, "\(failures.count) of \(plain.count) runs \(fault) (\(frequency.words)): \(finding.message)",
      details: ([finding.details] + circumstances(of: run)).filter { !$0.isEmpty }.joined(separator: "\n"),
      counterExample: finding.counterExample, attempt: run.attempt)
  }

  /// With which settings a run went wrong, and how to have them again.
  private func circumstances(of run: Run) -> [String] {
    let words = run.settings.description
    let first = "The first of them was run \(run.attempt), \(words.isEmpty ? "with nothing varied" : words)."
    guard let seed = run.settings.seed else { return [first] }
    return [first, "threadmark check --seed \(seed) runs it with the same settings again."]
  }

  /// The run whose output is shown: the one of the first finding, else the first that failed alone, else the first.
  private var mostTelling: Run {
    if case .failed(let findings) = outcome, let attempt = (flakyFinding ?? findings.first)?.attempt,
      let run = runs.first(where: { $0.attempt == attempt && $0.mode == .plain })
    {
      return run
    }
    if case .passed = outcome { return runs[0] }
    return firstFailing ?? runs[0]
  }

  private var firstFailing: Run? { zip(runs, outcomes).first { $0.1.isFailure }?.0 }
}

extension CheckOutcome {
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
  fileprivate var isPass: Bool { if case .passed = self { true } else { false } }
}

extension Verdict {
  /// What runs with this verdict did, after their number: "2 of 5 runs ended in a deadlock".
  fileprivate var fault: String {
    switch self {
    case .wrongAnswer: "printed something wrong"
    case .wrongOrder: "printed in a wrong order"
    case .runTimeError: "ended with an error"
    case .timeLimitExceeded: "ran into the time limit"
    case .deadlock: "ended in a deadlock"
    case .memoryLimitExceeded: "used too much memory"
    case .outputLimitExceeded: "printed too much"
    case .notConcurrent: "were not concurrent"
    case .leftoverProcess: "left a process behind"
    case .tooSlow, .flaky, .compileError, .inconclusive, .judgeError, .accepted: "failed"
    }
  }
}
