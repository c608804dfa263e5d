/// What the machine did during a run, the run's own part included: whether a measured time can be believed.
public struct Surroundings: Sendable, Equatable {
  /// The CPUs that the run could use.
  public var cpus: [CPU]
  /// Nanoseconds in which some task of the machine waited for a CPU (`/proc/pressure/cpu`); nil where it doesn't tell.
  public var pressure: Int64?
  /// How often the harness's control groups were stopped for having used up their share; nil where none tells.
  public var throttledPeriods: Int?
  /// Nanoseconds in which they were; nil where none tells.
  public var throttledTime: Int64?
  /// The kernel's tick in nanoseconds: the CPUs' times come in steps of it.
  public var tick: Int64

  /// What one CPU did during the run, in nanoseconds.
  public struct CPU: Sendable, Equatable {
    /// Its number.
    public var number: Int
    /// For programs, the kernel and interrupts.
    public var busy: Int64
    /// Taken by the machine that this virtual machine runs on.
    public var steal: Int64
    /// With nothing to do.
    public var idle: Int64

    /// What one CPU did.
    public init(number: Int, busy: Int64, steal: Int64 = 0, idle: Int64) {
      self.number = number
      self.busy = busy
      self.steal = steal
      self.idle = idle
    }
  }

  /// What the machine did; used by the sandbox and by tests.
  public init(
    cpus: [CPU], pressure: Int64? = nil, throttledPeriods: Int? = nil, throttledTime: Int64? = nil,
    tick: Int64 = 10_000_000
  ) {
    self.cpus = cpus
    self.pressure = pressure
    self.throttledPeriods = throttledPeriods
    self.throttledTime = throttledTime
    self.tick = tick
  }
}
