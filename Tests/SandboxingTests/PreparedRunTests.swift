import Foundation
import Glibc
import Sandboxing
import Testing
import TestSupport

/// After a run the container's init makes the next child ahead, restricted as the last one was: no run may notice.
@Suite("Runs for which a child was made ahead", .requiresSandbox, .requiresPython)
struct PreparedRunTests {
  private static let tiers: [IsolationTier] = [.cgroup, .namespaces, .ownUser, .light, .bare]

  private func output(
    _ script: String, in container: any Container, limits: Limits = Limits(), observation: Observation = Observation(),
    environment: [String: String] = [:]
  ) async throws -> String {
    let result = try await container.run(
      .python(["-c", script], environment: environment), files: [], limits: limits, observation: observation)
    return String(decoding: result.output, as: UTF8.self)
      + (result.termination == .exited(0) ? "" : "\(result.termination)")
  }

  /// Runs the body in every tier of this machine.
  private func inEveryTier(_ body: (any Container) async throws -> Void) async throws {
    for tier in Self.tiers where await TierProbe.shared.offers(tier) {
      let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration())
      try await body(container)
      await container.close()
    }
  }

  @Test func `have the limits that they ask for, not those of the run before`() async throws {
    let script = "import resource as r; print(r.getrlimit(r.RLIMIT_NOFILE)[0], r.getrlimit(r.RLIMIT_FSIZE)[0])"
    try await inEveryTier { (container) async throws in
      for (files, size) in [(64, 1 << 20), (64, 1 << 20), (65, 1 << 20), (65, 1 << 21), (64, 1 << 20), (20, 1 << 20)] {
        let limits = Limits(fileSize: size, openFiles: files)
        #expect(try await output(script, in: container, limits: limits) == "\(files) \(size)\n")
      }
    }
  }

  @Test func `are watched as they ask for, not as the run before was`() async throws {
    let script = "import threading; t = threading.Thread(target=int); t.start(); t.join()"
    let observations = [
      Observation(), Observation(countsBirths: false), Observation(accountsTasks: true, tracesStates: true),
      Observation(accountsTasks: true, tracesStates: true), Observation(), Observation(goesFirst: true), Observation(),
    ]
    try await inEveryTier { (container) async throws in
      for observation in observations {
        let result = try await container.run(
          .python(["-c", script]), files: [], limits: Limits(), observation: observation)
        #expect(result.termination == .exited(0))
        guard container.tier != .bare else { continue }
        #expect(result.usage.threadsBorn == (observation.countsBirths ? 1 : nil))
        #expect(
          result.tasks.count == (observation.accountsTasks ? 2 : 0), "tier \(container.tier): \(result.tasks)")
      }
    }
  }

  @Test func `find the same place as a first run`() async throws {
    let script = """
      import os, sys
      weight = open('/proc/self/oom_score_adj').read().strip()
      print(os.getcwd().endswith('/work'), os.listdir('.'), sorted(os.listdir('/proc/self/fd')), os.getppid() > 0, weight)
      print(os.getsid(0) == os.getpid(), len(os.sched_getaffinity(0)), sys.stdin.read(), os.environ['WORD'])
      """
    try await inEveryTier { (container) async throws in
      let first = try await output(script, in: container, environment: ["WORD": "one"])
      #expect(first.contains("True [] ['0', '1', '2', '3'] True 1000\nTrue"))
      for _ in 0..<3 { #expect(try await output(script, in: container, environment: ["WORD": "one"]) == first) }
      let long = String(repeating: "long", count: 5000)
      let second = try await output(script, in: container, environment: ["WORD": long])
      #expect(second == first.replacing("one", with: long))
    }
  }

  @Test func `say which step failed as a first run does`() async throws {
    try await inEveryTier { (container) async throws in
      for executable in ["/bin/true", "/nonexistent", "/bin/true", "/bin/true", "/nonexistent", "/nonexistent"] {
        let result = try await container.run(
          Command(executable: executable), files: [], limits: Limits(), observation: Observation())
        let expected: TerminationStatus =
          executable == "/bin/true" ? .exited(0) : .notStarted(stage: "executing the program", errno: ENOENT)
        #expect(result.termination == expected)
      }
    }
  }

  @Test func `leave nothing when the keeper is killed before they come`() async throws {
    for tier in Self.tiers where await TierProbe.shared.offers(tier) {
      let sandbox = try await Sandbox(tier: tier)
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      for observation in [Observation(), Observation(accountsTasks: true)] {
        #expect(try await output("print(1)", in: container, observation: observation) == "1\n")
      }
      let keeper = Int(try #require(sandbox.keeperProcessIdentifier))
      let inits = ProcessTable.children(of: keeper)
      #expect(inits.count == 1)
      // In tier E nothing is made ahead, which is right: a limit there is counted when the program starts.
      try await eventually { tier == .bare || inits.allSatisfy { ProcessTable.children(of: $0).count == 1 } }
      let ahead = inits.flatMap(ProcessTable.children)
      kill(pid_t(keeper), SIGKILL)
      try await eventually { (inits + ahead).allSatisfy { kill(pid_t($0), 0) != 0 } }
    }
  }

  // The kernel counts descriptors on their way through sockets for a user on the whole machine, against what one process may
  // have open: a program's own limit must not hold while its listener is sent. Other tests' programs send some, too, and may
  // have more of them open than are on their way here.
  @Test func `start also while their user has many descriptors on their way`() async throws {
    let folder = try TemporaryFolder()
    let script = """
      import os, socket, sys, time
      pair = socket.socketpair()
      socket.send_fds(pair[0], [b"x"], [0] * 100)
      open(sys.argv[1] + "/sent", "w").close()
      end = time.monotonic() + 300
      while os.path.exists(sys.argv[1]) and time.monotonic() < end: time.sleep(0.01)
      """
    let path = folder.path
    Thread { _ = try? OutsideProgram("/usr/bin/python3", ["-c", script, path]).run(patience: .seconds(300)) }.start()
    try await eventually { FileManager.default.fileExists(atPath: "\(path)/sent") }
    try await inEveryTier { (container) async throws in
      for limits in [Limits(openFiles: 32), Limits(openFiles: 32), Limits(openFiles: 33)] {
        #expect(try await output("print(1)", in: container, limits: limits) == "1\n")
      }
    }
    withExtendedLifetime(folder) {}
  }
}
