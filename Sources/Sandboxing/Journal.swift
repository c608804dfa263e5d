internal import CKeeper

/// Reads the keeper's journal: records as they lie in memory, each padded to eight bytes.
struct Journal {
  /// What happened, in the order of time.
  private(set) var entries: [JournalEntry] = []
  /// What outlived the program.
  private(set) var leftovers: [ExecutionResult.Leftover] = []
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
      default: nil
      }
    if let event { entries.append(JournalEntry(time: record.time, event: event)) }
    switch keeper_record_kind(record.kind) {
    case KEEPER_RECORD_LEFTOVER:
      leftovers.append(.init(pid: task.process, name: String(decoding: payload, as: UTF8.self)))
    case KEEPER_RECORD_TAIL where record.detail == 2: errorTail = Array(payload)
    case KEEPER_RECORD_TAIL: outputTail = Array(payload)
    default: break
    }
  }
}
