import Sandboxing

/// Judges whether a program is made of threads or processes, by the kernel's view of it alone.
///
/// That several were alive at the same time is shown by a stretched run: every new thread or worker is held before its
/// first line until everything else waits, so the threads of a program that starts all of them before it joins any are
/// held together on every run, however short their work is and however busy the machine.
public struct ConcurrencyCheck: Check {
  /// The name in `exercise.yaml`.
  public static let name = "concurrency"
  /// How many threads must be started, beside the main thread.
  public var threads: Int?
  /// How many processes must be started, beside the program's own.
  public var processes: Int?
  /// How many threads or processes must be started.
  public var atLeast: Int?
  /// Whether so many must be alive at the same time.
  public var together: Bool
  /// How many threads or processes, beside the main thread, must print something themselves.
  public var writers: Int?

  /// Whether they must do the work: a program that prints the same when they do nothing fails.
  public var work: Bool
  /// What is asked of the way they work.
  public var rules: [any ConcurrencyRule]

  /// Whether the scenario must also be run with threads and workers that do nothing.
  public var needsMutedRun: Bool { work }

  /// Whether the scenario must also be run stretched: for all that is about being alive at the same time.
  public var needsStretchedRun: Bool {
    together || writers != nil || rules.contains { type(of: $0).mode == .stretched }
  }

  /// A check of concurrency.
  public init(
    threads: Int? = nil, processes: Int? = nil, atLeast: Int? = nil, together: Bool = false, writers: Int? = nil,
    work: Bool = false, rules: [any ConcurrencyRule] = []
  ) {
    self.threads = threads
    self.processes = processes
    self.atLeast = atLeast
    self.together = together
    self.writers = writers
    self.work = work
    self.rules = rules
  }

  /// Judges all runs of one scenario.
  public func judge(_ runs: [Run]) -> CheckOutcome {
    let judgeable = runs.filter { $0.result.termination.isJudgeable }
    let looked = judgeable.filter { $0.mode == (needsStretchedRun ? .stretched : .plain) }
    guard !looked.isEmpty else {
      return .skipped("There is no \(needsStretchedRun ? "stretched run" : "run") that could be judged.")
    }
    // One run is proof that the program can do it; where several could differ, the best counts.
    let outcomes = looked.map(judge)
    let best = outcomes.first { if case .passed = $0 { true } else { false } } ?? outcomes[0]
    guard case .passed(let evidence) = best else { return best }
    let plain = byPlainRuns(judgeable, after: evidence)
    guard case .passed(let evidence) = plain, work else { return plain }
    return MutedComparison(judgeable).outcome(after: evidence)
  }

  /// What is looked at in runs as they would be anywhere must hold in each of them.
  private func byPlainRuns(_ runs: [Run], after evidence: [String]) -> CheckOutcome {
    let runs = runs.filter { $0.mode == .plain }
    var evidence = evidence
    for rule in rules where type(of: rule).mode == .plain {
      let outcomes = runs.map(rule.judge)
      for case .broken(let finding) in outcomes { return .failed([finding]) }
      for case .untold(let reason) in outcomes { return .skipped(reason) }
      if case .holds(let words) = outcomes.first { evidence.append(words) }
    }
    return .passed(evidence: evidence)
  }

  private var demands: [(kind: ConcurrencyFacts.Kind, count: Int)] {
    let asked: [(kind: ConcurrencyFacts.Kind, count: Int?)] = [
      (.thread, threads), (.process, processes), (.any, atLeast),
    ]
    let demands = asked.compactMap { kind, count in count.map { (kind: kind, count: $0) } }
    return demands.isEmpty && together ? [(.any, 2)] : demands
  }

  private func judge(_ run: Run) -> CheckOutcome {
    let facts = ConcurrencyFacts(run.result)
    guard facts.born(.any) != nil else {
      return .skipped("Births of threads and processes cannot be counted on this machine.")
    }
    // Only a witness brings threads and workers to the gate; no program gains by silencing its own.
    if together, facts.workers(.any) == 0, run.trace.threads.isEmpty,
      demands.allSatisfy({ facts.born($0.kind) ?? 0 >= $0.count })
    {
      return .skipped(ConcurrencyWords.noGate)
    }
    let work = WorkFacts(run.result)
    var findings: [Finding] = []
    var evidence: [String] = []
    for (kind, count) in demands {
      let words = ConcurrencyWords(facts, kind, asked: count, work: work, takesTurns: run.takesTurns)
      if let finding = words.tooFewBorn ?? (together ? words.notTogether : nil) {
        findings.append(finding)
      } else {
        evidence.append(together ? words.togetherEvidence : words.bornEvidence)
      }
    }
    if let writers {
      if facts.writers.count < writers, run.trace.threads.isEmpty, facts.writes < run.trace.lineCount {
        return .skipped(ConcurrencyWords.buffered)
      } else if facts.writers.count < writers {
        findings.append(
          ConcurrencyWords.tooFewWriters(
            facts.writers.count, asked: writers, lines: run.trace.lineCount,
            isPython: !run.trace.threads.isEmpty))
      } else {
        evidence.append("\(facts.writers.count) of them printed")
      }
    }
    if !findings.isEmpty, run.result.tasks.contains(where: \.isOfDispatch) {
      return .skipped(ConcurrencyWords.runtimePool)
    }
    var untold: String?
    if findings.isEmpty {
      for rule in rules where type(of: rule).mode == run.mode && run.mode != .plain {
        switch rule.judge(run) {
        case .holds(let words): evidence.append(words)
        case .broken(let finding): findings.append(finding)
        case .untold(let reason): untold = untold ?? reason
        }
        // What is broken first explains what else is: one who does everything overlaps with nobody.
        if !findings.isEmpty { break }
      }
    }
    if findings.isEmpty { return untold.map(CheckOutcome.skipped) ?? .passed(evidence: evidence) }
    return .failed(run.result.termination == .exited(0) ? findings : findings.map(\.withEarlyEnd))
  }
}

extension Finding {
  fileprivate var withEarlyEnd: Finding {
    var finding = self
    finding.details += "\(details.isEmpty ? "" : "\n")The run in which this was looked at did not end well, see there."
    return finding
  }
}

extension Trace {
  /// How many lines were printed, blank ones left out.
  fileprivate var lineCount: Int {
    events.count { if case .line(let text) = $0.kind { text.contains { !$0.isWhitespace } } else { false } }
  }
}
