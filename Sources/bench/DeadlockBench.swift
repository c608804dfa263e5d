import Foundation
import Grading
import Sandboxing

/// Measures how soon a deadlock is called one: from the last line that a program printed to the verdict.
struct DeadlockBench {
  var rounds: Int

  private static let program = """
    import threading, time
    a, b, both = threading.Lock(), threading.Lock(), threading.Barrier(3)
    def take(first, second):
        with first:
            both.wait()
            with second:
                pass
    for locks in ((a, b), (b, a)):
        threading.Thread(target=take, args=locks).start()
    both.wait()
    print("last step")
    """

  func run() async throws {
    let witnessed = try WitnessedProgram(Self.program)
    let container = try await Sandbox().makeContainer(ContainerConfiguration(readable: witnessed.readable))
    var verdicts: [Double] = []
    var reports: [Double] = []
    var lastSteps: [Double] = []
    for _ in 0..<rounds {
      var result = ExecutionResult()
      let whole = try await Bench.seconds {
        result = try await container.run(
          witnessed.command(), files: witnessed.files, limits: Limits(), observation: Observation())
      }
      precondition(result.termination == .deadlock, "it ended with \(result.termination)")
      let printed = result.journal.last { if case .bytes(.standardOutput, _) = $0.event { true } else { false } }
      let last = Double(printed?.time ?? 0) / 1e9
      lastSteps.append(last)
      verdicts.append(result.usage.wallTime / .seconds(1) - last)
      reports.append(whole - last)
    }
    await container.close()
    print("\(rounds) deadlocks, from the last line printed; milliseconds")
    show("to the verdict", verdicts)
    show("to the explained end", reports)
    let limit = 10 - Bench.median(lastSteps)
    print("with a time limit of 10 s alone: \(Int(limit * 1000)), \(Int(limit / Bench.median(verdicts))) times as long")
  }

  private func show(_ title: String, _ values: [Double]) {
    let sorted = values.sorted()
    let numbers = [sorted[sorted.count / 2], sorted[min(sorted.count - 1, sorted.count * 99 / 100)]]
    let text = zip(["median", "p99"], numbers).map { "\($0) \(Int(($1 * 1000).rounded()))" }.joined(separator: ", ")
    print("\(title): \(text)")
  }
}
