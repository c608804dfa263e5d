import Foundation

/// How long CPUs have been busy, as the kernel counts it.
public enum CPUTimes {
  /// Seconds for which some CPUs have done something since the machine started, all together; nil where the kernel shows none.
  public static func busy(_ cpus: [Int]) -> Double? { busy(cpus, list: "/proc/stat") }

  /// The same by a file as the kernel writes it: `cpu3 user nice system idle iowait irq softirq steal ...`, in ticks.
  static func busy(_ cpus: [Int], list: String) -> Double? {
    guard let text = try? String(contentsOfFile: list, encoding: .utf8) else { return nil }
    let names = Set(cpus.map { "cpu\($0)" })
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }.filter { names.contains(String($0[0])) }
    let ticks = lines.compactMap { line -> Double? in
      let counts = line.dropFirst().prefix(8).map { Double($0) ?? 0 }
      return counts.count == 8 ? counts.reduce(0, +) - counts[3] - counts[4] : nil
    }
    return ticks.isEmpty ? nil : ticks.reduce(0, +) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }
}
