import Foundation
import Sandboxing

/// How far past its limit a run gets that ignores every polite request to end.
struct OvershootBench {
  private static let limit = Duration.milliseconds(50)

  /// Prints median and 99th percentile in milliseconds: when the end was decided, and when all was dead and reported.
  static func run(in sandbox: Sandbox, rounds: Int) async throws {
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    let command = Command(executable: "/bin/sh", arguments: ["-c", "trap '' TERM INT HUP; while :; do :; done"])
    let limits = Limits(wallTime: limit)
    var decided: [Double] = []
    var over: [Double] = []
    for _ in 0..<rounds {
      let taken = try await Bench.seconds {
        let result = try await container.run(command, files: [], limits: limits, observation: Observation())
        precondition(result.termination == .wallTimeLimit, "it ended with \(result.termination)")
        decided.append((result.usage.wallTime - limit) / .milliseconds(1))
      }
      over.append(taken * 1000 - limit / .milliseconds(1))
    }
    await container.close()
    print(
      "tier \(sandbox.tier.rawValue)  past a limit of 50 ms: decided", columns(decided), " started, killed, reported",
      columns(over))
  }

  private static func columns(_ values: [Double]) -> String {
    let sorted = values.sorted()
    let percentile = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return String(format: "median %.2f p99 %.2f", Bench.median(values), percentile)
  }
}
