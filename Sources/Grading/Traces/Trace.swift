public import Sandboxing

/// One execution of a scenario: what the keeper saw and what it means.
public struct Run: Sendable, Equatable {
  /// The scenario's id.
  public var scenario: String
  /// Which repetition this is, from 1; stretched runs are numbered by themselves.
  public var attempt: Int
  /// What was done with its threads and workers.
  public var mode: RunMode
  /// What was varied in it on purpose.
  public var settings: RunSettings
  /// Whether its Python lets threads compute at the same time; false also for other languages.
  public var isFreeThreaded: Bool
  /// The keeper's view.
  public var result: ExecutionResult
  /// The ordered events.
  public var trace: Trace

  /// A run.
  public init(
    scenario: String, attempt: Int, mode: RunMode = .plain, settings: RunSettings = .plain,
    isFreeThreaded: Bool = false, result: ExecutionResult, trace: Trace
  ) {
    self.scenario = scenario
    self.attempt = attempt
    self.mode = mode
    self.settings = settings
    self.isFreeThreaded = isFreeThreaded
    self.result = result
    self.trace = trace
  }
}

extension Run {
  /// Whether its threads take turns under Python's global lock, which only a witness shows it to have.
  var takesTurns: Bool { !trace.threads.isEmpty && !isFreeThreaded }
}

/// What is done with the new threads and workers of a run.
public enum RunMode: Sendable, Equatable, CaseIterable {
  /// Nothing: the program runs as it would anywhere.
  case plain
  /// Each is held at its start until everything else waits, so that those that can be alive together are.
  case stretched
  /// Each ends at its start without doing anything: what the program still prints, it did not need them for.
  case muted
}

/// The ordered events of a run: what was printed, by whom, and what became of its threads.
public struct Trace: Sendable, Equatable {
  /// In the order of time.
  public var events: [TraceEvent]
  /// Standard output as it arrived, decoded leniently as UTF-8.
  public var transcript: String
  /// Standard error as it arrived, decoded leniently as UTF-8, with the program under the name the student knows.
  public var errors: String
  /// Whether the events' lines were put together by who wrote them; false where no witness could be believed.
  public var isAttributed: Bool
  /// The same of the lines on standard error.
  public var areErrorsAttributed: Bool
  /// Remarks on the witness, such as that it was disturbed; for the report, never for points.
  public var remarks: [String]
  /// The threads that the witness saw, each once, in the order in which they appeared; for explanations only.
  public var threads: [TraceThread]
  /// Where the threads stood when the run was ended for a deadlock or for its time; for explanations only.
  public var standing: Standing

  /// A trace.
  public init(
    events: [TraceEvent] = [], transcript: String = "", errors: String = "", isAttributed: Bool = false,
    areErrorsAttributed: Bool = false, remarks: [String] = [], threads: [TraceThread] = [],
    standing: Standing = Standing()
  ) {
    self.events = events
    self.transcript = transcript
    self.errors = errors
    self.isAttributed = isAttributed
    self.areErrorsAttributed = areErrorsAttributed
    self.remarks = remarks
    self.threads = threads
    self.standing = standing
  }
}

/// A thread that the witness saw.
public struct TraceThread: Sendable, Equatable {
  /// Its ids and name.
  public var writer: TraceEvent.Writer
  /// The file and line that started it, such as `printers.py:12`, where that is known; student data.
  public var startedAt: String?

  /// A thread that the witness saw.
  public init(writer: TraceEvent.Writer, startedAt: String? = nil) {
    self.writer = writer
    self.startedAt = startedAt
  }
}

/// One event of a trace.
public struct TraceEvent: Sendable, Equatable {
  /// Nanoseconds since the program's start; nil where only the order is known.
  public var time: Int64?
  /// Who did it, where that is known.
  public var writer: Writer?
  /// Its place in the witness's account, which alone orders what went to different streams; nil where it has none.
  public var place: Int?
  /// What was done.
  public var kind: Kind

  /// The kinds of event.
  public enum Kind: Sendable, Equatable {
    /// A line was printed on standard output; without its line end.
    case line(String)
    /// A line was printed on standard error; without its line end.
    case errorLine(String)
    /// A thread or worker was ended by an exception: its class and message, then the traceback.
    case uncaughtException(summary: String, traceback: String)
  }

  /// A thread as the program knows it.
  public struct Writer: Sendable, Hashable {
    /// The process id inside the container.
    public var process: Int
    /// The thread id inside the container (0 where unknown).
    public var thread: Int
    /// The name the program gave it; student data.
    public var name: String

    /// A thread as the program knows it.
    public init(process: Int, thread: Int, name: String) {
      self.process = process
      self.thread = thread
      self.name = name
    }
  }

  /// An event.
  public init(_ kind: Kind, writer: Writer? = nil, time: Int64? = nil, place: Int? = nil) {
    self.kind = kind
    self.writer = writer
    self.time = time
    self.place = place
  }
}
