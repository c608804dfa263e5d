import Sandboxing

extension SpeedupFacts {
  /// What two undisturbed runs of a pair say.
  init(baseline: ExecutionResult, variant: ExecutionResult) {
    let cpu = { (result: ExecutionResult) in (result.usage.userTime + result.usage.systemTime) / .seconds(1) }
    let moved = Self.moved(variant, beyond: baseline)
    let workers = Array(variant.tasks.sorted { $0.began < $1.began }.dropFirst())
    self.init(
      baselineCPU: cpu(baseline), wall: variant.usage.wallTime / .seconds(1), cpu: cpu(variant),
      systemCPU: variant.usage.systemTime / .seconds(1), threads: variant.usage.threadsBorn,
      processes: variant.usage.processesBorn, peakTasks: variant.usage.peakTasks,
      workerCPU: workers.map { Double($0.runTime) / 1e9 }.sorted(by: >), together: Self.together(workers),
      delay: variant.tasks.compactMap(\.runDelay).reduce(0) { $0 + Double($1) / 1e9 },
      waits: variant.tasks.isEmpty ? nil : variant.tasks.reduce(0) { $0 + $1.voluntarySwitches },
      movedBytes: moved?.bytes, moves: moved?.calls)
  }

  /// What the processes of a run handed to each other beyond those of another: both start the same way and print the same.
  ///
  /// Only what was both written and read was handed over, so that a file that each process reads for itself is not taken for it.
  private static func moved(_ run: ExecutionResult, beyond baseline: ExecutionResult) -> (bytes: Int, calls: Int)? {
    guard let all = moved(run), let usual = moved(baseline) else { return nil }
    let handed = max(0, min(all.read - usual.read, all.written - usual.written))
    return (2 * handed, max(0, all.calls - usual.calls))
  }

  /// The first process's account has that of all others in it, if it waited for them; where it did not, theirs is the larger.
  private static func moved(_ run: ExecutionResult) -> ExecutionResult.Moved? {
    guard let first = run.tasks.min(by: { $0.began < $1.began })?.task.process, let whole = run.moved[first] else {
      return nil
    }
    let others = run.moved.filter { $0.key != first }.values
    return .init(
      read: max(whole.read, others.reduce(0) { $0 + $1.read }),
      written: max(whole.written, others.reduce(0) { $0 + $1.written }),
      calls: max(whole.calls, others.reduce(0) { $0 + $1.calls }))
  }

  /// The sum of the tasks' lives, divided by the time in which at least one of them was alive.
  ///
  /// Threads that are started and joined one after the other have 1, however many there are: each may still be ending when the
  /// next begins, which an exact count of those alive would take for two.
  private static func together(_ tasks: [TaskAccount]) -> Double? {
    let lives = tasks.map { (began: $0.began, ended: $0.ended ?? $0.seen) }.sorted { $0.began < $1.began }
    var (covered, total, end) = (Int64(0), Int64(0), Int64.min)
    for life in lives where life.ended > life.began {
      total += life.ended - life.began
      covered += max(0, life.ended - max(life.began, end))
      end = max(end, life.ended)
    }
    return covered > 0 ? Double(total) / Double(covered) : nil
  }
}
