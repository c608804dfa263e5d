public import Grading
import Sandboxing

/// A check that asks every run for one output and for an end by itself.
public struct OutputCheck: Check {
  /// The name of this kind of check.
  public static let name = "output"
  /// Whether it needs a stretched run.
  public var needsStretchedRun: Bool
  private let expected: String

  /// A check for an output.
  public init(_ expected: String, needsStretchedRun: Bool = false) {
    self.expected = expected
    self.needsStretchedRun = needsStretchedRun
  }

  /// Fails with the first run that is not as expected.
  public func judge(_ runs: [Run]) -> CheckOutcome {
    for run in runs where run.mode == .plain {
      if let verdict = Self.verdict(run.result.termination) {
        return .failed([Finding(verdict, "The run ended by \(verdict.title).", attempt: run.attempt)])
      }
      if run.trace.transcript != expected {
        let line = Finding.Line(number: 1, text: run.trace.transcript)
        return .failed([
          Finding(
            .wrongAnswer, "The output is not \(expected).", details: "It is \(run.trace.transcript).",
            counterExample: [line], attempt: run.attempt)
        ])
      }
    }
    return .passed(evidence: ["\(runs.count) runs printed \(expected)."])
  }

  private static func verdict(_ termination: TerminationStatus) -> Verdict? {
    switch termination {
    case .wallTimeLimit, .cpuTimeLimit: .timeLimitExceeded
    case .deadlock: .deadlock
    case .memoryLimit: .memoryLimitExceeded
    case .outputLimit: .outputLimitExceeded
    case .exited(0): nil
    default: .runTimeError
    }
  }
}

/// A check with one outcome, whatever the runs.
public struct FixedCheck: Check {
  /// The name of this kind of check.
  public static let name = "fixed"
  /// Whether it needs a stretched run.
  public var needsStretchedRun = false
  private let outcome: CheckOutcome

  /// A check that concludes this.
  public init(_ outcome: CheckOutcome) {
    self.outcome = outcome
  }

  /// A check that fails with findings of these verdicts.
  public init(failing verdicts: Verdict...) {
    self.init(.failed(verdicts.map { Finding($0, "It is \($0.title).") }))
  }

  /// Gives the outcome.
  public func judge(_ runs: [Run]) -> CheckOutcome { outcome }
}
