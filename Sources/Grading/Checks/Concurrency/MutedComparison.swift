import Sandboxing

/// Compares what a program prints with what it prints when its threads and workers do nothing.
///
/// Whoever prints the right result without them had no need of them: the work was done elsewhere.
struct MutedComparison {
  private let plain: [Substring]?
  private let muted: [Substring]?
  /// Whether threads or workers were started, but could not be told to do nothing.
  private let isDeaf: Bool

  /// Compares the first plain run with the muted one.
  init(_ runs: [Run]) {
    plain = runs.first { $0.mode == .plain }.map(Self.lines)
    let mutedRun = runs.first { $0.mode == .muted }
    muted = mutedRun.map(Self.lines)
    isDeaf = mutedRun.map(Self.isDeaf) ?? false
  }

  private static func isDeaf(_ run: Run) -> Bool {
    let isBorn = run.result.journal.contains { if case .birth = $0.event { true } else { false } }
    let cameToGate = run.result.journal.contains { if case .held = $0.event { true } else { false } }
    return run.trace.threads.isEmpty && isBorn && !cameToGate
  }

  /// The lines in any order, blank ones left out: which thread was first is nobody's concern here.
  private static func lines(_ run: Run) -> [Substring] {
    run.trace.transcript.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.sorted()
  }

  /// The outcome, where everything else has passed.
  func outcome(after evidence: [String]) -> CheckOutcome {
    guard let plain, let muted, !plain.isEmpty else {
      return .skipped("There is no output with which it could be seen who did the work.")
    }
    if isDeaf { return .skipped(ConcurrencyWords.noGate) }
    if plain == muted {
      let finding = Finding(
        .notConcurrent, "The threads or processes that were started did none of the work.",
        details: """
          The program was run once more, with threads and processes that end at once without doing anything. \
          It printed the same. So the main program did the work by itself.
          """)
      return .failed([finding])
    }
    return .passed(evidence: evidence + ["without their work the program does not print the same"])
  }
}
