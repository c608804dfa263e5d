/// One record of the witness, as it says; untrusted.
struct WitnessRecord: Equatable {
  var kind: Kind
  /// The process and thread that it is about, and what the thread is called.
  var writer: TraceEvent.Writer
  /// Whether the record that follows continues the text.
  var isContinued = false

  enum Kind: Equatable {
    /// A part of what was printed; on standard error where not on standard output.
    case printed([UInt8], onOutput: Bool)
    /// An exception that ended a thread, or a part of its traceback.
    case exception(summary: String, traceback: [UInt8])
    /// A thread began; where `start()` was called, such as `program.py` and 12.
    case threadBegan(file: String, line: Int, ident: Int)
    case threadEnded
    /// A Python began, or a forked child; `output` identifies what its standard output is.
    case processBegan(ident: Int, output: Int)
    /// A process of multiprocessing was started: its id, and where `start()` was called.
    case processStarted(Int, file: String, line: Int)
    /// A worker of multiprocessing said its name.
    case processNamed
    case processEnded
    /// What a thread, or a coroutine of it, waited for when it was asked.
    case waits(Standing.Wait, isTask: Bool)
    /// A lock that a thread held then.
    case holds(Standing.Hold)
    /// All was said that was asked for.
    case answered
  }

  /// The longest record that a witness writes: what a pipe takes without mixing.
  static let maximumSize = 4096

  /// A record from its line without the line end; nil where it is not one.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.count < Self.maximumSize, let members = FlatJSON.members(line),
      let process = members.number("pid"), let thread = members.number("tid"), process > 0, thread > 0,
      let name = members.text("name")
    else { return nil }
    writer = TraceEvent.Writer(process: process, thread: thread, name: name)
    guard let kind = Kind(members, writer) else { return nil }
    self.kind = kind
    isContinued = members["more"] == .boolean(true)
  }
}

extension WitnessRecord.Kind {
  fileprivate init?(_ members: [String: FlatJSON.Value], _ writer: TraceEvent.Writer) {
    switch (members.text("kind"), members.text("event")) {
    case ("print", nil):
      guard case .string(let bytes) = members["text"], let stream = members.text("stream") else { return nil }
      self = .printed(bytes, onOutput: stream == "out")
    case ("exception", nil):
      guard case .string(let bytes) = members["text"], let summary = members.text("summary") else { return nil }
      self = .exception(summary: summary, traceback: bytes)
    case ("thread", "start"):
      self = .threadBegan(
        file: members.text("file") ?? "", line: members.number("line") ?? 0, ident: members.number("ident") ?? 0)
    case ("thread", "end"): self = .threadEnded
    case ("process", "start"):
      self = .processBegan(
        ident: members.number("ident") ?? 0, output: members.number("output") ?? 0)
    case ("process", "started"):
      self = .processStarted(
        members.number("child") ?? 0, file: members.text("file") ?? "", line: members.number("line") ?? 0)
    case ("process", "name"): self = .processNamed
    case ("wait", nil), ("task", nil):
      self = .waits(Standing.Wait(members, writer), isTask: members.text("kind") == "task")
    case ("hold", nil):
      self = .holds(
        Standing.Hold(
          writer: writer, object: members.text("object") ?? "", lock: members.text("id") ?? "",
          place: Standing.Place(members)))
    case ("answer", "answered"): self = .answered
    case ("process", "end"): self = .processEnded
    default: return nil
    }
  }
}

extension [String: FlatJSON.Value] {
  fileprivate func text(_ key: String) -> String? {
    if case .string(let bytes) = self[key] { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  fileprivate func number(_ key: String) -> Int? {
    if case .number(let number) = self[key] { number } else { nil }
  }
}

extension Standing.Wait {
  fileprivate init(_ members: [String: FlatJSON.Value], _ writer: TraceEvent.Writer) {
    self.init(
      writer: writer, kind: Standing.Kind(rawValue: members.text("what") ?? "") ?? .other,
      object: members.text("object") ?? "", lock: members.text("id") ?? "", detail: members.text("detail") ?? "",
      other: members.number("other") ?? 0, place: Standing.Place(members))
  }
}

extension Standing.Place {
  fileprivate init?(_ members: [String: FlatJSON.Value]) {
    guard let file = members.text("file"), let line = members.number("line"), line > 0 else { return nil }
    self.init(file: file, line: line, source: members.text("source") ?? "")
  }
}
