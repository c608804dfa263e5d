internal import CKeeper
import Glibc
import Synchronization

/// A container that a keeper made.
final class KeeperContainer: Container {
  let tier: IsolationTier
  let listener: LoopbackListener?
  private let id: UInt64
  private let handle: KeeperHandle
  private var keeper: KeeperProcess { handle.keeper }
  private let work: Descriptor
  private let harness: Descriptor
  private let places: PlaceMap
  /// Tier C: the user whom the files of the work folder must belong to.
  private let owner: uid_t?
  /// How long the keeper may be silent past a run's own limits.
  private let patience: Duration
  /// Made once and emptied after each run: making and closing one each time costs a short run a part of its time.
  private let spareJournal = Mutex<Descriptor?>(nil)

  init(
    id: UInt64, handle: KeeperHandle, tier: IsolationTier, work: Descriptor, harness: Descriptor, places: PlaceMap,
    listener: LoopbackListener?, owner: uid_t?, patience: Duration
  ) {
    self.id = id
    self.handle = handle
    self.tier = tier
    self.work = work
    self.harness = harness
    self.places = places
    self.listener = listener
    self.owner = owner
    self.patience = patience
  }

  deinit { keeper.send(header(KEEPER_CLOSE)) }

  func close() async { keeper.send(header(KEEPER_CLOSE)) }

  func run(
    _ command: Command, files: [ContainerFile], limits: Limits, observation: Observation
  ) async throws -> ExecutionResult {
    for file in files { try writer(file.folder).write(file) }
    let run = Sandbox.newKey()
    let located = places.outer(command)
    let journal = try takeJournal()
    let follower = observation.onOutput.map { JournalFollower(journal: journal, onOutput: $0) }
    let texts = try texts(located)
    let longTexts = texts.count > KEEPER_SHORT_TEXTS ? try Descriptor.memoryFile(named: "texts", texts) : nil
    let request = try request(located, limits: limits, observation: observation, run: run)
    // Last of what may fail: a listener is given away only once.
    let input = try standardInput(command.standardInput)
    let descriptors = [journal, longTexts, input].compactMap { $0?.number }
    let answer = try await keeper.ask(
      request, followedBy: longTexts == nil ? texts : [], descriptors: descriptors, key: run,
      patience: limits.wallTime * 31 + patience, follower: follower, cancellation: header(KEEPER_CANCEL))
    follower?.catchUp()
    guard case .ended(let ended) = answer else {
      throw SandboxError.keeperFailed("it answered a request to run a program with something else.")
    }
    return try ExecutionResult(ended, journal: Journal(putBack(journal)), tier: tier)
  }

  /// An empty journal; none that a run has not ended with, which the keeper may still write to.
  private func takeJournal() throws(SandboxError) -> Descriptor {
    if let spare = spareJournal.withLock({ $0.take() }) { return spare }
    return try Descriptor.memoryFile(named: "journal")
  }

  /// Reads the journal of a run that has ended, and keeps the file for the next one.
  private func putBack(_ journal: Descriptor) throws(SandboxError) -> [UInt8] {
    let bytes = try journal.readAll()
    if !bytes.isEmpty {
      // Its offset is the keeper's too.
      guard ftruncate(journal.number, 0) == 0, lseek(journal.number, 0, SEEK_SET) == 0 else { return bytes }
    }
    spareJournal.withLock { $0 = journal }
    return bytes
  }

  private func header(_ kind: keeper_kind, run: UInt64 = 0) -> keeper_header {
    keeper_header(kind: kind.rawValue, version: UInt32(KEEPER_VERSION), container: id, run: run)
  }

  private func writer(_ folder: ContainerFile.Folder) -> FolderWriter {
    switch folder {
    case .work: FolderWriter(work, owner: owner)
    case .harness: FolderWriter(harness, owner: nil)
    }
  }

