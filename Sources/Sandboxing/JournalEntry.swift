/// One thing that happened in a run, in the kernel's view, with its instant.
public struct JournalEntry: Sendable, Equatable {
  /// Nanoseconds since the program's start, on the monotonic clock.
  public var time: Int64
  /// What happened.
  public var event: Event

  /// The things that are recorded.
  public enum Event: Sendable, Equatable {
    /// Bytes that arrived on one of the run's streams.
    case bytes(Stream, [UInt8])
    /// The task `by` created a thread or a process.
    case birth(Task.Kind, by: Task)
    /// The task arrived at the witness's gate, where a stretched run holds it.
    case held(Task)
    /// The task was let through the gate, when `together` tasks in all were being held.
    case released(Task, together: Int)
    /// The task itself called `write` on standard output or error (recorded in stretched runs).
    case wrote(Task, Stream, count: Int)
    /// A task of a tree found in deadlock, and the number and name of the system call it waits in.
    case blocked(Task, systemCall: Int, name: String)
    /// What a blocked task waits for from another thread of its process, as far as the kernel's view tells.
    case needs(Task, thread: Int, Need)
    /// What the kernel calls a task that was blocked or found, at most 15 bytes of it; student data.
    case named(Task, String)
    /// A task of a run that is ended for its time: the letter of its state, and the system call that it waits in.
    case found(Task, state: Character, systemCall: String?)
    /// What Python's faulthandler wrote of a process, asked at the end of its run; untrusted.
    case stacks(process: Int, [UInt8])
    /// What a debugger wrote of a process, asked at the end of its run; it read what may be hostile.
    case debuggerStacks(process: Int, [UInt8])
    /// What witnesses said when they were asked at the end of the run; untrusted.
    case answers([UInt8])
    /// The task began to run (recorded with `accountsTasks`); `by` created it, where that is known.
    case began(Task, by: Task?)
    /// The task was seen doing something else than before (recorded with `tracesStates`).
    case state(Task, TaskState)
  }

  /// What one thread wants of another.
  public enum Need: Sendable, Equatable {
    /// A lock that the other one holds.
    case lock
    /// The other one's end.
    case end
  }

  /// The streams of a run.
  public enum Stream: UInt8, Sendable, Equatable, CaseIterable {
    /// Standard output.
    case standardOutput = 1
    /// Standard error.
    case standardError = 2
    /// The witness's own channel; untrusted, like everything a submission can write to.
    case witness = 3
  }

  /// A thread of a process, by the ids it has inside its container.
  public struct Task: Sendable, Hashable {
    /// The process (thread group).
    public var process: Int
    /// The thread; equal to `process` for a main thread.
    public var thread: Int

    /// The two kinds of birth.
    public enum Kind: Sendable, Equatable {
      /// A thread of the same process.
      case thread
      /// A process of its own.
      case process
    }

    /// A task by its ids.
    public init(process: Int, thread: Int) {
      self.process = process
      self.thread = thread
    }

    /// Whether this is the main thread of its process.
    public var isMainThread: Bool { process == thread }
  }

  /// An entry.
  public init(time: Int64, event: Event) {
    self.time = time
    self.event = event
  }
}

extension [JournalEntry] {
  /// All bytes of one stream, in the order they arrived.
  public func bytes(of stream: JournalEntry.Stream) -> [UInt8] {
    reduce(into: []) { bytes, entry in
      if case .bytes(stream, let chunk) = entry.event { bytes += chunk }
    }
  }
}
