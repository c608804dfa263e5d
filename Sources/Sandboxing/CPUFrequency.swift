import Foundation

/// How fast CPUs' clocks run, where the kernel shows it.
public enum CPUFrequency {
  /// The fastest clock among some CPUs now, in MHz; nil where the kernel shows none of them.
  ///
  /// The fastest, because one that has nothing to do may be slowed down.
  public static func fastest(of cpus: [Int]) -> Double? {
    fastest(of: cpus, devices: "/sys/devices/system/cpu", list: "/proc/cpuinfo")
  }

  /// The same by a folder and a file as the kernel writes them; the file is looked at where the folder says nothing.
  static func fastest(of cpus: [Int], devices: String, list: String) -> Double? {
    let scaled = cpus.compactMap { cpu -> Double? in
      let path = "\(devices)/cpu\(cpu)/cpufreq/scaling_cur_freq"
      let text = try? String(contentsOfFile: path, encoding: .utf8)
      return text.flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }.map { $0 / 1000 }
    }
    if let fastest = scaled.max() { return fastest > 0 ? fastest : nil }
    let listed = (try? String(contentsOfFile: list, encoding: .utf8)).map(listed) ?? [:]
    return cpus.compactMap { listed[$0] }.filter { $0 > 0 }.max()
  }

  /// The clocks of a `/proc/cpuinfo` by the CPUs' numbers: a line `cpu MHz` in the part that `processor` begins.
  private static func listed(_ text: String) -> [Int: Double] {
    var clocks: [Int: Double] = [:]
    var cpu: Int?
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      if parts[0] == "processor" { cpu = Int(parts[1]) }
      if parts[0] == "cpu MHz", let cpu { clocks[cpu] = Double(parts[1]) }
    }
    return clocks
  }
}
