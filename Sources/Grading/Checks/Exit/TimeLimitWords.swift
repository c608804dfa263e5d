import Sandboxing

/// Says of a run that was ended for its time what it did with it.
struct TimeLimitWords {
  private let run: Run
  private let words: StandingWords

  /// The words for a run.
  init(_ run: Run) {
    self.run = run
    words = StandingWords(run)
  }

  private var usage: ResourceUsage { run.result.usage }
  private var cpuTime: Duration { usage.userTime + usage.systemTime }
  /// The time in which it had its share of the machine.
  private var ownTime: Duration { max(usage.wallTime - usage.withheldTime, .milliseconds(1)) }

  /// Since when nothing was printed any more.
  private var silence: Duration {
    let last = run.result.journal.last { entry in
      if case .bytes(let stream, _) = entry.event { stream != .witness } else { false }
    }
    return usage.wallTime - .nanoseconds(last?.time ?? 0)
  }

  /// Busy most of the time, and nothing came of it for at least half of it.
  private var isLivelock: Bool { cpuTime / ownTime >= 0.5 && silence / usage.wallTime >= 0.5 }

  /// One sentence.
  var message: String {
    let limit = "The program had not ended after \(ownTime.inSeconds), its time limit"
    return isLivelock ? "\(limit): it was busy, but nothing came of it (livelock)." : "\(limit)."
  }

  /// What it did, then where its threads were.
  var details: String {
    var lines = [
      isLivelock
        ? """
        It used \(cpuTime.inSeconds) of CPU time and printed nothing in the last \(silence.inSeconds): a loop that never \
        ends, or threads that keep giving way to each other.
        """
        : "It was still busy, or waiting for something that could still happen."
    ]
    if usage.withheldTime > .milliseconds(200) {
      lines.append(
        "The \(usage.withheldTime.inSeconds) in which the machine gave its CPUs to others do not count.")
    }
    if let cycle = words.cycle { lines.append("Meanwhile some waited for each other: \(cycle)") }
    return (lines + words.lines).joined(separator: "\n")
  }
}
