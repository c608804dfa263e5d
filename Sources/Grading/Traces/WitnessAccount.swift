import Sandboxing

/// What the witness says about a run: who printed which lines, and which threads there were.
struct WitnessAccount {
  /// What happened, in the order in which it was reported.
  private(set) var events: [Event] = []
  /// The threads, in the order in which they were first heard of.
  private(set) var threads: [TraceThread] = []
  /// What was printed to the run's standard output.
  private(set) var output = PrintedLines()
  /// What was printed to standard error, by every process.
  private(set) var errors = PrintedLines()
  /// Records that were none.
  private(set) var malformed = 0
  /// Whether the witness said more than is read.
  private(set) var isCut = false

  /// The thread of each process that has an ident, which only Python knows.
  private var idents: [Int: [Int: TraceEvent.Writer]] = [:]
  /// Workers of multiprocessing that have begun, without those that have ended by themselves.
  private var workers: [Int: TraceEvent.Writer] = [:]

  /// Where processes were started, by their ids; their parents say it.
  private var places: [Int: String] = [:]

  private let view: StudentView
  private var tracebacks: [PrintedLines.Key: [UInt8]] = [:]
  private var threadIndices: [PrintedLines.Key: Int] = [:]
  /// What standard output is in each process; what a child prints into a pipe to its parent is not the run's output.
  private var outputs: [Int: Int] = [:]
  private var runOutput: Int?

  /// Bytes of the witness that are read: enough for hundreds of thousands of lines.
  static let maximumSize = 32 << 20

  /// Threads and locks that are listened to at the end of a run.
  private static let mostAnswers = 512

  /// Something that happened.
  struct Event {
    var kind: Kind
    var writer: TraceEvent.Writer
    var time: Int64
    /// Its index in the account.
    var place: Int

    enum Kind {
      case line([UInt8])
      case errorLine([UInt8])
      case exception(summary: String, traceback: String)
    }
  }

  /// Reads everything the witness said.
  init(_ journal: [JournalEntry], view: StudentView) {
    self.view = view
    let said = TimedBytes(journal, of: .witness, limit: Self.maximumSize)
    isCut = said.bytes.count == Self.maximumSize
    var last: Int64 = 0
    for line in said.lines {
      last = line.time
      if line.isComplete, let record = WitnessRecord(line.text) {
        add(record, at: line.time)
      } else if line.isComplete || !isCut {
        malformed += 1
      }
    }
    closeLines(at: last) { _ in true }
    for index in threads.indices where threads[index].writer.thread == threads[index].writer.process {
      threads[index].startedAt = threads[index].startedAt ?? places[threads[index].writer.process]
    }
  }

  /// Whether there was a witness at all.
  var isEmpty: Bool { threads.isEmpty && events.isEmpty }

  private mutating func add(_ record: WitnessRecord, at time: Int64) {
    let key = PrintedLines.Key(record.writer)
    switch record.kind {
    case .printed(let text, onOutput: true):
      guard outputs[key.process] == runOutput else { return }
      for line in output.add(text, by: record.writer) { append(.line(line), by: record.writer, at: time) }
    case .printed(let text, onOutput: false):
      for line in errors.add(text, by: record.writer) { append(.errorLine(line), by: record.writer, at: time) }
    case .exception(let summary, let traceback):
      tracebacks[key, default: []] += traceback
      if !record.isContinued { endTraceback(summary, of: record.writer, key, at: time) }
    case .threadBegan(let file, let line, let ident):
      closeLine(of: key, at: time)
      idents[key.process, default: [:]][ident] = record.writer
      see(record.writer, key, startedAt: file.isEmpty ? nil : "\(view.text(file)):\(line)", isNew: true)
    case .threadEnded: closeLine(of: key, at: time)
    case .processBegan(let ident, let output):
      idents[key.process] = [ident: record.writer]
      outputs[key.process] = output
      runOutput = runOutput ?? output
      see(record.writer, key, startedAt: nil, isNew: true)
    case .processStarted(let child, let file, let line):
      places[child] = file.isEmpty ? nil : "\(view.text(file)):\(line)"
    case .processNamed:
      workers[key.process] = record.writer
      see(record.writer, key, startedAt: nil, isNew: false)
    case .waits, .holds, .answered: break
    case .processEnded:
      workers[key.process] = nil
      closeLines(at: time) { $0.process == key.process }
    }
  }

