import Foundation
import Sandboxing
import Synchronization

/// Repeats the attacks that leave processes behind, and counts what survives: nothing may.
struct SoakBench {
  let repeats: Int
  /// The letters of the tiers in question, such as `BD`; nil for all.
  let tiers: String?
  /// Containers at work at the same time.
  private static let width = 4
  /// Programs of `fixtures/programs`, and the tasks that each may have.
  private static let attacks = [
    ("fork_bomb", 20), ("fork_storm_in_sessions", 20), ("leaves_hundred_sleeping", 128),
    ("leaves_computing_children", 64), ("fork_and_exit", 64), ("fork_and_exit_in_sessions", 64), ("daemon", 64),
    ("daemon_holding_output", 64), ("kills_everything", 64), ("stops_itself", 64),
  ]

  /// Runs all of them in every tier that contains and that this machine offers.
  /// - Returns: whether nothing survived and the keeper is as it was.
  func run() async throws -> Bool {
    var isClean = true
    print("\(repeats) repeats, \(Self.width) at a time; the last column is what the last quarter took of the first")
    for tier in IsolationTier.allCases where tier.isContaining && tiers?.contains(tier.rawValue) ?? true {
      guard let sandbox = try? await Sandbox(tier: tier) else {
        print("tier \(tier.rawValue)  not to be had on this machine")
        continue
      }
      for (program, tasks) in Self.attacks {
        isClean = try await soak(program, tasks: tasks, in: sandbox) && isClean
      }
    }
    print(isClean ? "survivors 0" : "something was left behind")
    return isClean
  }

  private func soak(_ program: String, tasks: Int, in sandbox: Sandbox) async throws -> Bool {
    let marker = "threadmark-soak-\(ProcessInfo.processInfo.processIdentifier)-\(program)"
    let contents = Array(try Data(contentsOf: URL(filePath: "fixtures/programs/\(program).py")))
    let file = ContainerFile(path: "program.py", contents: contents)
    let command = Command(executable: "/usr/bin/python3", arguments: ["program.py", marker])
    let idle = try await sandbox.makeContainer(ContainerConfiguration())
    _ = try await idle.run(
      Command(executable: "/bin/true"), files: [], limits: Limits(), observation: Observation())
    let keeper = sandbox.keeperProcessIdentifier ?? 0
    // The container of the program before this one may still be ending, and what a run had is closed after its end was told.
    let before = try await KeeperCensus.settled(keeper) { $0.children == 1 && $0.journals == 0 }
    let durations = try await withThrowingTaskGroup(of: [Double].self) { group in
      for slot in 0..<Self.width {
        let count = (repeats + Self.width - 1 - slot) / Self.width
        group.addTask { try await attack(command, file, tasks: tasks, in: sandbox, count: count) }
      }
      return try await group.reduce(into: [Double]()) { $0 += $1 }
    }
    let survivors = KeeperCensus.processes(naming: marker)
    let after = try await KeeperCensus.settled(keeper) { $0 == before }
    await idle.close()
    report(program, in: sandbox.tier, survivors: survivors, before: before, after: after, durations: durations)
    return survivors == 0 && after == before
  }

  private func attack(
    _ command: Command, _ file: ContainerFile, tasks: Int, in sandbox: Sandbox, count: Int
  ) async throws -> [Double] {
    var durations: [Double] = []
    for _ in 0..<count {
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      durations.append(
        try await Bench.seconds {
          _ = try await container.run(
            command, files: [file], limits: Limits(wallTime: .seconds(60), tasks: tasks), observation: Observation())
        })
      await container.close()
    }
    return durations
  }

  private func report(
    _ program: String, in tier: IsolationTier, survivors: Int, before: KeeperCensus, after: KeeperCensus,
    durations: [Double]
  ) {
    let quarter = max(1, durations.count / 4)
    let ratio = Bench.median(Array(durations.suffix(quarter))) / Bench.median(Array(durations.prefix(quarter)))
    print(
      "tier \(tier.rawValue)  \(program.padding(toLength: 27, withPad: " ", startingAt: 0))",
      "survivors \(survivors)  descriptors \(before.descriptors) -> \(after.descriptors)",
      " children \(before.children) -> \(after.children)  zombies \(after.zombies) ",
      String(format: "%.2f", ratio))
    // Row by row also into a file: all of it takes a while.
    fflush(nil)
  }
}

/// What a keeper holds.
struct KeeperCensus: Equatable {
  var descriptors: Int
  var children: Int
  var zombies: Int
  /// Of runs that have not ended, or whose descriptors are not closed yet.
  var journals: Int

  init(_ keeper: Int) {
    let folder = "/proc/\(keeper)/fd"
    let targets = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
    journals = targets.count { $0.hasPrefix("/memfd:journal") }
    let listeners = targets.count { $0 == "anon_inode:seccomp notify" }
    let text = (try? String(contentsOfFile: "/proc/\(keeper)/task/\(keeper)/children", encoding: .utf8)) ?? ""
    let list = text.split(separator: " ")
    children = list.count
    // Each container may have one of the child that was made ahead for its next run, once that is there.
    descriptors = targets.count - min(listeners, children)
    zombies = list.count { child in
      (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.contains(") Z ") ?? false
    }
  }

  /// Counted again until it is as asked for twice in a row, or for ten seconds: closing a container has no answer to wait for.
  ///
  /// Descriptors are listed first and read one by one then, so a count during which the keeper changes some is of no state at all.
  static func settled(_ keeper: Int, _ isSettled: (KeeperCensus) -> Bool) async throws -> KeeperCensus {
    let deadline = ContinuousClock.now + .seconds(10)
    var last: KeeperCensus?
    while true {
      let census = KeeperCensus(keeper)
      if census == last && isSettled(census) || ContinuousClock.now > deadline { return census }
      last = census
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// How many processes of the machine have the text in their command lines.
  static func processes(naming text: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.count { name in
      guard Int(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(text)
    }
  }
}
