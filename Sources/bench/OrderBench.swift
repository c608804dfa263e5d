import Foundation
import Glibc
import Grading
import Sandboxing

/// Measures what judging the order of a long transcript costs, as a ratio to splitting the same text into its lines.
struct OrderBench {
  private let count: Int
  private let handover: Sample
  private let steps: Sample

  /// A transcript that keeps all rules, whole as with a witness and raw as without.
  private struct Sample {
    var text: String
    var lines: [String]

    init(count: Int, _ line: (Int) -> String) {
      lines = (0..<count).map(line)
      text = lines.map { $0 + "\n" }.joined()
    }

    func run(isAttributed: Bool) -> Run {
      let writer = isAttributed ? TraceEvent.Writer(process: 10, thread: 10, name: "MainThread") : nil
      let events = lines.map { TraceEvent(.line($0), writer: writer) }
      let trace = Trace(events: events, transcript: text, isAttributed: isAttributed)
      return Run(scenario: "plain", attempt: 1, result: ExecutionResult(), trace: trace)
    }
  }

  init(count: Int) {
    self.count = count
    handover = Sample(count: count) { "\($0 % 2 == 0 ? "made" : "used") \($0 / 2) by \($0 / 2 % 9)" }
    steps = Sample(count: count) { "step \($0) of \($0 % 2)" }
  }

  func run() throws {
    let forms = try [
      ("made", "made {n:int} by {who:int}"), ("used", "used {n:int} by {who:int}"),
      ("step", "step {n:int} of {who:int}"),
    ].map { (name: $0.0, pattern: try EventPattern($0.1)) }
    print(
      "\(count) events; CPU seconds of one check with one rule, and the ratio to splitting the same text into its lines"
    )
    print("rule            split    whole   ratio      raw   ratio")
    for (rule, sample) in rules {
      let check = OrderCheck(events: forms, rules: [rule])
      let baseline = seconds { _ = split(sample.text) }
      let columns = [true, false].map { isAttributed in
        let run = sample.run(isAttributed: isAttributed)
        let time = seconds {
          if case .passed = check.judge([run]) { return }
          preconditionFailure("\(type(of: rule).name) does not hold for the sample.")
        }
        return String(format: "%8.3f %7.1f", time, time / baseline)
      }
      let name = type(of: rule).name.padding(toLength: 12, withPad: " ", startingAt: 0)
      print("\(name)\(String(format: "%9.3f", baseline)) \(columns.joined(separator: " "))")
    }
  }

  private var rules: [(any OrderRule, Sample)] {
    let section = Section(enter: "made", leave: "used", by: "n")
    return [
      (CountRule(of: "step", per: "n", equals: 1), steps),
      (ValuesRule(of: "step", field: "who", distinct: true, are: [0, 1]), steps),
      (SequenceRule(of: "step", field: "n", is: (0..<count).map { EventValue($0) }), steps),
      (AscendingRule(of: "step", field: "n"), steps),
      (BeforeRule(first: "made", then: "used", per: "n"), handover),
      (AfterRule(first: "made", then: "used", per: "n"), handover),
      (FirstRule(of: "made", among: ["used"], per: "n"), handover),
      (LastRule(of: "used", among: ["made"], per: "n"), handover),
      (AlternateRule(of: ["made", "used"]), handover),
      (AlternateRule(of: ["step"], field: "who"), steps),
      (PhasesRule(of: ["step"], field: "n"), steps),
      (ExclusiveRule(section), handover),
      (AtMostRule(section, inside: 2), handover),
      (FifoRule(in: "made", out: "used", field: "n"), handover),
      (MatchedRule(in: "made", out: "used", field: "n"), handover),
      (InterleavedRule(of: ["step"], by: "who"), steps),
      (OverlapRule(Section(enter: "step", leave: "used"), inside: count), steps),
      (AnyOfRule([[AlternateRule(of: ["made", "used"])], [CountRule(of: "made", equals: 0)]]), handover),
      (NothingElseRule(), steps),
    ]
  }

  /// The least that anybody has to do who looks at lines.
  private func split(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The best of three of this thread's CPU time: others' work on the machine only ever adds to it.
  private func seconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return (0..<3).map { _ in
      let start = now()
      work()
      return now() - start
    }.min() ?? 0
  }
}
