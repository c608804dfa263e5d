import Foundation
import Glibc
import Sandboxing

/// Measures what the sandbox costs: each program bare and contained, alternately in one run, as a ratio of medians; one run after
/// the other, and alone after a pause, in which the CPUs have fallen asleep.
///
/// With `order` as its first argument, what judging the order of a long transcript costs; with `speedup`, how often speedup
/// is decided wrongly over simulated timings, with `replay` over timings that `ci/flips` kept; with `deadlock`, how soon one
/// is called so; with `witness`, what it costs; with `soak`, what survives of attacks that are repeated.
@main
struct Bench {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "order" {
      return try OrderBench(count: words.dropFirst().first.flatMap { Int($0) } ?? 1_000_000).run()
    }
    if words.first == "speedup" {
      let isKept = SpeedupBench(trials: words.dropFirst().first.flatMap { Int($0) } ?? 10_000).run()
      exit(isKept ? 0 : 1)
    }
    if words.first == "replay" {
      let trials = words.dropFirst(2).first.flatMap { Int($0) } ?? 10_000
      exit(try ReplayBench(log: words.dropFirst().first ?? "flips.log", trials: trials).run() ? 0 : 1)
    }
    if words.first == "soak" {
      let repeats = words.dropFirst().first.flatMap { Int($0) } ?? 200
      let isClean = try await SoakBench(repeats: repeats, tiers: words.dropFirst(2).first).run()
      exit(isClean ? 0 : 1)
    }
    if words.first == "deadlock" {
      return try await DeadlockBench(rounds: words.dropFirst().first.flatMap { Int($0) } ?? 100).run()
    }
    if words.first == "witness" {
      return try await WitnessBench(rounds: words.dropFirst().first.flatMap { Int($0) } ?? 20).run()
    }
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100
    // Not on the main actor, which nothing that marks runs on: each run would hop to it and away again.
    try await Task.detached { try await compareTiers(rounds: rounds) }.value
  }

  static func compareTiers(rounds: Int) async throws {
    let python = try realPython()
    let programs: [(name: String, command: Command)] = [
      ("/bin/true", Command(executable: "/bin/true")),
      ("python3 -c pass", Command(executable: python, arguments: ["-c", "pass"])),
    ]
    let bwrap = workingBwrap()
    print("\(rounds) rounds; medians in milliseconds: bare, contained, their ratio, that after pauses; bwrap's")
    if bwrap == nil {
      print("bwrap: skipped, it is not installed (Debian's package bubblewrap) or may make no namespaces here")
    }
    let wanted = CommandLine.arguments.dropFirst(2).first
    for tier in IsolationTier.allCases where wanted?.contains(tier.rawValue) ?? true {
      guard let sandbox = try? await Sandbox(tier: tier) else {
        print("tier \(tier.rawValue): not to be had on this machine")
        continue
      }
      for program in programs {
        let costs = try await compare(program.command, in: sandbox, bwrap: bwrap, rounds: rounds)
        let (bare, contained) = (median(costs.bare), median(costs.contained))
        let columns = [bare, contained].map { String(format: "%8.3f", $0 * 1000) }.joined(separator: " ")
        let ratio = String(format: "%.3f", contained / bare)
        let name = program.name.padding(toLength: 18, withPad: " ", startingAt: 0)
        let rested = String(format: "%.3f", median(costs.restedContained) / median(costs.restedBare))
        let other = median(costs.wrapped)
        let theirs = bwrap == nil ? "" : String(format: "   bwrap %8.3f  %.3f", other * 1000, other / bare)
        print("tier \(tier.rawValue)  \(name)\(columns)  \(ratio)  \(rested)\(theirs)")
      }
      print("tier \(tier.rawValue)  \(try await containerStart(sandbox, rounds: rounds))")
      try await OvershootBench.run(in: sandbox, rounds: rounds)
    }
  }

  /// Seconds of each round.
  struct Costs {
    var bare: [Double] = []
    var contained: [Double] = []
    var wrapped: [Double] = []
    var restedBare: [Double] = []
    var restedContained: [Double] = []
  }

  /// Runs the program bare, contained, and in bwrap, alternately: both of the first two alone after a pause as well.
  static func compare(_ command: Command, in sandbox: Sandbox, bwrap: String?, rounds: Int) async throws -> Costs {
    let container = try await sandbox.makeContainer(ContainerConfiguration(readable: prefixes(command.executable)))
    func runContained() async throws {
      let result = try await container.run(command, files: [], limits: Limits(), observation: Observation())
      precondition(result.termination == .exited(0), "\(command.executable) ended with \(result.termination)")
    }
    var costs = Costs()
    for round in 0..<(rounds + 5) {
      if round == 5 { costs = Costs() }
      settle()
      costs.restedBare.append(try await seconds { try spawnBare(command) })
      settle()
      costs.restedContained.append(try await seconds { try await runContained() })
      costs.bare.append(try await seconds { try spawnBare(command) })
      costs.contained.append(try await seconds { try await runContained() })
      costs.wrapped.append(try await seconds { if let bwrap { try spawnBare(inside(bwrap, command)) } })
    }
    await container.close()
    return costs
  }

  /// Waits until nothing else runs: the kernel takes bwrap's namespaces apart after its end, on the CPUs of what comes next.
  private static func settle() {
    let deadline = ContinuousClock.now + .milliseconds(100)
    var quiet = 0
    while quiet < 20 && ContinuousClock.now < deadline {
      let running = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ")
      quiet = running?.dropFirst(3).first?.hasPrefix("1/") ?? true ? quiet + 1 : 0
      usleep(100)
    }
  }

  /// A command in namespaces of its own, as bwrap makes them for each run.
  static func inside(_ bwrap: String, _ command: Command) -> Command {
    let places = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]
    let arguments = places + ["--unshare-all", "--die-with-parent", command.executable] + command.arguments
    return Command(executable: bwrap, arguments: arguments)
  }

  /// Where bwrap is, if it can run a program here.
  static func workingBwrap() -> String? {
    let path = "/usr/bin/bwrap"
    guard access(path, X_OK) == 0 else { return nil }
    let attempt = inside(path, Command(executable: "/bin/true"))
    return (try? OutsideProgram(path, attempt.arguments).run())?.status == 0 ? path : nil
  }

  static func containerStart(_ sandbox: Sandbox, rounds: Int) async throws -> String {
    var times: [Double] = []
    for _ in 0..<rounds {
      times.append(
        try await seconds {
          let container = try await sandbox.makeContainer(ContainerConfiguration())
          await container.close()
        })
    }
    return "container start   \(String(format: "%8.3f", median(times) * 1000))"
  }

  static func seconds(_ body: () async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    try await body()
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// The cheapest honest way to run a program without a sandbox: spawn and wait, output to a pipe that nobody reads.
  static func spawnBare(_ command: Command) throws {
    var process: pid_t = 0
    let words = [command.executable] + command.arguments
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var status: Int32 = 0
    guard posix_spawn(&process, command.executable, nil, nil, &arguments, &environment) == 0 else {
      throw CocoaError(.fileNoSuchFile)
    }
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    precondition(status == 0)
  }

  /// The folder that a program's own files lie in, `/opt/y` for `/opt/y/bin/x`; none for a program of the system.
  static func prefixes(_ executable: String) -> [String] {
    let prefix = URL(fileURLWithPath: executable).deletingLastPathComponent().deletingLastPathComponent().path
    return prefix == "/" || prefix == "/usr" ? [] : [prefix]
  }

  /// The interpreter itself, not a shim that looks for it.
  static func realPython() throws -> String {
    // The system's own can be reached by every user, which tier C needs.
    let system = "/usr/bin/python3"
    if access(system, X_OK) == 0 { return system }
    let question = "import sys; print(getattr(sys, '_base_executable', None) or sys.executable)"
    let text = String(decoding: try OutsideProgram("python3", ["-c", question]).run().output, as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
