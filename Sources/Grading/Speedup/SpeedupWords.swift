import Foundation

/// What to say about a measured speedup.
struct SpeedupWords {
  let measurement: SpeedupMeasurement
  let limit: ClosedRange<Double>
  let check: SpeedupCheck

  init(_ measurement: SpeedupMeasurement, limit: ClosedRange<Double>, check: SpeedupCheck) {
    (self.measurement, self.limit, self.check) = (measurement, limit, check)
  }

  private var evidenceOnJudged: SpeedupEvidence { measurement.judgedEvidence }
  private var pairs: Int { evidenceOnJudged.pairs.count }

  /// What shows that the demand is met, or what is known where it is not.
  var evidence: [String] {
    [result, demandSentence] + [machineSentence, setAsideSentence].compactMap(\.self)
  }

  /// One sentence on a demand that is not met.
  var failure: String {
    "\(result.dropLast()), and \(demandClause)."
  }

  /// Why it is so, and what it rests on.
  var explanation: String { (SpeedupExplanation(measurement).sentences + [foundation]).joined(separator: "\n") }

  /// What it rests on.
  var foundation: String { [machineSentence, setAsideSentence, certainty].compactMap(\.self).joined(separator: "\n") }

  /// Why nothing was decided.
  var undecided: String {
    let begin = "The speedup could not be decided"
    if pairs < SpeedupPromise.fewestPairs {
      let short =
        "More takes longer than the \(seconds(measurement.plan.budget)) that the exercise allows for measuring."
      return "\(begin): only \(pairs.of("undisturbed pair")) could be measured. \(setAsideSentence ?? short)"
    }
    return "\(begin): \(result.prefix(1).lowercased())\(result.dropFirst().dropLast()), and \(demandClause). "
      + [setAsideSentence, uncertainty].compactMap(\.self).joined(separator: " ")
  }

  private var uncertainty: String {
    guard pairs < SpeedupPromise.mostPairs else { return "That is too close, or too uncertain, to call." }
    return
      "That is too close, or too uncertain, to call after the \(seconds(measurement.plan.budget)) that measuring may "
      + "take; a quieter machine or a longer budget may decide it."
  }

  private var result: String {
    let speedup = evidenceOnJudged.estimate ?? 1
    let range = evidenceOnJudged.interval.map { " (\(times($0.lowerBound)) to \(times($0.upperBound)) are possible)" }
    let workers = measurement.judged.workers.of("worker")
    let pairs = pairs.of("pair")
    return
      "With \(workers) it is \(times(speedup)) times as fast as \(baselineName)\(range ?? ""), by \(pairs) of runs."
  }

  private var baselineName: String {
    if let program = measurement.baseline.program { return program }
    let workers = measurement.baseline.workers
    return workers == 1 ? "with one worker" : "the scenario \(measurement.baseline.scenario)"
  }

  private var demandSentence: String { "\(demandClause.prefix(1).uppercased())\(demandClause.dropFirst())." }

  private var demandClause: String {
    let isScaled = check.scalesWithMachine && measurement.plan.kind == .cpu
    switch check.demand {
    case .atLeast(let ratio):
      return "at least \(times(ratio)) times is asked for"
        + (isScaled && here != times(ratio) ? ", which is \(here) times on these CPUs" : "")
    case .atMost(let ratio): return "at most \(times(ratio)) times is asked for"
    case .efficiency(let part):
      return "at least \(Int((part * 100).rounded())) % of what is possible is asked for, \(here) times here"
    }
  }

  /// The threshold on these CPUs, as exactly as it is known.
  private var here: String {
    let isKnown = limit.upperBound <= 1.02 * limit.lowerBound
    return isKnown
      ? times((limit.lowerBound * limit.upperBound).squareRoot())
      : "\(times(limit.lowerBound)) to \(times(limit.upperBound))"
  }

  private var machineSentence: String? {
    guard !measurement.attainable.isEmpty else { return nil }
    let cpus = measurement.cpus.count.of("CPU")
    return "Work that is perfectly parallel gets \(times(measurement.attainable.median)) times on these \(cpus) now."
  }

  private var setAsideSentence: String? {
    let reasons = measurement.setAside
    guard !reasons.isEmpty else { return nil }
    let count = reasons.reduce(0) { $0 + $1.count }
    let timed = measurement.runs.count
    let list = reasons.map { "\($0.reason) (\($0.count))" }.joined(separator: ", ")
    return "\(count) of \(timed.of("timed run")) \(count == 1 ? "was" : "were") set aside: \(list)."
  }

  private var certainty: String {
    let count = (1 / SpeedupPromise.wrongFailure).formatted(.number.locale(Locale(identifier: "en_US")))
    return "The chance that this is wrong is below 1 in \(count)."
  }

  private func times(_ ratio: Double) -> String { String(format: ratio < 10 ? "%.2f" : "%.1f", ratio) }
  private func seconds(_ value: Double) -> String { String(format: "%.0f s", value) }
}

extension Int {
  /// The number and a noun, such as `1 pair` or `3 pairs`.
  fileprivate func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
