internal import CKeeper
import Foundation
import Glibc
import Synchronization

/// The real executor: containers and runs through a keeper process, started when first needed and again if it dies.
public final class Sandbox: Executor {
  /// What contains the runs.
  public let tier: IsolationTier
  private let executable: String
  private let keeper = Mutex<KeeperHandle?>(nil)
  private let patience: Duration
  private static let nextKey = Atomic<UInt64>(1)

  /// A sandbox of a given tier, or of the best one that this machine offers.
  /// - Parameters:
  ///   - tier: nil to probe for the best.
  ///   - patience: how long the keeper may be silent past what it was asked to wait, before it is given up and killed.
  /// - Throws: `SandboxError.notContainable` when no tier, or not the one asked for, can be had here.
  public init(tier: IsolationTier? = nil, patience: Duration = .seconds(120)) async throws {
    let executable = try Self.keeperExecutable()
    self.patience = patience
    self.executable = executable
    if let tier {
      self.tier = tier
      if let problem = await Self.problem(with: tier, executable: executable) {
        throw SandboxError.notContainable("tier \(tier.title) can't be had here: \(problem.text)")
      }
      return
    }
    var problems: [String] = []
    for candidate in IsolationTier.allCases {
      guard let problem = await Self.problem(with: candidate, executable: executable) else {
        self.tier = candidate
        return
      }
      // The next start would find it again: which tier submissions are marked in must not hang on that moment.
      if problem.isPassing {
        throw SandboxError.notContainable("tier \(candidate.title) can't be had just now: \(problem.text)")
      }
      problems.append("tier \(candidate.title): \(problem.text)")
    }
    throw SandboxError.notContainable(problems.joined(separator: " "))
  }

  private init(untested tier: IsolationTier, executable: String) {
    self.tier = tier
    self.executable = executable
    patience = .seconds(60)
  }

  /// The keeper's process id, once it has been started; for diagnosis and tests.
  public var keeperProcessIdentifier: Int? { keeper.withLock { $0?.keeper.processIdentifier } }

  /// What is wrong with a tier on this machine; nil when a program really ran in it.
  private static func problem(with tier: IsolationTier, executable: String) async -> Problem? {
    let sandbox = Sandbox(untested: tier, executable: executable)
    do {
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      let result = try await container.run(
        Command(executable: "/bin/true"), files: [], limits: Limits(), observation: Observation())
      await container.close()
      if case .notStarted(_, let errno) = result.termination { return Problem("\(result.termination)", errno: errno) }
      guard result.termination == .exited(0) else { return Problem("a test program ended with \(result.termination).") }
      return nil
    } catch SandboxError.systemCall(let action, let call, let errno) {
      return Problem("\(SandboxError.systemCall(action, call: call, errno: errno))", errno: errno)
    } catch {
      return Problem("\(error)")
    }
  }

  /// Why a tier can't be had.
  private struct Problem {
    let text: String
    /// Whether the machine has run out of something, and may have it again in a moment.
    let isPassing: Bool

    init(_ text: String, errno: Int32? = nil) {
      self.text = text
      isPassing = errno.map { [ENOMEM, EMFILE, ENFILE, ETOOMANYREFS].contains($0) } ?? false
    }
  }

