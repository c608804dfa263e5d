/// What a suite or a report adds up to; always computed, never set.
public struct Totals: Sendable, Hashable {
  /// All test cases.
  public private(set) var tests = 0
  /// Those that failed.
  public private(set) var failures = 0
  /// Those of which the harness or the machine prevented a result.
  public private(set) var errors = 0
  /// Those that were skipped.
  public private(set) var skipped = 0
  /// The times of all test cases together.
  public private(set) var time: ElapsedTime = 0

  /// Counts test cases.
  init(_ testCases: some Sequence<TestCase>) {
    for testCase in testCases {
      tests += 1
      time = time + testCase.time
      switch testCase.outcome {
      case .passed: break
      case .failure: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
  }
}
