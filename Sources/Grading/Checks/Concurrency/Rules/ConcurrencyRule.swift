import Sandboxing

/// One thing that can be asked of what threads and processes do, beside their being there.
public protocol ConcurrencyRule: Sendable {
  /// Its key in `exercise.yaml`.
  static var key: String { get }

  /// The kind of run in which it is looked at.
  static var mode: RunMode { get }

  /// Judges one run of that kind.
  /// - Parameter run: what happened.
  /// - Returns: that it holds, is broken, or can't be told.
  func judge(_ run: Run) -> ConcurrencyOutcome
}

/// What a rule says of a run.
public enum ConcurrencyOutcome: Sendable, Equatable {
  /// It holds, and what shows it.
  case holds(String)
  /// It is broken.
  case broken(Finding)
  /// It can't be told from this run, and why; a full sentence.
  case untold(String)
}

extension ConcurrencyRule {
  /// What the workers of a run did; an outcome where that is too little to say anything.
  func facts(
    _ run: Run, enough: (WorkFacts) -> Int64, then judge: (WorkFacts) -> ConcurrencyOutcome
  ) -> ConcurrencyOutcome {
    let facts = WorkFacts(run.result)
    if run.result.tasks.isEmpty { return .untold("What threads and processes did can't be seen on this machine.") }
    if facts.workers.isEmpty, run.result.usage.threadsBorn != 0 || run.result.usage.processesBorn != 0 {
      return .untold("No thread or process was seen to begin the program's own work, so nothing can be said of it.")
    }
    if facts.workers.isEmpty {
      return .broken(Finding(.notConcurrent, "Neither a thread nor a process was started: one did all the work."))
    }
    let seen = enough(facts)
    if seen < WorkFacts.shortest {
      return .untold(
        """
        The threads or processes worked for \(Milliseconds(seen)) only; under \(Milliseconds(WorkFacts.shortest)) it \
        can't be told who did what.
        """)
    }
    return judge(facts)
  }
}

/// Nanoseconds as a reader likes them, such as `3 ms` or `0.4 ms`.
struct Milliseconds: CustomStringConvertible {
  let nanoseconds: Int64

  init(_ nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  var description: String {
    let tenths = (nanoseconds + 50_000) / 100_000
    return tenths >= 100 || tenths % 10 == 0
      ? "\((nanoseconds + 500_000) / 1_000_000) ms" : "\(tenths / 10).\(tenths % 10) ms"
  }
}
