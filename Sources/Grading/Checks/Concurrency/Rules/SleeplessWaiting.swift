import Sandboxing

/// `no_sleep: true`: nothing sleeps in order to wait for another thread or process; `main` asks that of the main thread.
///
/// Sleeping in place of `join()`, an event or a condition is right only as long as the machine is fast enough. Each
/// sleep is heard of as it begins; `sleep(0)`, which lets others go first, is none.
public struct SleeplessWaiting: ConcurrencyRule {
  /// The key in `exercise.yaml`.
  public static let key = "no_sleep"
  /// As it would run anywhere.
  public static let mode = RunMode.plain
  /// Whether only the main thread must not sleep: where workers sleep to act as if they worked.
  public var mainOnly: Bool

  /// Asks for waiting without sleeping.
  public init(mainOnly: Bool = false) { self.mainOnly = mainOnly }

  /// Judges a plain run.
  public func judge(_ run: Run) -> ConcurrencyOutcome {
    let lives = TaskLife.all(of: run.result)
    guard let main = lives.first else {
      return .untold("What threads and processes did can't be seen on this machine.")
    }
    let others = lives.dropFirst()
    let sleepers = (mainOnly ? [main] : lives).map { (life: $0, sleeps: sleeps(of: $0, main: main, others: others)) }
      .filter { $0.sleeps.count > 0 }
    guard let first = sleepers.first else { return .holds("nothing slept instead of waiting") }
    let isMain = first.life.task == main.task
    return .broken(
      Finding(
        .notConcurrent,
        """
        \(isMain ? "The main thread sleeps after it has started others" : "A thread or process sleeps"), instead of \
        waiting for what it needs.
        """,
        details: """
          It slept \(first.sleeps.count == 1 ? "once" : "\(first.sleeps.count) times"), \
          \(Milliseconds(first.sleeps.time)) in all. How long is enough depends on the machine: wait with join(), \
          an Event, a Condition or a Queue, which return as soon as it is time.
          """, attempt: run.attempt))
  }

  /// How often and how long it slept once there had been another to wait for; whether that one still lives is chance.
  private func sleeps(of life: TaskLife, main: TaskLife, others: ArraySlice<TaskLife>) -> (count: Int, time: Int64) {
    let companions = life.task == main.task ? Array(others) : [main]
    var (count, time) = (0, Int64(0))
    for piece in life.pieces where piece.state == .sleeping {
      guard companions.contains(where: { $0.account.began <= piece.from }) else { continue }
      count += 1
      time += piece.to - piece.from
    }
    return (count, time)
  }
}
