internal import CKeeper
import Glibc

/// The CPUs that runs can be given.
public enum CPUSet {
  /// The CPUs that the harness itself may use, by the kernel's numbers; read anew each time.
  public static var available: Set<Int> {
    var mask = words
    guard unsafe keeper_own_cpus(&mask, mask.count) == 0 else { return [] }
    return Set((0..<capacity).filter { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 })
  }

  /// As many as a request has room for.
  private static var capacity: Int { 64 * Int(KEEPER_CPU_WORDS) }

  private static var words: [UInt64] { [UInt64](repeating: 0, count: Int(KEEPER_CPU_WORDS)) }

  /// The mask of a request.
  /// - Throws: `SandboxError` where one of them is not the harness's to give, or there is none.
  static func mask(_ cpus: Set<Int>) throws(SandboxError) -> [UInt64] {
    var mask = words
    guard !cpus.isEmpty, cpus.isSubset(of: available) else {
      throw .systemCall(
        "Giving a run the CPUs \(cpus.sorted()), of which this process may use \(available.sorted()),",
        call: "sched_setaffinity", errno: EINVAL)
    }
    for cpu in cpus { mask[cpu / 64] |= 1 << UInt64(cpu % 64) }
    return mask
  }
}
