import Foundation
import Glibc

/// The CPUs that this process and its runs may use, and how they belong together.
public struct CPUTopology: Sendable, Equatable {
  /// The usable CPUs' numbers, those that share a core (hyperthreads) together, in ascending order.
  public var cores: [[Int]]
  /// How many CPUs' worth of time the control groups around this process allow; nil without a limit.
  public var quota: Double?

  /// A machine with these cores.
  public init(cores: [[Int]], quota: Double? = nil) {
    self.cores = cores
    self.quota = quota
  }

  /// All usable CPUs' numbers.
  public var cpus: [Int] { cores.flatMap(\.self).sorted() }

  /// How many CPUs' worth of time can be used at once: half a CPU is less than one.
  public var usable: Double { min(Double(cpus.count), quota ?? .infinity) }

  /// What the kernel says now.
  public static var current: CPUTopology {
    CPUTopology(allowed: allowedCPUs, devices: "/sys/devices/system/cpu", quota: CPUQuota.current)
  }

  /// The topology of some CPUs; a CPU whose siblings the machine does not tell has a core of its own.
  init(allowed: [Int], devices: String, quota: Double?) {
    var cores: [[Int]] = []
    for cpu in allowed where !cores.contains(where: { $0.contains(cpu) }) {
      let path = "\(devices)/cpu\(cpu)/topology/thread_siblings_list"
      let listed = (try? String(contentsOfFile: path, encoding: .utf8)).map(Self.numbers) ?? []
      let siblings = Set(listed).intersection(allowed).union([cpu])
      cores.append(siblings.sorted())
    }
    self.init(cores: cores, quota: quota)
  }

  /// The numbers of a list as the kernel writes it, such as `0-2,8`.
  static func numbers(_ text: String) -> [Int] {
    text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last, last - first < 4096 else { return [] }
      return Array(first...last)
    }
  }

  private static var allowedCPUs: [Int] {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
    let listed = line.map { numbers(String($0.dropFirst("Cpus_allowed_list:".count))) } ?? []
    return listed.isEmpty ? Array(0..<ProcessInfo.processInfo.activeProcessorCount) : listed
  }
}

/// The share of CPU time that control groups allow, in CPUs' worth.
enum CPUQuota {
  /// The least that any group around this process allows; nil without a limit.
  static var current: Double? {
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    return smallest(groups: groups, root: "/sys/fs/cgroup")
  }

  /// The least that the groups of a `/proc/<pid>/cgroup` allow; both versions are looked up below the root.
  static func smallest(groups: String, root: String) -> Double? {
    groups.split(separator: "\n").compactMap { line -> Double? in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      if fields[1].isEmpty {
        return around(String(fields[2])).compactMap { unified("\(root)\($0)/cpu.max") }.min()
      }
      guard fields[1].split(separator: ",").contains("cpu") else { return nil }
      return around(String(fields[2])).flatMap { path in
        ["cpu", "cpu,cpuacct"].compactMap { legacy("\(root)/\($0)\(path)") }
      }.min()
    }.min()
  }

  /// A group's path and those of the groups around it; the root is the empty path.
  private static func around(_ path: String) -> [String] {
    var paths = [""]
    for part in path.split(separator: "/") { paths.append("\(paths[paths.count - 1])/\(part)") }
    return paths
  }

  /// Version 2: `max 100000` or `50000 100000`.
  private static func unified(_ file: String) -> Double? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count == 2, numbers[1] > 0 else { return nil }
    return numbers[0] / numbers[1]
  }

  /// Version 1: two files; a quota of -1 is none.
  private static func legacy(_ folder: String) -> Double? {
    let values = ["cpu.cfs_quota_us", "cpu.cfs_period_us"].map { name -> Double? in
      let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      return text.flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    guard let quota = values[0], let period = values[1], quota > 0, period > 0 else { return nil }
    return quota / period
  }
}
