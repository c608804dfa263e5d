/// Where the threads of a run stood when it was ended for a deadlock or for its time; for explanations only.
///
/// All of it is what the witness, Python's faulthandler or a debugger said, and so untrusted.
public struct Standing: Sendable, Equatable {
  /// What each thread waited for.
  public var waits: [Wait] = []
  /// The locks that threads held.
  public var holds: [Hold] = []
  /// The coroutines that waited.
  public var tasks: [Wait] = []
  /// Processes that began and were ended from outside, before they could end by themselves.
  public var lost: [TraceEvent.Writer] = []
  /// Processes that Python's library has for itself, such as the server that forks workers.
  public var helpers: Set<Int> = []

  /// A line of the program.
  public struct Place: Sendable, Equatable {
    /// The file, such as `printers.py`.
    public var file: String
    /// The line in it, from 1.
    public var line: Int
    /// The line's text without its indentation; empty where it is not known.
    public var source: String

    /// A line of the program.
    public init(file: String, line: Int, source: String = "") {
      self.file = file
      self.line = line
      self.source = source
    }
  }

  /// A thread and what it waits for.
  public struct Wait: Sendable, Equatable {
    /// Who waits.
    public var writer: TraceEvent.Writer
    /// What kind of thing is waited for.
    public var kind: Kind
    /// What the program calls it; empty where that is not known.
    public var object: String
    /// The same for the same lock wherever it is named; empty where it is no lock.
    public var lock: String
    /// More on it, as its kind wants it.
    public var detail: String
    /// The thread or process that is waited for; 0 where it is none, or not known.
    public var other: Int
    /// The line of the program that waits.
    public var place: Place?
    /// The function of the program that waits, where a debugger knows no more than that; empty elsewhere.
    public var function: String

    /// A thread and what it waits for.
    public init(
      writer: TraceEvent.Writer, kind: Kind, object: String = "", lock: String = "", detail: String = "",
      other: Int = 0, place: Place? = nil, function: String = ""
    ) {
      self.writer = writer
      self.kind = kind
      self.object = object
      self.lock = lock
      self.detail = detail
      self.other = other
      self.place = place
      self.function = function
    }
  }

  /// The kinds of thing that a thread waits for, by the witness's names.
  public enum Kind: String, Sendable, CaseIterable {
    case lock, semaphore, condition, event, barrier, join, threads, future, executor, process, processes, pool
    case poolJoin = "pool_join"
    case queueGet = "queue_get"
    case queuePut = "queue_put"
    case queueJoin = "queue_join"
    case receive, send, read, write, input, sleep, signal, file, asyncio, helper, other
  }

  /// A lock that a thread holds.
  public struct Hold: Sendable, Equatable {
    /// Who holds it.
    public var writer: TraceEvent.Writer
    /// What the program calls it.
    public var object: String
    /// The same for the same lock wherever it is named.
    public var lock: String
    /// The line that took it, where that is known.
    public var place: Place?

    /// A lock that a thread holds.
    public init(writer: TraceEvent.Writer, object: String, lock: String, place: Place? = nil) {
      self.writer = writer
      self.object = object
      self.lock = lock
      self.place = place
    }
  }

  /// Nothing known.
  public init(
    waits: [Wait] = [], holds: [Hold] = [], tasks: [Wait] = [], lost: [TraceEvent.Writer] = [],
    helpers: Set<Int> = []
  ) {
    self.waits = waits
    self.holds = holds
    self.tasks = tasks
    self.lost = lost
    self.helpers = helpers
  }
}
