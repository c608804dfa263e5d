import Synchronization

/// Notes what runs at the same time as timed runs.
final class PinWatch: Sendable {
  private struct State {
    var timed = 0
    var timedNow = 0
    var othersNow = 0
    var problems: [String] = []
  }
  private let state = Mutex(State())

  var problems: [String] { state.withLock(\.problems) }
  var timed: Int { state.withLock(\.timed) }

  func enter(isTimed: Bool, cpus: Set<Int>?) {
    state.withLock { state in
      if isTimed {
        state.timed += 1
        state.timedNow += 1
        if cpus != [0, 1] { state.problems.append("a timed run may use \(cpus.map { "\($0)" } ?? "all CPUs")") }
      } else {
        state.othersNow += 1
      }
      if state.timedNow > 1 { state.problems.append("two timed runs at once") }
      if state.timedNow > 0 && state.othersNow > 0 { state.problems.append("a timed run beside another") }
    }
  }

  func leave(isTimed: Bool) {
    state.withLock { state in
      if isTimed { state.timedNow -= 1 } else { state.othersNow -= 1 }
    }
  }
}