  /// An empty working directory is the work folder.
  private func texts(_ command: Command) throws(SandboxError) -> [UInt8] {
    let environment = command.environment.map { "\($0.key)=\($0.value)" }.sorted()
    let place = [command.executable, command.workingDirectory ?? ""]
    return try Descriptor.bytes(place + [command.executable] + command.arguments + environment)
  }

  private func request(
    _ command: Command, limits: Limits, observation: Observation, run: UInt64
  ) throws(SandboxError) -> keeper_run {
    var request = keeper_run()
    request.header = header(KEEPER_RUN, run: run)
    request.argument_count = UInt32(1 + command.arguments.count)
    request.environment_count = UInt32(command.environment.count)
    request.set(limits)
    if let cpus = command.cpus {
      let mask = try CPUSet.mask(cpus)
      unsafe withUnsafeMutableBytes(of: &request.cpus) { target in
        unsafe mask.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
      }
    }
    request.flags = observation.flags | (limits.processes == 0 ? KEEPER_THREADS_ONLY : 0)
    if command.standardInput != .empty { request.flags |= KEEPER_HAS_INPUT }
    return request
  }

  /// What there is to read; nil for nothing, which needs no descriptor.
  private func standardInput(_ input: Command.StandardInput) throws(SandboxError) -> Descriptor? {
    let path: String
    switch input {
    case .bytes(let bytes): return try Descriptor.memoryFile(named: "input", bytes)
    case .empty: return nil
    case .file(let file): path = file
    case .listener(let listener): return listener.take()
    }
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw .systemCall("Opening the standard input \(path)", call: "open", errno: errno) }
    return Descriptor(number)
  }
}

/// Passes a run's output on as its journal grows.
final class JournalFollower: Sendable {
  private let journal: Descriptor
  private let onOutput: @Sendable (JournalEntry.Stream, [UInt8]) -> Void
  private let offset = Mutex(0)

  init(journal: Descriptor, onOutput: @escaping @Sendable (JournalEntry.Stream, [UInt8]) -> Void) {
    self.journal = journal
    self.onOutput = onOutput
  }

  /// Passes on what is new; an unreadable journal shows when the run ends.
  func catchUp() {
    offset.withLock { offset in
      guard let bytes = try? journal.readAll(from: offset) else { return }
      let news = Journal(bytes)
      offset += news.length
      for entry in news.entries {
        if case .bytes(let stream, let bytes) = entry.event, stream != .witness { onOutput(stream, bytes) }
      }
    }
  }
}

extension keeper_run {
  fileprivate mutating func set(_ limits: Limits) {
    tasks = UInt32(clamping: limits.tasks)
    processes = UInt32(clamping: limits.processes ?? 0)
    births = UInt64(limits.births ?? 0)
    wall_time = limits.wallTime.nanoseconds
    cpu_time = limits.cpuTime?.nanoseconds ?? 0
    memory = UInt64(limits.memory)
    output = UInt64(limits.output)
    disk_space = UInt64(limits.diskSpace)
    file_size = UInt64(limits.fileSize)
    open_files = UInt64(limits.openFiles)
    stack = UInt64(limits.stack)
  }
}

extension Observation {
  fileprivate var flags: UInt32 {
    (countsBirths ? KEEPER_COUNTS_BIRTHS : 0) | (detectsDeadlock ? KEEPER_DETECTS_DEADLOCK : 0)
      | (isStretched ? KEEPER_STRETCHED : 0) | (isMuted ? KEEPER_MUTED : 0)
      | (onOutput != nil ? KEEPER_TELLS_OUTPUT : 0) | (accountsTasks ? KEEPER_ACCOUNTS_TASKS : 0)
      | (tracesStates ? KEEPER_TRACES_STATES : 0) | (notesSurroundings ? KEEPER_NOTES_SURROUNDINGS : 0)
      | (goesFirst ? KEEPER_GOES_FIRST : 0) | (hasServer ? KEEPER_HAS_SERVER : 0)
  }
}

extension Duration {
  /// In whole nanoseconds, as far as they fit.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isOver ? .max : product + attoseconds / 1_000_000_000
  }
}
