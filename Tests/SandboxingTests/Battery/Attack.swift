import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

/// One misbehaving program in one tier, beside a neighbour that must notice nothing.
struct Attack {
  let misbehaviour: Misbehaviour
  let tier: IsolationTier
  let surroundings: Surroundings

  init(_ misbehaviour: Misbehaviour, in tier: IsolationTier) throws {
    self.misbehaviour = misbehaviour
    self.tier = tier
    surroundings = try Surroundings()
  }

  /// Runs it, and looks at everything that it may have touched or left.
  func run() async throws {
    let sandbox = try await Sandbox(tier: tier)
    let neighbour = try await Neighbour(sandbox)
    let container = try await sandbox.makeContainer(
      ContainerConfiguration(sharesMemory: misbehaviour.sharesMemory))
    // The first run has the keeper open what stays open.
    _ = try await container.run(
      Command(executable: "/bin/true"), files: [], limits: Limits(), observation: Observation())
    let keeper = try await KeeperState.atRest(#require(sandbox.keeperProcessIdentifier))
    let result = try await container.run(
      try command(), files: try files(), limits: misbehaviour.limits, observation: Observation())
    expectEnding(of: result)
    try await expectNothingLeft(keeper)
    try await expectCleanContainer(container)
    try await neighbour.expectUndisturbed()
    await container.close()
    #expect(surroundings.filesLeft.isEmpty)
    #expect(!surroundings.wasReached)
  }

  private func command() throws -> Command {
    let arguments = [surroundings.marker] + misbehaviour.arguments
    var command = Command.python(["program.py"] + arguments, environment: environment)
    if misbehaviour.build != nil {
      command.executable = "/work/program"
      command.arguments = arguments
    }
    return command
  }

  /// The leak check of AddressSanitizer traces the program, which none may.
  private var environment: [String: String] {
    let options = misbehaviour.build?.sanitizer == .address ? ["ASAN_OPTIONS": "detect_leaks=0"] : [:]
    return surroundings.environment.merging(options) { $1 }
  }

  private func files() throws -> [ContainerFile] {
    guard let build = misbehaviour.build else { return [try .program(misbehaviour.program)] }
    return [
      ContainerFile(path: "program", contents: try build.executable(misbehaviour.program), isExecutable: true)
    ]
  }

  private func expectEnding(of result: ExecutionResult) {
    let errors = String(decoding: result.errorOutput, as: UTF8.self)
    #expect(result.termination == misbehaviour.termination(in: tier), "\(errors)")
    if let output = misbehaviour.output(in: tier) {
      #expect(String(decoding: result.output, as: UTF8.self) == output, "\(errors)")
    }
    if let leavesProcesses = misbehaviour.leavesProcesses { #expect(result.leftovers.isEmpty != leavesProcesses) }
    #expect(result.output.count + result.errorOutput.count <= misbehaviour.limits.output)
    #expect(result.usage.userTime + result.usage.systemTime >= misbehaviour.charged)
    #expect(result.tier == tier)
  }

  private func expectNothingLeft(_ before: KeeperState) async throws {
    #expect(ProcessTable.commandLines(containing: surroundings.marker).isEmpty)
    // The keeper opens files for a moment whenever it looks at the neighbour.
    var after = before
    try? await eventually {
      after = KeeperState(before.process)
      return after == before
    }
    #expect(after == before)
  }

  private func expectCleanContainer(_ container: any Container) async throws {
    let result = try await container.run(
      .python(["program.py"]), files: [try .program("finds_objects")], limits: Limits(wallTime: .seconds(60)),
      observation: Observation())
    #expect(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    #expect(String(decoding: result.output, as: UTF8.self) == "clean\n")
  }
}

/// What a keeper holds; an attack must not change it.
struct KeeperState: Equatable {
  let process: Int
  let descriptors: [String]
  /// The pipes among them, each by its number as often as it is held.
  let pipes: [String]
  /// Its inits, and whatever became its child otherwise, zombies too.
  let children: [Int]
  /// How many processes the inits have among them, but for the child that each makes ahead for its next run.
  let grandchildren: Int

  /// As it is between two looks, while the neighbour runs: during a look a file of /proc is open for a moment, and what a run
  /// had is closed a moment after its end was told.
  static func atRest(_ process: Int) async throws -> KeeperState {
    var state = KeeperState(process)
    try await eventually {
      let before = state
      state = KeeperState(process)
      let isLooking = state.descriptors.contains { $0.hasPrefix("/proc/") }
      let isAtRest = !isLooking && state.descriptors.count { $0.contains("memfd:journal") } == 1
      // Names and what they stand for are read one after the other: what changed meanwhile shows in neither look alone.
      return isAtRest && state == before
    }
    return state
  }

  init(_ process: Int) {
    self.process = process
    let folder = "/proc/\(process)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let children = ProcessTable.children(of: process)
    // The child made ahead has a listener, once it is there: each container may have one, and no more than that.
    var spare = children.count
    func isSpare() -> Bool {
      spare -= 1
      return spare >= 0
    }
    self.children = children
    let targets = names.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }.filter { $0 != Self.listener || !isSpare() }.sorted()
    pipes = targets.filter { $0.hasPrefix("pipe:") }
    descriptors = targets.filter { !$0.hasPrefix("pipe:") }
    grandchildren = children.flatMap(ProcessTable.children).count { !Self.isMadeAhead($0) }
  }
}

extension KeeperState {
  private static let listener = "anon_inode:seccomp notify"

  /// Two pipes are always there for the next run, which takes them and leaves two others; all else is the same.
  static func == (one: KeeperState, other: KeeperState) -> Bool {
    let gone = one.pipes.filter { !other.pipes.contains($0) }
    let come = other.pipes.filter { !one.pipes.contains($0) }
    let areSpare = gone.isEmpty || (Set(gone).count == 2 && gone.count == 4)
    return areSpare && Set(gone).count == Set(come).count && one.pipes.count == other.pipes.count
      && one.descriptors == other.descriptors && one.process == other.process && one.children == other.children
      && one.grandchildren == other.grandchildren
  }

  private static func isMadeAhead(_ process: Int) -> Bool {
    (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) == "keeper-init\n"
  }
}

/// A well-behaved program in a slot of its own.
struct Neighbour {
  private let end: TemporaryFolder
  private let run: Task<ExecutionResult, any Error>
  private let container: any Container

  /// Starts it and waits until it works.
  init(_ sandbox: Sandbox) async throws {
    let end = try TemporaryFolder()
    let isWorking = Mutex(false)
    let observation = Observation(onOutput: { _, _ in isWorking.withLock { $0 = true } })
    let container = try await sandbox.makeContainer(ContainerConfiguration(readable: [end.path]))
    let command = Command.python(
      ["program.py", "neighbour", end.path("done")], environment: ["SECRET": "the neighbour's secret"])
    let program = try ContainerFile.program("neighbour")
    self.end = end
    self.container = container
    run = Task {
      try await container.run(
        command, files: [program], limits: Limits(wallTime: .seconds(100)), observation: observation)
    }
    try await eventually { isWorking.withLock(\.self) }
  }

  /// Lets it end, and hears what it has to say.
  func expectUndisturbed() async throws {
    try end.write([], to: "done")
    let result = try await run.value
    #expect(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    #expect(String(decoding: result.output, as: UTF8.self) == "working\nundisturbed\n")
    await container.close()
  }
}
