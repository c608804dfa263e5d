internal import CKeeper

/// Reads the keeper's journal: records as they lie in memory, each padded to eight bytes.
struct Journal {
  /// What happened, in the order of time.
  private(set) var entries: [JournalEntry] = []
  /// What outlived the program.
  private(set) var leftovers: [ExecutionResult.Leftover] = []
  /// What each task did, in the order in which they ended.
  private(set) var tasks: [TaskAccount] = []
  private(set) var moved: [Int: ExecutionResult.Moved] = [:]
  /// What the machine did meanwhile.
  private(set) var surroundings: Surroundings?
  private var cpus: [Surroundings.CPU] = []
  /// The last bytes of standard output and of standard error past their limit.
  private(set) var outputTail: [UInt8] = []
  private(set) var errorTail: [UInt8] = []
  /// How many bytes of the file held whole records; the rest is still being written.
  private(set) var length = 0

  /// Reads every whole record.
  init(_ bytes: [UInt8]) {
    let headSize = MemoryLayout<keeper_record>.size
    while length + headSize <= bytes.count {
      let record = unsafe bytes.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: length, as: keeper_record.self)
      }
      let start = length + headSize
      let end = start + Int(record.size)
      guard end <= bytes.count else { break }
      add(record, payload: bytes[start..<end])
      length = min(bytes.count, (end + 7) / 8 * 8)
    }
  }

  private mutating func add(_ record: keeper_record, payload: ArraySlice<UInt8>) {
    let task = JournalEntry.Task(process: Int(record.process), thread: Int(record.thread))
    let event: JournalEntry.Event? =
      switch keeper_record_kind(record.kind) {
      case KEEPER_RECORD_OUTPUT: .bytes(.standardOutput, Array(payload))
      case KEEPER_RECORD_ERRORS: .bytes(.standardError, Array(payload))
      case KEEPER_RECORD_WITNESS: .bytes(.witness, Array(payload))
      case KEEPER_RECORD_THREAD: .birth(.thread, by: task)
      case KEEPER_RECORD_PROCESS: .birth(.process, by: task)
      case KEEPER_RECORD_HELD: .held(task)
      case KEEPER_RECORD_RELEASED: .released(task, together: Int(record.value))
      case KEEPER_RECORD_WROTE:
        .wrote(task, record.detail == 2 ? .standardError : .standardOutput, count: Int(record.value))
      case KEEPER_RECORD_BLOCKED:
        .blocked(
          task, systemCall: Int(record.value),
          name: unsafe String(cString: unsafe keeper_call_name(Int(record.value))))
      case KEEPER_RECORD_FOUND:
        .found(
          task, state: Character(Unicode.Scalar(UInt8(truncatingIfNeeded: record.detail))),
          systemCall: record.value < 0 ? nil : unsafe String(cString: unsafe keeper_call_name(Int(record.value))))
      case KEEPER_RECORD_STACKS where record.detail == KEEPER_STACKS_OF_DEBUGGER:
        .debuggerStacks(process: task.process, Array(payload))
      case KEEPER_RECORD_STACKS: .stacks(process: task.process, Array(payload))
      case KEEPER_RECORD_ANSWERS: .answers(Array(payload))
      case KEEPER_RECORD_BEGAN: .began(task, by: payload.value(as: keeper_origin.self)?.task)
      case KEEPER_RECORD_STATE: TaskState(record).map { .state(task, $0) }
      default: nil
      }
    if let event {
      entries.append(JournalEntry(time: record.time, event: event))
      if let need = JournalEntry.Need(record) {
        entries.append(JournalEntry(time: record.time, event: .needs(task, thread: Int(record.reserved), need)))
      }
      if record.isOfTaskAtEnd {
        let name = String(decoding: payload, as: UTF8.self)
        entries.append(JournalEntry(time: record.time, event: .named(task, name)))
      }
    } else {
      addFact(record, of: task, payload: payload)
    }
  }

  private mutating func addFact(_ record: keeper_record, of task: JournalEntry.Task, payload: ArraySlice<UInt8>) {
    switch keeper_record_kind(record.kind) {
    case KEEPER_RECORD_LEFTOVER:
      leftovers.append(.init(pid: task.process, name: String(decoding: payload, as: UTF8.self)))
    case KEEPER_RECORD_ACCOUNT:
      if let account = payload.value(as: keeper_account.self) { tasks.append(TaskAccount(task, account)) }
    case KEEPER_RECORD_MOVED:
      guard let whole = payload.value(as: keeper_moved.self) else { return }
      moved[task.process] = .init(
        read: Int(clamping: whole.bytes_read), written: Int(clamping: whole.bytes_written),
        calls: Int(clamping: whole.calls))
    case KEEPER_RECORD_CPU:
      guard let cpu = payload.value(as: keeper_cpu.self) else { return }
      cpus.append(.init(number: Int(record.value), busy: cpu.busy, steal: cpu.steal, idle: cpu.idle))
    case KEEPER_RECORD_SURROUNDINGS:
      if let whole = payload.value(as: keeper_surroundings.self) { surroundings = Surroundings(whole, cpus: cpus) }
    case KEEPER_RECORD_TAIL where record.detail == 2: errorTail = Array(payload)
    case KEEPER_RECORD_TAIL: outputTail = Array(payload)
    default: break
    }
  }
}