  /// Makes a container for one submission.
  /// - Parameter configuration: how it is furnished.
  /// - Returns: a container of its own.
  /// - Throws: `SandboxError` with the step that failed.
  public func makeContainer(_ configuration: ContainerConfiguration) async throws -> any Container {
    if !tier.hasNamespaces && configuration.network == .loopback {
      throw SandboxError.notContainable(
        "a loopback network of one's own needs namespaces, which tier \(tier.rawValue) has not.")
    }
    let hasListener = configuration.hasListener && tier.hasNamespaces && configuration.network != .host
    let network = hasListener ? .loopback : configuration.network
    let handle = try currentKeeper()
    let key = Self.newKey()
    let texts = try Descriptor.texts(configuration.readable + configuration.writable)
    var request = keeper_open()
    request.header = keeper_header(kind: KEEPER_OPEN.rawValue, version: UInt32(KEEPER_VERSION), container: key, run: 0)
    request.tier = tier.keeperTier.rawValue
    request.network = network.keeperNetwork.rawValue
    request.readable_count = UInt32(configuration.readable.count)
    request.writable_count = UInt32(configuration.writable.count)
    request.shares_memory = configuration.sharesMemory ? 1 : 0
    request.listens = hasListener ? 1 : 0
    request.disk_space = UInt64(configuration.diskSpace)
    let answer = try await handle.keeper.ask(request, descriptors: [texts.number], key: key, patience: patience)
    guard case .opened(let opened, let numbers) = answer else {
      throw SandboxError.keeperFailed("it answered a request to open a container with something else.")
    }
    do {
      return try container(
        opened, numbers.map { Descriptor($0) }, key: key, of: handle, configuration, hasListener: hasListener)
    } catch {
      // The keeper may have opened it all the same, and nobody else knows of it.
      handle.keeper.send(
        keeper_header(kind: KEEPER_CLOSE.rawValue, version: UInt32(KEEPER_VERSION), container: key, run: 0))
      throw error
    }
  }

  private func container(
    _ opened: keeper_opened, _ descriptors: [Descriptor], key: UInt64, of handle: KeeperHandle,
    _ configuration: ContainerConfiguration, hasListener: Bool
  ) throws(SandboxError) -> KeeperContainer {
    guard opened.stage == 0 else {
      let stage = unsafe String(cString: unsafe keeper_stage_name(opened.stage))
      throw .systemCall("Opening a container", call: stage, errno: opened.error)
    }
    let wanted = hasListener ? 3 : 2
    guard descriptors.count == wanted else {
      throw .keeperFailed("it sent \(descriptors.count) of the \(wanted) descriptors of a container.")
    }
    let folder = unsafe withUnsafeBytes(of: opened.folder) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return KeeperContainer(
      id: key, handle: handle, tier: tier, work: descriptors[0], harness: descriptors[1],
      places: PlaceMap(folder: folder, visible: configuration.readable + configuration.writable),
      listener: hasListener ? try LoopbackListener(descriptors[2]) : nil,
      owner: opened.owner < 0 ? nil : uid_t(opened.owner), patience: patience)
  }

  /// A number that no container and no run of this process has had before.
  static func newKey() -> UInt64 { nextKey.wrappingAdd(1, ordering: .relaxed).oldValue }

  private func currentKeeper() throws(SandboxError) -> KeeperHandle {
    let executable = executable
    let result: Result<KeeperHandle, SandboxError> = keeper.withLock { current in
      if let current, current.keeper.isAlive { return .success(current) }
      return Result { () throws(SandboxError) in
        let started = KeeperHandle(try KeeperProcess.start(executable: executable))
        current = started
        return started
      }
    }
    return try result.get()
  }

  /// The keeper's executable: `THREADMARK_KEEPER`, or the file `keeper` beside this process's own executable.
  static func keeperExecutable() throws(SandboxError) -> String {
    if let path = ProcessInfo.processInfo.environment["THREADMARK_KEEPER"] { return path }
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let path = own.deletingLastPathComponent().appendingPathComponent("keeper").path
    guard unsafe access(path, X_OK) == 0 else {
      throw .notContainable("its helper program is missing: there is no executable file \(path).")
    }
    return path
  }
}

extension IsolationTier {
  var keeperTier: keeper_tier {
    switch self {
    case .cgroup: KEEPER_TIER_CGROUP
    case .namespaces: KEEPER_TIER_NAMESPACES
    case .ownUser: KEEPER_TIER_OWN_USER
    case .light: KEEPER_TIER_LIGHT
    case .bare: KEEPER_TIER_BARE
    }
  }
}

extension NetworkAccess {
  var keeperNetwork: keeper_network {
    switch self {
    case .none: KEEPER_NETWORK_NONE
    case .loopback: KEEPER_NETWORK_LOOPBACK
    case .host: KEEPER_NETWORK_HOST
    }
  }
}
