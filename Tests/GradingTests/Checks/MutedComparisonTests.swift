import Grading
import Sandboxing
import TestSupport
import Testing

/// Whether threads and workers did the work: what is printed when they do nothing.
struct MutedComparisonTests {
  private static let together = ExecutionResult.make(
    usage: ResourceUsage(processesBorn: 2),
    events: [
      .birth(.process, by: .init(process: 2, thread: 2)), .birth(.process, by: .init(process: 2, thread: 2)),
      .held(.init(process: 3, thread: 3)), .held(.init(process: 4, thread: 4)),
      .released(.init(process: 3, thread: 3), together: 2), .released(.init(process: 4, thread: 4), together: 2),
    ])

  private func judge(plain: String, muted: String?) -> CheckOutcome {
    let check = ConcurrencyCheck(processes: 2, together: true, work: true)
    let plain = Run.make(.make(output: plain))
    let muted = muted.map { Run.make(.make(output: $0), mode: .muted) }
    return check.judge([plain, Run.make(Self.together, mode: .stretched)] + (muted.map { [$0] } ?? []))
  }

  @Test func `needs a muted run`() {
    #expect(ConcurrencyCheck(processes: 2, work: true).needsMutedRun)
    #expect(!ConcurrencyCheck(processes: 2).needsMutedRun)
  }

  @Test(arguments: ["", "[1, 4]\n", "Traceback\n"])
  func `what needs its workers passes`(_ muted: String) {
    guard case .passed(let evidence) = judge(plain: "[1, 4, 9]\n", muted: muted) else {
      Issue.record("not passed")
      return
    }
    #expect(evidence.contains("without their work the program does not print the same"))
  }

  @Test(arguments: ["a\nb\n", "b\na\n", "\nb\n\na"])
  func `what prints the same without them is not concurrent, in whatever order`(_ muted: String) {
    guard case .failed(let findings) = judge(plain: "a\nb\n", muted: muted) else {
      Issue.record("not failed")
      return
    }
    #expect(findings.map(\.verdict) == [.notConcurrent])
  }

  @Test func `without a muted run or any output nothing is said`() {
    for outcome in [judge(plain: "a\n", muted: nil), judge(plain: "\n", muted: "")] {
      guard case .skipped = outcome else {
        Issue.record("said \(outcome)")
        continue
      }
    }
  }
}
