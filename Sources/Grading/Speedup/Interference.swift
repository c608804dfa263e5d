import Foundation
import Sandboxing

/// What others took from a timed run: facts of the kernel, never a guess.
struct Interference: Sendable, Equatable {
  /// CPU seconds that everything but the run used on its CPUs; nil where nothing tells.
  var others: Double?
  /// CPU seconds that the machine under this virtual machine took from its CPUs; nil where nothing tells.
  var stolen: Double?
  /// Seconds in which tasks of the run could have run but had no CPU, all of them together; nil where nothing tells.
  var runDelay: Double?
  /// Seconds in which a control group's quota stopped the run; nil where nothing tells.
  var throttled: Double?
  /// Seconds in which some task of the machine waited for a CPU, the run's own included; nil where nothing tells.
  var pressure: Double?
  /// CPU seconds that anybody used on the hyperthreads beside its CPUs, which are not the run's; nil where nothing tells.
  var siblings: Double?
  /// Whether the run was one single task from beginning to end: then nobody but others can have kept it from its CPU, and
  /// what it waited for one is what they certainly took.
  var isSingle = false

  /// The facts of a run, and what the hyperthreads beside its CPUs did meanwhile.
  init(_ result: ExecutionResult, cpus: [Int], siblings: Double? = nil) {
    self.siblings = siblings
    if let surroundings = result.surroundings {
      let own = surroundings.cpus.filter { cpus.contains($0.number) }
      let busy = own.reduce(0) { $0 + $1.busy }
      let used = (result.usage.userTime + result.usage.systemTime) / .nanoseconds(1)
      // CPUs' times come in ticks; less than one of them on each CPU is nothing that could be told from none.
      let tick = Double(surroundings.tick) * Double(own.count)
      // Some kernels show no times of CPUs at all; then the run itself seems to have used more than there was.
      let isShown = Double(busy) + 2 * tick > used / 2
      others = isShown ? max(0, Double(busy) - used - tick) / 1e9 : nil
      stolen = Double(own.reduce(0) { $0 + $1.steal }) / 1e9
      throttled = surroundings.throttledTime.map { Double($0) / 1e9 }
    }
    let delays = result.tasks.compactMap(\.runDelay)
    if !delays.isEmpty { runDelay = Double(delays.reduce(0, +)) / 1e9 }
    pressure = result.surroundings?.pressure.map { Double($0) / 1e9 }
    isSingle = result.tasks.count == 1 && delays.count == 1 && result.usage.peakTasks == 1
  }

  /// Seconds by which the run was certainly lengthened; nil where that can't be told.
  ///
  /// What was stolen from its CPUs, or a quota stopped, may have met others, or not lengthened it at all.
  var certain: Double? { isSingle ? runDelay : nil }

  /// The most seconds by which the run can have been lengthened.
  ///
  /// Tasks also wait for each other's CPUs, so neither what they waited nor what others used is wholly disturbance; the
  /// smaller of the two is the most that it can be.
  var lost: Double? {
    let besides = slowed + (throttled ?? 0)
    if let runDelay = certain { return runDelay + (stolen ?? 0) + besides }
    let taken = others.map { $0 + (stolen ?? 0) }
    let bounds = [taken, runDelay.map { $0 + (stolen ?? 0) }].compactMap(\.self)
    if let least = bounds.min() ?? pressure { return least + besides }
    return throttled == nil && siblings == nil ? nil : besides
  }

  /// The most seconds that the hyperthreads beside its CPUs can have taken: two of a core give 1.2 times of one at the least.
  private var slowed: Double { (siblings ?? 0) * (1 - 1.2 / 2) }

  /// Why a run does not count; nil where it does.
  /// - Parameters:
  ///   - wall: the run's elapsed seconds.
  ///   - limit: the part of it that others may have taken.
  /// - Returns: the reason, a clause such as "other programs used the CPUs".
  func reason(over wall: Double, limit: Double) -> String? {
    guard let lost, lost > limit * wall, wall > 0 else { return nil }
    if let throttled, throttled > limit * wall { return "the control group's quota stopped it" }
    if slowed > limit * wall { return "other programs used the CPUs' other hyperthreads" }
    if let stolen, stolen > limit * wall { return "another virtual machine used the CPUs" }
    return "other programs used the CPUs"
  }
}