  /// Where the threads stood at the end: as they said themselves, else as Python's faulthandler saw them.
  func standing(_ journal: [JournalEntry]) -> Standing {
    var standing = answers(journal)
    var known = Set(standing.waits.map { PrintedLines.Key($0.writer) })
    var alive: Set<Int> = []
    var stacks: [Int: [UInt8]] = [:]
    for entry in journal {
      switch entry.event {
      case .blocked(let task, _, _), .found(let task, _, _): alive.insert(task.process)
      case .stacks(let process, let bytes): stacks[process, default: []] += bytes
      default: break
      }
    }
    for (process, bytes) in stacks.sorted(by: { $0.key < $1.key }) {
      for thread in PythonStacks(String(decoding: bytes, as: UTF8.self)).threads {
        guard standing.waits.count < Self.mostAnswers, let writer = idents[process]?[thread.ident],
          known.insert(PrintedLines.Key(writer)).inserted
        else {
          continue
        }
        standing.waits.append(view.standing(Standing.Wait(writer: writer, kind: .other, place: thread.place)))
      }
    }
    if !alive.isEmpty {
      standing.lost = workers.filter { !alive.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    }
    return standing
  }

  /// What threads said that they waited for and held.
  private func answers(_ journal: [JournalEntry]) -> Standing {
    var standing = Standing()
    let bytes = journal.reduce(into: [UInt8]()) { bytes, entry in
      if case .answers(let chunk) = entry.event { bytes += chunk }
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      switch WitnessRecord(line)?.kind {
      case .waits(let wait, isTask: false) where wait.kind == .helper:
        if standing.helpers.count < Self.mostAnswers { standing.helpers.insert(wait.other) }
      case .waits(let wait, isTask: true) where standing.tasks.count < Self.mostAnswers:
        standing.tasks.append(view.standing(wait))
      case .waits(let wait, isTask: false) where standing.waits.count < Self.mostAnswers:
        standing.waits.append(view.standing(wait))
      case .holds(let hold) where standing.holds.count < Self.mostAnswers:
        standing.holds.append(view.standing(hold))
      default: break
      }
    }
    return standing
  }

  private mutating func append(_ kind: Event.Kind, by writer: TraceEvent.Writer, at time: Int64) {
    events.append(Event(kind: kind, writer: writer, time: time, place: events.count))
  }

  private mutating func closeLine(of key: PrintedLines.Key, at time: Int64) {
    closeLines(at: time) { $0 == key }
  }

  private mutating func closeLines(at time: Int64, where isMeant: (PrintedLines.Key) -> Bool) {
    for (line, writer) in output.close(where: isMeant) { append(.line(line), by: writer, at: time) }
    for (line, writer) in errors.close(where: isMeant) { append(.errorLine(line), by: writer, at: time) }
  }

  private mutating func endTraceback(
    _ summary: String, of writer: TraceEvent.Writer, _ key: PrintedLines.Key, at time: Int64
  ) {
    let traceback = String(decoding: tracebacks.removeValue(forKey: key) ?? [], as: UTF8.self)
    let kind = Event.Kind.exception(summary: view.text(summary), traceback: view.text(traceback))
    append(kind, by: writer, at: time)
  }

  private mutating func see(_ writer: TraceEvent.Writer, _ key: PrintedLines.Key, startedAt place: String?, isNew: Bool)
  {
    if let index = threadIndices[key], !isNew {
      threads[index].writer.name = writer.name
    } else {
      threadIndices[key] = threads.count
      threads.append(TraceThread(writer: writer, startedAt: place))
    }
  }
}
