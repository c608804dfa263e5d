/// How a run ended: exactly one reason, decided by the keeper.
public enum TerminationStatus: Sendable, Equatable {
  /// The program ended by itself with this exit status.
  case exited(Int)
  /// A signal that the keeper did not send ended the program.
  case signaled(Int, coreDumped: Bool)
  /// The wall-clock limit was reached.
  case wallTimeLimit
  /// The CPU time limit was reached by the tree as a whole.
  case cpuTimeLimit
  /// The tree used more memory than its limit.
  case memoryLimit
  /// Standard output and standard error together passed their limit.
  case outputLimit
  /// A file grew past the file size limit (SIGXFSZ).
  case fileSizeLimit
  /// All files together took up more space than allowed; only where the kernel doesn't simply refuse to write more.
  case diskSpaceLimit
  /// More threads and processes were born than allowed.
  case birthLimit
  /// More threads and processes, or more processes, were to be alive at one time than allowed.
  case taskLimit
  /// Every task waited for something that nothing could bring about any more.
  case deadlock
  /// The program stopped itself (SIGSTOP and the like) and nothing in its tree ran any more.
  case stopped
  /// The program made a system call that no submission may make (SIGSYS).
  case disallowedCall
  /// The program could not be started: the step that failed and its errno.
  case notStarted(stage: String, errno: Int32)
  /// The harness asked for the end of the run.
  case cancelled
}

/// What the whole tree of a run used.
public struct ResourceUsage: Sendable, Equatable {
  /// Elapsed time from the start of the program to its end, on the monotonic clock.
  public var wallTime: Duration
  /// CPU time in user mode, of every process of the tree.
  public var userTime: Duration
  /// CPU time in the kernel, of every process of the tree.
  public var systemTime: Duration
  /// The most memory in bytes that the tree was seen to use at one time.
  public var peakMemory: Int
  /// Threads born beside the main thread of each process; nil where births cannot be counted.
  public var threadsBorn: Int?
  /// Processes born beside the first one; nil where births cannot be counted.
  public var processesBorn: Int?
  /// The most tasks (threads of all processes) seen alive at one time.
  public var peakTasks: Int
  /// Births refused because the limit on tasks was reached.
  public var birthsRefused: Int
  /// How long others had the CPUs that the tree could have used; its time limit does not count it.
  public var withheldTime: Duration

  /// A usage; every figure is zero unless given.
  public init(
    wallTime: Duration = .zero,
    userTime: Duration = .zero,
    systemTime: Duration = .zero,
    peakMemory: Int = 0,
    threadsBorn: Int? = 0,
    processesBorn: Int? = 0,
    peakTasks: Int = 1,
    birthsRefused: Int = 0,
    withheldTime: Duration = .zero
  ) {
    self.wallTime = wallTime
    self.userTime = userTime
    self.systemTime = systemTime
    self.peakMemory = peakMemory
    self.threadsBorn = threadsBorn
    self.processesBorn = processesBorn
    self.peakTasks = peakTasks
    self.birthsRefused = birthsRefused
    self.withheldTime = withheldTime
  }
}

/// One execution of a command, as the keeper saw it.
public struct ExecutionResult: Sendable, Equatable {
  /// How it ended.
  public var termination: TerminationStatus
  /// What it used.
  public var usage: ResourceUsage
  /// Everything observed, in the order of time.
  public var journal: [JournalEntry]
  /// Processes of the tree that were still alive when the program had ended by itself.
  public var leftovers: [Leftover]
  /// The last bytes of standard output past its limit, at most 4 KiB; empty where the limit was kept.
  public var outputTail: [UInt8]
  /// The last bytes of standard error past its limit, at most 4 KiB; empty where the limit was kept.
  public var errorTail: [UInt8]
  /// Bytes written to standard output, also those past the limit that were not kept.
  public var outputBytes: Int
  /// Bytes written to standard error, also those past the limit that were not kept.
  public var errorBytes: Int
  /// What the run was contained by.
  public var tier: IsolationTier
  /// What each task did, in the order in which they ended; empty without `accountsTasks`, and at most 20,000.
  public var tasks: [TaskAccount]
  /// What each process read and wrote, by its id, where its end was heard of and the kernel tells; only with `accountsTasks`.
  public var moved: [Int: Moved]
  /// What the machine did meanwhile; nil without `notesSurroundings`.
  public var surroundings: Surroundings?

  /// What a process, and the children that it waited for, read and wrote: files, pipes, sockets.
  public struct Moved: Sendable, Equatable {
    /// Bytes read.
    public var read: Int
    /// Bytes written.
    public var written: Int
    /// System calls that read or wrote.
    public var calls: Int

    /// What a process read and wrote.
    public init(read: Int, written: Int, calls: Int) {
      self.read = read
      self.written = written
      self.calls = calls
    }
  }

  /// A process that outlived its program.
  public struct Leftover: Sendable, Equatable {
    /// Its id, as the container numbers it.
    public var pid: Int
    /// Its name (`comm`), at most 15 bytes; student data.
    public var name: String

    /// A process that outlived its program.
    public init(pid: Int, name: String) {
      self.pid = pid
      self.name = name
    }
  }

  /// An execution; used by the sandbox and by scripted executors.
  public init(
    termination: TerminationStatus = .exited(0),
    usage: ResourceUsage = ResourceUsage(),
    journal: [JournalEntry] = [],
    leftovers: [Leftover] = [],
    outputTail: [UInt8] = [],
    errorTail: [UInt8] = [],
    outputBytes: Int? = nil,
    errorBytes: Int? = nil,
    tier: IsolationTier = .namespaces,
    tasks: [TaskAccount] = [],
    moved: [Int: Moved] = [:],
    surroundings: Surroundings? = nil
  ) {
    self.termination = termination
    self.usage = usage
    self.journal = journal
    self.leftovers = leftovers
    self.outputTail = outputTail
    self.errorTail = errorTail
    self.outputBytes = outputBytes ?? journal.bytes(of: .standardOutput).count
    self.errorBytes = errorBytes ?? journal.bytes(of: .standardError).count
    self.tier = tier
    self.tasks = tasks
    self.moved = moved
    self.surroundings = surroundings
  }

  /// What was kept of standard output.
  public var output: [UInt8] { journal.bytes(of: .standardOutput) }

  /// What was kept of standard error.
  public var errorOutput: [UInt8] { journal.bytes(of: .standardError) }
}
