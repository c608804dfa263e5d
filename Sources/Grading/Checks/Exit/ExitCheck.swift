import Sandboxing

/// Judges how a program ends: by itself, with exit status 0, with no thread lost to an exception and nothing left behind.
///
/// Only plain runs are judged.
public struct ExitCheck: Check {
  /// The name in `exercise.yaml`.
  public static let name = "exit"
  /// Whether the scenario must also be run stretched: no.
  public let needsStretchedRun = false

  /// A check of how a program ends.
  public init() {}

  /// Judges all runs of one scenario.
  public func judge(_ runs: [Run]) -> CheckOutcome {
    let runs = runs.filter { $0.mode == .plain && $0.result.termination.isJudgeable }
    guard !runs.isEmpty else { return .skipped("There is no run whose end could be judged.") }
    let perRun = runs.map(findings)
    let failed = perRun.count { !$0.isEmpty }
    guard failed > 0 else {
      let runs = runs.count == 1 ? "" : " in each of \(runs.count) runs"
      return .passed(evidence: ["ended by itself with exit status 0\(runs)"])
    }
    var findings: [Finding] = []
    // A later run speaks only of what no earlier one has shown.
    for (run, found) in zip(runs, perRun) {
      let verdicts = Set(findings.map(\.verdict))
      for var finding in found where !verdicts.contains(finding.verdict) {
        let count = perRun.count { $0.contains { $0.verdict == finding.verdict } }
        if count < runs.count {
          finding.attempt = run.attempt
          finding.details += "\(finding.details.isEmpty ? "" : "\n")Seen in \(count) of \(runs.count) runs."
        }
        findings.append(finding)
      }
    }
    return .failed(findings)
  }

  /// What is wrong with the end of one run.
  private func findings(_ run: Run) -> [Finding] {
    var findings: [Finding] = []
    if var finding = finding(run) {
      if let refusal = refusal(run.result) { finding.details += "\(finding.details.isEmpty ? "" : "\n")\(refusal)" }
      findings.append(finding)
    }
    findings += lostThreads(run).prefix(3)
    findings += leftover(run.result.leftovers)
    return findings
  }

  /// What to say of refused births; where there were too many at one time, the run ended with that.
  private func refusal(_ result: ExecutionResult) -> String? {
    let refused = result.usage.birthsRefused
    guard refused > 0, result.termination != .taskLimit else { return nil }
    let what = refused == 1 ? "A new process was" : "\(refused) new processes were"
    return "\(what) refused: this exercise allows threads only."
  }

  private func finding(_ run: Run) -> Finding? {
    let usage = run.result.usage
    switch run.result.termination {
    case .exited(0), .notStarted, .cancelled: return nil
    case .exited(let status): return GoDeadlock.finding(status, run.trace.errors) ?? failure(status, run.trace.errors)
    case .signaled(let signal, _):
      return Finding(
        .runTimeError, "The program was ended by \(SignalName.explained(signal)).",
        details: PythonTraceback.tail(run.trace.errors, lines: 12))
    case .wallTimeLimit:
      let words = TimeLimitWords(run)
      return Finding(.timeLimitExceeded, words.message, details: words.details)
    case .cpuTimeLimit:
      let used = usage.userTime + usage.systemTime
      return Finding(
        .timeLimitExceeded, "The program had used \(used.inSeconds) of CPU time, its limit.",
        details: StandingWords(run).lines.joined(separator: "\n"))
    case .memoryLimit:
      return Finding(
        .memoryLimitExceeded, "The program used more memory than it may.",
        details: "At most \(usage.peakMemory >> 20) MiB were seen in use at one time.")
    case .outputLimit:
      return Finding(
        .outputLimitExceeded,
        "The program printed more than it may: \(run.result.outputBytes + run.result.errorBytes) bytes.",
        details: "Perhaps a loop that prints never ends.")
    case .fileSizeLimit:
      return Finding(.outputLimitExceeded, "The program wrote a file that is larger than it may be.")
    case .diskSpaceLimit:
      return Finding(.outputLimitExceeded, "The files that the program wrote take up more space than they may.")
    case .taskLimit:
      return Finding(
        .runTimeError, "The program had more threads and processes at one time than it may.",
        details: "Perhaps a loop that starts them never ends, or none of them ever does.")
    case .birthLimit:
      return Finding(.runTimeError, "The program started more threads and processes than it may.")
    case .deadlock:
      let words = DeadlockWords(run)
      return Finding(.deadlock, words.message, details: words.details)
    case .stopped: return Finding(.runTimeError, "The program stopped itself and was never continued.")
    case .disallowedCall:
      return Finding(.runTimeError, "The program asked the system for something that no submission may do.")
    }
  }

  private func failure(_ status: Int, _ errors: String) -> Finding {
    let tracebacks = PythonTraceback.all(in: errors)
    let message = "The program ended with exit status \(status)"
    guard let traceback = tracebacks.last(where: { $0.heading == nil }) else {
      return Finding(.runTimeError, "\(message).", details: PythonTraceback.tail(errors, lines: 12))
    }
    return Finding(
      .runTimeError, "\(message): \(OrderWords.cut(traceback.summary, to: 200))",
      details: PythonTraceback.tail(traceback.text))
  }

  /// Threads and workers that an exception ended, which leaves the exit status of the program as it is.
  private func lostThreads(_ run: Run) -> [Finding] {
    let first = run.trace.threads.first?.writer.process
    let seen = run.trace.events.compactMap { event -> Finding? in
      guard case .uncaughtException(let summary, let traceback) = event.kind, let writer = event.writer
      else { return nil }
      if writer.thread == writer.process, writer.process == first ?? writer.process { return nil }
      let kind = writer.thread == writer.process ? "process" : "thread"
      return lost("\(kind) \"\(writer.name)\"", summary, traceback)
    }
    // Of workers of multiprocessing the witness does not hear; without it, standard error is all there is.
    let printed = PythonTraceback.all(in: run.trace.errors).filter { traceback in
      guard let heading = traceback.heading else { return false }
      return seen.isEmpty || heading.hasPrefix("process ")
    }
    return seen + printed.map { lost($0.heading ?? "", $0.summary, $0.text) }
  }

  private func lost(_ who: String, _ summary: String, _ traceback: String) -> Finding {
    Finding(
      .runTimeError, "The \(who) was ended by an exception: \(OrderWords.cut(summary, to: 200))",
      details: PythonTraceback.tail(traceback))
  }

  private func leftover(_ leftovers: [ExecutionResult.Leftover]) -> [Finding] {
    if leftovers.isEmpty { return [] }
    let names = leftovers.prefix(5).map { "\($0.name) (process \($0.pid))" }.joined(separator: ", ")
    let verb = leftovers.count == 1 ? "1 process was" : "\(leftovers.count) processes were"
    return [
      Finding(
        .leftoverProcess, "\(verb) still running after the program had ended: \(names).",
        details: "Wait for every process that you start, with join() or wait(), or end it.")
    ]
  }
}

extension Duration {
  /// The duration for a sentence, such as `10 s` or `0.25 s`.
  var inSeconds: String {
    let hundredths = Int((self / .milliseconds(10)).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole) s" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10) s" : "\(whole).\(rest < 10 ? "0" : "")\(rest) s"
  }
}
