import Sandboxing

/// Says of a run in deadlock who waited for what.
struct DeadlockWords {
  private let words: StandingWords

  /// The words for a run.
  init(_ run: Run) { words = StandingWords(run) }

  /// One sentence.
  var message: String {
    let count = words.seen.count
    if count == 0 { return "Deadlock: everything was waiting, and nothing could wake it any more." }
    if count == 1 { return "Deadlock: the program was waiting for something that could not happen any more." }
    let all = count == 2 ? "both \(nouns)" : "all \(count) \(nouns)"
    return words.cycle == nil
      ? "Deadlock: \(all) were waiting, and nothing could wake them any more."
      : "Deadlock: \(all) were waiting, some of them for each other."
  }

  /// The circle first, where there is one, then who waited for what.
  var details: String {
    ((words.cycle.map { [$0] } ?? []) + words.lines).joined(separator: "\n")
  }

  private var nouns: String {
    let tasks = words.seen.map(\.task)
    let processes = Set(tasks.map(\.process)).count
    if processes == 1 { return "threads" }
    return processes == tasks.count ? "processes" : "threads of \(processes) processes"
  }
}
