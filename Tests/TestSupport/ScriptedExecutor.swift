public import Sandboxing
import Synchronization

/// An executor whose runs are written down beforehand: no process, no clock.
public final class ScriptedExecutor: Executor {
  /// What a scripted run is answered with.
  public typealias Script = @Sendable (ScriptedRun) async throws -> ExecutionResult

  private let script: Script
  private let state = Mutex(State())

  private struct State {
    var runs: [ScriptedRun] = []
    var containers: [ContainerConfiguration] = []
    var openContainers = 0
    var mostOpenContainers = 0
  }

  /// An executor that asks a function for each result.
  public init(_ script: @escaping Script) {
    self.script = script
  }

  /// An executor whose builds succeed, and whose plain runs give these results in turn, the last one again and again.
  public convenience init(
    plain: [ExecutionResult], stretched: ExecutionResult = ExecutionResult(), build: ExecutionResult = ExecutionResult()
  ) {
    self.init { run in
      switch run.kind {
      case .build: build
      case .stretched: stretched
      case .plain(let number): plain[min(number, plain.count) - 1]
      }
    }
  }

  /// Every run so far, in the order in which they began.
  public var runs: [ScriptedRun] { state.withLock(\.runs) }

  /// The configuration of every container so far.
  public var containers: [ContainerConfiguration] { state.withLock(\.containers) }

  /// How many containers are not closed.
  public var openContainers: Int { state.withLock(\.openContainers) }

  /// The most containers that were open at the same time.
  public var mostOpenContainers: Int { state.withLock(\.mostOpenContainers) }

  /// Counts a container.
  public func makeContainer(_ configuration: ContainerConfiguration) async throws -> any Container {
    let number = state.withLock { state in
      state.containers.append(configuration)
      state.openContainers += 1
      state.mostOpenContainers = max(state.mostOpenContainers, state.openContainers)
      return state.containers.count
    }
    return ScriptedContainer(executor: self, number: number)
  }

  /// What the script says to a run, without taking the run down.
  public func answer(_ run: ScriptedRun) async throws -> ExecutionResult { try await script(run) }

  fileprivate func result(of run: ScriptedRun) async throws -> ExecutionResult {
    state.withLock { $0.runs.append(run) }
    return try await script(run)
  }

  fileprivate func closeContainer() {
    state.withLock { $0.openContainers -= 1 }
  }
}

/// What a scripted executor was asked to run.
public struct ScriptedRun: Sendable, Equatable {
  /// The command.
  public var command: Command
  /// What was put into the container.
  public var files: [ContainerFile]
  /// The limits.
  public var limits: Limits
  /// Which kind of run this is.
  public var kind: Kind
  /// Which container it is in, from 1.
  public var container: Int

  /// The kinds of run; a build is told by its not counting births.
  public enum Kind: Sendable, Equatable {
    /// A build step.
    case build
    /// The nth plain run in its container, from 1.
    case plain(Int)
    /// A stretched run.
    case stretched
  }

  /// The contents of a file that was put into the container's folder for programs or the harness's own.
  public func contents(of path: String, in folder: ContainerFile.Folder = .work) -> String? {
    files.last { $0.path == path && $0.folder == folder }.map { String(decoding: $0.contents, as: UTF8.self) }
  }
}

private final class ScriptedContainer: Container {
  let tier = IsolationTier.namespaces
  private let executor: ScriptedExecutor
  private let number: Int
  private let plainRuns = Mutex(0)

  init(executor: ScriptedExecutor, number: Int) {
    self.executor = executor
    self.number = number
  }

  func run(
    _ command: Command, files: [ContainerFile], limits: Limits, observation: Observation
  ) async throws -> ExecutionResult {
    try await executor.result(
      of: ScriptedRun(command: command, files: files, limits: limits, kind: kind(observation), container: number))
  }

  private func kind(_ observation: Observation) -> ScriptedRun.Kind {
    if !observation.countsBirths { return .build }
    if observation.isStretched { return .stretched }
    return .plain(
      plainRuns.withLock { number in
        number += 1
        return number
      })
  }

  func close() async { executor.closeContainer() }
}
