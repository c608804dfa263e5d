import Grading
import Sandboxing
import Testing

/// The textbook's program, two threads that print five lines each, which a line-by-line comparison fails at random.
@Suite struct TextbookPrintersTests {
  @Test(arguments: 0..<200)
  func `the textbook's printers are accepted with a witness, however they are torn`(seed: UInt64) throws {
    let result = TearingTests.tornRun(threads: 2, lines: 5, seed: seed)
    let outcome = try OrderCheck.textbook.judge([.make(result)])
    #expect(outcome.isPass, "\(outcome)")
  }

  @Test(arguments: 0..<200)
  func `they are also accepted without a witness where print writes a line at once`(seed: UInt64) throws {
    var result = TearingTests.tornRun(threads: 2, lines: 5, seed: seed, whole: true)
    result.journal = result.journal.filter { if case .bytes(.witness, _) = $0.event { false } else { true } }
    let outcome = try OrderCheck.textbook.judge([.make(result)])
    #expect(outcome.isPass, "\(outcome)")
  }
}

extension OrderCheck {
  /// What the exercise of the two printing threads asks for.
  static var textbook: OrderCheck {
    get throws {
      OrderCheck(
        events: [("line", try EventPattern("Thread {thread}: {n:int}"))],
        rules: [
          CountRule(of: "line", equals: 10),
          ValuesRule(of: "line", field: "thread", distinct: true, are: ["Thread 1", "Thread 2"]),
          ValuesRule(of: "line", field: "n", per: "thread", are: [1, 2, 3, 4, 5]),
          AscendingRule(of: "line", field: "n", per: "thread"),
          NothingElseRule(),
        ])
    }
  }
}

extension CheckOutcome {
  /// Whether the check passed.
  var isPass: Bool { if case .passed = self { true } else { false } }

  /// What it found.
  var findings: [Finding] { if case .failed(let findings) = self { findings } else { [] } }
}
