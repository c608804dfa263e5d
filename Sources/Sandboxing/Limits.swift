/// How much one run may use; every limit is for the whole tree of its processes unless it says otherwise.
public struct Limits: Sendable, Equatable {
  /// Elapsed time, on the monotonic clock.
  public var wallTime: Duration
  /// CPU time, user and system, of all processes together; nil leaves only the wall time.
  public var cpuTime: Duration?
  /// Memory in bytes, summed over the tree: what its processes do not share, plus what they share once.
  public var memory: Int
  /// Processes and threads alive at the same time.
  public var tasks: Int
  /// Threads and processes born in all; the run ends when there are more, nil for no limit.
  public var births: Int?
  /// Processes alive at the same time beside the program's own; 0 for threads only, nil for no limit but `tasks`.
  public var processes: Int?
  /// Bytes of standard output and standard error together.
  public var output: Int
  /// Bytes of any one file that the program writes.
  public var fileSize: Int
  /// Bytes of all files together in the run's own folders; rounded up to pages.
  public var diskSpace: Int
  /// Open file descriptors of each process.
  public var openFiles: Int
  /// Bytes of each process's main stack.
  public var stack: Int

  /// Limits that suit a beginner's exercise.
  public init(
    wallTime: Duration = .seconds(10),
    cpuTime: Duration? = nil,
    memory: Int = 256 << 20,
    tasks: Int = 64,
    births: Int? = nil,
    processes: Int? = nil,
    output: Int = 1 << 20,
    fileSize: Int = 16 << 20,
    diskSpace: Int = 64 << 20,
    openFiles: Int = 1024,
    stack: Int = 8 << 20
  ) {
    self.wallTime = wallTime
    self.cpuTime = cpuTime
    self.memory = memory
    self.tasks = tasks
    self.births = births
    self.processes = processes
    self.output = output
    self.fileSize = fileSize
    self.diskSpace = diskSpace
    self.openFiles = openFiles
    self.stack = stack
  }
}

/// What a container's programs can reach over the network.
public enum NetworkAccess: String, Sendable, CaseIterable, Codable {
  /// No network at all, not even loopback.
  case none
  /// A loopback interface of the container's own.
  case loopback
  /// The machine's network; must be asked for.
  case host
}