extension keeper_record {
  fileprivate var isOfTaskAtEnd: Bool {
    [KEEPER_RECORD_BLOCKED, KEEPER_RECORD_FOUND].contains(keeper_record_kind(kind))
  }
}

extension Observation {
  /// How many entries `state` a journal has at most: what tasks do after the last of them is not known.
  public static let mostStates = Int(KEEPER_MOST_STATES)
}

extension ArraySlice<UInt8> {
  /// The struct that a record's payload is; nil where it is of another size.
  fileprivate func value<Value: BitwiseCopyable>(as type: Value.Type) -> Value? {
    guard count == MemoryLayout<Value>.size else { return nil }
    return unsafe withUnsafeBytes { unsafe $0.loadUnaligned(as: type) }
  }
}

extension JournalEntry.Need {
  fileprivate init?(_ record: keeper_record) {
    guard keeper_record_kind(record.kind) == KEEPER_RECORD_BLOCKED else { return nil }
    switch keeper_relation(record.detail) {
    case KEEPER_RELATION_LOCK: self = .lock
    case KEEPER_RELATION_END: self = .end
    default: return nil
    }
  }
}

extension keeper_origin {
  /// Nil where it isn't known.
  fileprivate var task: JournalEntry.Task? {
    process == 0 ? nil : JournalEntry.Task(process: Int(process), thread: Int(thread))
  }
}

extension TaskAccount {
  fileprivate init(_ task: JournalEntry.Task, _ account: keeper_account) {
    let name = unsafe withUnsafeBytes(of: account.name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let creator = keeper_origin(process: account.creator_process, thread: account.creator_thread)
    self.init(
      task: task, name: name, creator: creator.task, began: account.began, seen: account.seen,
      ended: account.ended < 0 ? nil : account.ended, runTime: account.run_time,
      gateTime: account.gate_time < 0 ? nil : account.gate_time,
      runDelay: account.run_delay < 0 ? nil : account.run_delay,
      voluntarySwitches: Int(account.voluntary_switches), forcedSwitches: Int(account.forced_switches))
  }
}

extension TaskState {
  fileprivate init?(_ record: keeper_record) {
    switch keeper_state(record.detail) {
    case KEEPER_STATE_RUNNING: self = .running
    case KEEPER_STATE_SLEEPING: self = .sleeping
    case KEEPER_STATE_STOPPED: self = .stopped
    case KEEPER_STATE_HELD: self = .held
    case KEEPER_STATE_WAITING:
      let call = Int(record.value)
      self = .waiting(
        systemCall: call < 0 ? nil : call,
        name: call < 0 ? "the kernel" : unsafe String(cString: unsafe keeper_call_name(call)),
        isEndless: record.reserved != 0)
    default: return nil
    }
  }
}

extension Surroundings {
  fileprivate init(_ whole: keeper_surroundings, cpus: [CPU]) {
    self.init(
      cpus: cpus, pressure: whole.pressure < 0 ? nil : whole.pressure,
      throttledPeriods: whole.throttled_periods < 0 ? nil : Int(whole.throttled_periods),
      throttledTime: whole.throttled_time < 0 ? nil : whole.throttled_time, tick: whole.tick)
  }
}
