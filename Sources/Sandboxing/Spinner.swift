internal import CKeeper
import Synchronization

/// Work of our own that is perfectly parallel, to find out what CPUs give right now.
///
/// It runs in threads of this process rather than in a container: it is ours, it needs no containing, and what confines the
/// harness's CPUs (affinity, a control group's quota, neighbours on the same machine) confines it just as it does the runs.
public enum Spinner {
  /// One measurement.
  public struct Sample: Sendable, Equatable {
    /// Seconds that one thread took for its share on one CPU.
    public var alone: Double
    /// Seconds that as many threads as there are CPUs took, each for the same share.
    public var together: Double
    /// How many threads that were.
    public var count: Int
    /// The part of the elapsed time, 0 to 1, in which a thread had no CPU because others had it.
    ///
    /// Where this is more than a twentieth the times are those on the CPUs and not the elapsed ones: how fast the CPUs are when
    /// all of them work, were nobody else there.
    public var disturbance: Double

    /// One measurement.
    public init(alone: Double, together: Double, count: Int, disturbance: Double = 0) {
      self.alone = alone
      self.together = together
      self.count = count
      self.disturbance = disturbance
    }

    /// The speedup: how many times as much work the CPUs do together as one of them alone.
    public var speedup: Double { Double(count) * alone / together }
  }

  /// How long one thread works where nothing disturbs: enough for a hundredth.
  public static let shortSpan = Duration.milliseconds(40)
  /// How long one thread works where short samples scatter.
  public static let longSpan = Duration.milliseconds(120)

  /// Measures once; blocks for about `2 * span`, so call it on a thread of its own.
  /// - Parameters:
  ///   - cpus: the CPUs, at least one.
  ///   - first: which of them works alone; samples that take turns tell CPUs apart.
  ///   - span: how long one thread shall work.
  /// - Returns: the measurement.
  /// - Throws: `SandboxError` when threads can't be started or pinned.
  public static func sample(cpus: [Int], first: Int = 0, span: Duration = shortSpan) throws(SandboxError)
    -> Sample
  {
    precondition(!cpus.isEmpty)
    let rounds = try rounds(for: span, on: cpus[first % cpus.count])
    let alone = try spin([cpus[first % cpus.count]], rounds)
    let together = try spin(cpus, rounds)
    let waited = max(0, 1 - alone.cpu / alone.wall, 1 - together.cpu / (together.wall * Double(cpus.count)))
    return waited > 0.05
      ? Sample(alone: alone.longest, together: together.longest, count: cpus.count, disturbance: waited)
      : Sample(alone: alone.wall, together: together.wall, count: cpus.count, disturbance: waited)
  }

  /// How much work a CPU does in a second of CPU time, found out once.
  private static let roundsPerSecond = Mutex<Double?>(nil)

  private static func rounds(for span: Duration, on cpu: Int) throws(SandboxError) -> UInt64 {
    if let known = roundsPerSecond.withLock({ $0 }) { return UInt64(known * (span / .seconds(1))) }
    let probe: UInt64 = 500_000
    let seconds = try spin([cpu], probe).cpu
    let speed = Double(probe) / max(seconds, 1e-4)
    roundsPerSecond.withLock { $0 = speed }
    return UInt64(speed * (span / .seconds(1)))
  }

  private static func spin(
    _ cpus: [Int], _ rounds: UInt64
  ) throws(SandboxError) -> (wall: Double, cpu: Double, longest: Double) {
    var spun = keeper_spun()
    let numbers = cpus.map { Int32($0) }
    let error = unsafe numbers.withUnsafeBufferPointer { pointer -> Int32 in
      guard let start = pointer.baseAddress else { return 0 }
      return unsafe keeper_spin(start, pointer.count, rounds, &spun)
    }
    guard error == 0 else {
      throw .systemCall("Measuring what the CPUs give", call: "pthread_create", errno: error)
    }
    return (Double(spun.wall_time) / 1e9, Double(spun.cpu_time) / 1e9, Double(spun.most_cpu_time) / 1e9)
  }
}
