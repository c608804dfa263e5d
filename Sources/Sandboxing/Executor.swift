/// The one seam to the outside world: makes the containers that commands run in.
///
/// `Sandbox` is the real one; tests use a scripted one.
public protocol Executor: Sendable {
  /// Makes a container for one submission.
  /// - Parameter configuration: how it is furnished.
  /// - Returns: a container of its own.
  /// - Throws: `SandboxError` when the machine or the keeper fails.
  func makeContainer(_ configuration: ContainerConfiguration) async throws -> any Container
}

/// A place of its own for the runs of one submission.
public protocol Container: Sendable {
  /// What contains its runs.
  var tier: IsolationTier { get }
  /// The socket that listens on the container's own loopback; nil where none was asked for or the tier has none.
  var listener: LoopbackListener? { get }

  /// Runs one command to its end and makes sure that nothing of it is left.
  /// - Parameters:
  ///   - command: what to run.
  ///   - files: put into the container's folders first; whatever an earlier run left there is gone.
  ///   - limits: how much the run may use.
  ///   - observation: what is watched beside the limits.
  /// - Returns: how it ended, what it used and what was observed.
  /// - Throws: `SandboxError` when the machine or the keeper fails; never for what the program did.
  func run(
    _ command: Command, files: [ContainerFile], limits: Limits, observation: Observation
  ) async throws -> ExecutionResult

  /// Ends the container and everything in it.
  func close() async
}

extension Container {
  /// None.
  public var listener: LoopbackListener? { nil }
}

/// How a container is furnished.
public struct ContainerConfiguration: Sendable, Equatable {
  /// Files and folders of the machine that are visible read-only, at the same paths.
  public var readable: [String]
  /// Files and folders of the machine that are visible and writable, at the same paths.
  public var writable: [String]
  /// What its programs can reach over the network.
  public var network: NetworkAccess
  /// Bytes of all files together in its private folders.
  public var diskSpace: Int
  /// Whether programs may use `/dev/shm` also where that can't be the container's own, as `multiprocessing` must.
  public var sharesMemory: Bool
  /// Whether a socket is to listen on a loopback of its own, where the tier has one (A and B) and the network isn't the machine's.
  ///
  /// The socket is `Container.listener`; where there is one, programs have a loopback even if `network` is `none`.
  public var hasListener: Bool

  /// The folder of the container in which files are put and programs start.
  public static let workFolder = "/work"
  /// The folder of the container that holds what the harness itself adds, read-only for programs.
  public static let harnessFolder = "/threadmark"

  /// A container with the system's programs and libraries visible, no network.
  public init(
    readable: [String] = [], writable: [String] = [], network: NetworkAccess = .none, diskSpace: Int = 64 << 20,
    sharesMemory: Bool = true, hasListener: Bool = false
  ) {
    self.readable = readable
    self.writable = writable
    self.network = network
    self.diskSpace = diskSpace
    self.sharesMemory = sharesMemory
    self.hasListener = hasListener
  }
}

/// A file that the harness puts into a container before a run.
public struct ContainerFile: Sendable, Equatable {
  /// Where: a relative path without `..`.
  public var path: String
  /// Which of the container's folders.
  public var folder: Folder
  /// What is in it.
  public var contents: [UInt8]
  /// Whether it may be executed.
  public var isExecutable: Bool

  /// The container's folders that take files.
  public enum Folder: Sendable, Equatable {
    /// The work folder, in which programs start and may write.
    case work
    /// The harness's folder, which programs can read but not change.
    case harness
  }

  /// A file for a container.
  public init(path: String, in folder: Folder = .work, contents: [UInt8], isExecutable: Bool = false) {
    self.path = path
    self.folder = folder
    self.contents = contents
    self.isExecutable = isExecutable
  }
}

/// What is watched in a run beside its limits.
public struct Observation: Sendable, Equatable {
  /// Births are counted exactly, by seccomp notifications.
  public var countsBirths: Bool
  /// The run ends as soon as it is certain that nothing in it can go on.
  public var detectsDeadlock: Bool
  /// New threads and workers are held at the witness's gate until everything else waits; writes are recorded by task.
  public var isStretched: Bool
  /// New threads and workers are told at the witness's gate to end before they do anything.
  public var isMuted: Bool
  /// Begins and ends of tasks are seen exactly, and what each used (`ExecutionResult.tasks`), for 20 us a task.
  public var accountsTasks: Bool
  /// What each task is doing is looked at every 2 ms, less often in long runs or where there are many.
  public var tracesStates: Bool
  /// What the CPUs do beside the run is noted (`ExecutionResult.surroundings`).
  public var notesSurroundings: Bool
  /// The run goes before other programs on its CPUs, where the harness has the right to say so (root has).
  public var goesFirst: Bool
  /// Sockets may lead to a server beside the run, so who waits for one of them may still be answered.
  public var hasServer: Bool
  /// Called with output as it arrives, on a thread of the sandbox's own.
  public var onOutput: (@Sendable (JournalEntry.Stream, [UInt8]) -> Void)?

  /// Births counted and deadlocks detected, nothing stretched.
  public init(
    countsBirths: Bool = true,
    detectsDeadlock: Bool = true,
    isStretched: Bool = false,
    isMuted: Bool = false,
    accountsTasks: Bool = false,
    tracesStates: Bool = false,
    notesSurroundings: Bool = false,
    goesFirst: Bool = false,
    hasServer: Bool = false,
    onOutput: (@Sendable (JournalEntry.Stream, [UInt8]) -> Void)? = nil
  ) {
    self.countsBirths = countsBirths
    self.detectsDeadlock = detectsDeadlock
    self.isStretched = isStretched
    self.isMuted = isMuted
    self.accountsTasks = accountsTasks
    self.tracesStates = tracesStates
    self.notesSurroundings = notesSurroundings
    self.goesFirst = goesFirst
    self.hasServer = hasServer
    self.onOutput = onOutput
  }

  /// Compares what is watched, not who is told of the output.
  public static func == (left: Self, right: Self) -> Bool {
    left.switches == right.switches
  }

  private var switches: [Bool] {
    [
      countsBirths, detectsDeadlock, isStretched, isMuted, accountsTasks, tracesStates, notesSurroundings, goesFirst,
      hasServer,
    ]
  }
}

/// A failure of the harness or the machine, never of a student's program.
public enum SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A system call failed: what was tried, the call's name, and its errno.
  case systemCall(String, call: String, errno: Int32)
  /// The keeper died or stopped answering; with what is known.
  case keeperFailed(String)
  /// This machine cannot contain runs at all; with what is missing.
  case notContainable(String)
  /// The machine gave its CPUs to others for most of a run's time, so nothing can be said of the program.
  case starved(elapsed: Duration, withheld: Duration)

  /// A full sentence: what was tried and how it failed.
  public var description: String {
    switch self {
    case .systemCall(let attempt, let call, let errno):
      "\(attempt) failed: \(call) reported \(ErrorNumber.name(errno)) (\(ErrorNumber.message(errno)))."
    case .keeperFailed(let what): "The keeper failed: \(what)"
    case .notContainable(let what): "This machine cannot contain a run: \(what)"
    case .starved(let elapsed, let withheld):
      """
      The machine was too busy to run the program: of \(elapsed.components.seconds) s, others had the CPUs for \
      \(withheld.components.seconds) s. Mark it again when less is running.
      """
    }
  }
}
