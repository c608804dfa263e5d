/// What one task, a thread of a process, did in its life, by the kernel's account.
public struct TaskAccount: Sendable, Equatable {
  /// Which one; ids are those inside the container.
  public var task: JournalEntry.Task
  /// Its name (`comm`), at most 15 bytes; student data.
  ///
  /// Where nothing gave it another it is its program's.
  public var name: String
  /// Who created it, where that is known; the program's first task has no creator.
  public var creator: JournalEntry.Task?
  /// When it began, in nanoseconds since the program's start.
  public var began: Int64
  /// When these figures were read, in nanoseconds since the program's start.
  public var seen: Int64
  /// When it ended, in nanoseconds since the program's start; nil where its end was not seen: a signal killed it.
  public var ended: Int64?
  /// How long it was on a CPU, in nanoseconds; in ticks of the kernel where `runDelay` is nil.
  public var runTime: Int64
  /// How much of that was before the gate of a stretched run, so not its work; nil where it never came to the gate.
  public var gateTime: Int64?
  /// How long it could have run but had no CPU, in nanoseconds; nil where the kernel keeps no such account.
  public var runDelay: Int64?
  /// How often it gave up its CPU to wait for something.
  public var voluntarySwitches: Int
  /// How often its CPU was taken from it.
  public var forcedSwitches: Int

  /// An account; used by the sandbox and by tests.
  public init(
    task: JournalEntry.Task, name: String = "", creator: JournalEntry.Task? = nil, began: Int64, seen: Int64? = nil,
    ended: Int64?, runTime: Int64, gateTime: Int64? = nil, runDelay: Int64? = 0, voluntarySwitches: Int = 0,
    forcedSwitches: Int = 0
  ) {
    self.task = task
    self.name = name
    self.creator = creator
    self.began = began
    self.seen = seen ?? ended ?? began
    self.ended = ended
    self.runTime = runTime
    self.gateTime = gateTime
    self.runDelay = runDelay
    self.voluntarySwitches = voluntarySwitches
    self.forcedSwitches = forcedSwitches
  }
}

/// What a task was doing when it was looked at.
public enum TaskState: Sendable, Equatable {
  /// It ran or could have run.
  case running
  /// It waited in a system call for something that another task or the outside must do: its number and name.
  ///
  /// Nil numbers are waits outside of system calls, such as for a page of memory. A wait is endless when only another
  /// task of the same run can end it: no timeout, nobody outside. Python's wait for its global lock is a `futex` with a
  /// timeout, so it is not endless.
  case waiting(systemCall: Int?, name: String, isEndless: Bool)
  /// It slept until an instant; noted at each call that sleeps, so twice where it slept twice.
  case sleeping
  /// A signal had stopped it.
  case stopped
  /// A stretched run held it at the gate.
  case held
}
