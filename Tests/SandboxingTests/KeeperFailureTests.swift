import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

/// What happens when the sandbox itself fails: an error of ours, nothing left, and the next submission works.
@Suite("When the keeper fails", .requiresSandbox, .requiresPython)
struct KeeperFailureTests {
  private static let patience = Duration.seconds(4)

  /// A run whose program and its orphaned grandchild would go on for ever.
  private struct LongRun {
    let marker = "threadmark-test-\(UUID().uuidString)"
    let sandbox: Sandbox
    let result: Task<ExecutionResult, any Error>
    let folder: String

    /// Waits until so many of its three processes are there, and may stop the keeper at that moment.
    init(
      in tier: IsolationTier, wallTime: Duration = .seconds(600), processes: Int = 3, stopping: Bool = false
    ) async throws {
      let sandbox = try await Sandbox(tier: tier, patience: patience)
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      let script = """
        import os, time
        if os.fork() == 0:
            if os.fork() == 0:
                open('file', 'w').close()
            time.sleep(1000)
        time.sleep(1000)
        """
      let command = Command.python(["-c", script, marker])
      let result = Task {
        try await container.run(
          command, files: [], limits: Limits(wallTime: wallTime, tasks: 10), observation: Observation())
      }
      let marker = marker
      let keeper = pid_t(try #require(sandbox.keeperProcessIdentifier))
      try await eventually {
        ProcessTable.commandLines(containing: marker).count >= processes
      } then: {
        if stopping { Glibc.kill(keeper, SIGSTOP) }
      }
      self.sandbox = sandbox
      self.result = result
      folder = ProcessTable.workingDirectory(ofProcessWith: marker) ?? ""
    }

    func expectFailureWithoutTrace() async throws {
      await #expect(throws: SandboxError.self) { try await result.value }
      try await eventually { ProcessTable.commandLines(containing: marker).isEmpty }
      // In tiers without mounts of their own the folder is one of the machine's.
      if !sandbox.tier.hasNamespaces {
        #expect(folder.hasSuffix("/work"))
        try await eventually { !FileManager.default.fileExists(atPath: folder) }
      }
      let next = try await sandbox.makeContainer(ContainerConfiguration())
      let after = try await next.run(
        Command(executable: "/bin/true"), files: [], limits: Limits(), observation: Observation())
      #expect(after.termination == .exited(0))
    }
  }

  @Test(.requires(.cgroup)) func `a keeper that is killed leaves nothing in tier A`() async throws {
    try await kill(in: .cgroup)
  }
  @Test(.requires(.namespaces)) func `a keeper that is killed leaves nothing in tier B`() async throws {
    try await kill(in: .namespaces)
  }
  @Test(.requires(.ownUser)) func `a keeper that is killed leaves nothing in tier C`() async throws {
    try await kill(in: .ownUser)
  }
  @Test(.requires(.light)) func `a keeper that is killed leaves nothing in tier D`() async throws {
    try await kill(in: .light)
  }
  @Test(.requires(.bare)) func `a keeper that is killed leaves nothing in tier E`() async throws {
    try await kill(in: .bare)
  }

  private func kill(in tier: IsolationTier) async throws {
    let run = try await LongRun(in: tier)
    Glibc.kill(pid_t(try #require(run.sandbox.keeperProcessIdentifier)), SIGKILL)
    try await run.expectFailureWithoutTrace()
  }

  @Test func `a keeper that is stopped is given up when a run must long have ended`() async throws {
    let tier = try await Sandbox().tier
    let run = try await LongRun(in: tier, wallTime: .seconds(2), processes: 1, stopping: true)
    let keeper = try #require(run.sandbox.keeperProcessIdentifier)
    try await run.expectFailureWithoutTrace()
    #expect(run.sandbox.keeperProcessIdentifier != keeper)
  }

  @Test(.requires(.light)) func `a deadline is kept while nothing of Swift can run`() async throws {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    let marker = "threadmark-test-\(UUID().uuidString)"
    let isOver = Mutex(false)
    let run = Task {
      defer { isOver.withLock { $0 = true } }
      return try await container.run(
        .python(["-c", "import time; time.sleep(1000)", marker]), files: [],
        limits: Limits(wallTime: .seconds(1)), observation: Observation())
    }
    // Other tests may fill the pool for so long that the program is never seen: then they are the blockers.
    try await eventually { isOver.withLock(\.self) || !ProcessTable.commandLines(containing: marker).isEmpty }
    // Every thread of the pool, and more, waits here until the program is gone: who ends it is not among them.
    let blockers = (0..<2 * ProcessInfo.processInfo.activeProcessorCount).map { _ in
      Task { Self.block(whileRunning: marker) }
    }
    for blocker in blockers { #expect(await blocker.value) }
    #expect(try await run.value.termination == .wallTimeLimit)
  }

  /// Occupies its thread until the program has ended; false when it does not end.
  private static func block(whileRunning marker: String) -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while !ProcessTable.commandLines(containing: marker).isEmpty {
      if ContinuousClock.now > deadline { return false }
      usleep(5000)
    }
    return true
  }

  @Test(.requires(.namespaces)) func `a full disk is an error of ours when it holds back our own files`() async throws {
    let sandbox = try await Sandbox(tier: .namespaces)
    let container = try await sandbox.makeContainer(ContainerConfiguration(diskSpace: 64 << 10))
    let file = ContainerFile(path: "large", contents: [UInt8](repeating: 0, count: 1 << 20))
    await #expect(throws: SandboxError.systemCall("Writing 1048576 bytes", call: "write", errno: ENOSPC)) {
      try await container.run(
        Command(executable: "/bin/true"), files: [file], limits: Limits(), observation: Observation())
    }
  }

  @Test func `runs that are cancelled at any moment leave nothing`() async throws {
    let sandbox = try await Sandbox()
    let marker = "threadmark-test-\(UUID().uuidString)"
    for step in 0..<40 {
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      let run = Task {
        try await container.run(
          .python(["-c", "import os, time; os.fork(); time.sleep(1000)", marker]), files: [],
          limits: Limits(wallTime: .seconds(600)), observation: Observation())
      }
      try await Task.sleep(for: .microseconds(step * step * 20))
      run.cancel()
      #expect(try await run.value.termination == .cancelled)
      await container.close()
    }
    try await eventually { ProcessTable.commandLines(containing: marker).isEmpty }
  }
}
