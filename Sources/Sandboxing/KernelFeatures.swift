internal import CKeeper
import Foundation
import Glibc

/// What the kernel and its surroundings offer for containing and watching runs, each thing asked for, none assumed.
public struct KernelFeatures: Sendable, Equatable {
  /// The Landlock ABI, from 1; 0 where the kernel has none or it is switched off.
  public var landlockABI: Int
  /// Whether system calls can be handed to a supervisor (seccomp user notifications).
  public var hasNotifications: Bool
  /// Whether the kernel keeps how long a task waited for a CPU (`schedstat`).
  public var keepsRunDelay: Bool
  /// Whether it says how long tasks waited for CPUs on the whole (`/proc/pressure/cpu`).
  public var keepsPressure: Bool
  /// Whether threadmark runs as root.
  public var isRoot: Bool
  /// Whether threadmark itself runs in a container of Docker, Podman or Kubernetes.
  public var isInContainer: Bool
  /// Whether it runs in a changed root folder, as after `chroot`; nil where that can't be seen.
  public var isInChangedRoot: Bool?
  /// The version of control groups that memory is accounted in, 2 or 1; nil where no such group is mounted.
  public var cgroupVersion: Int?
  /// Who may look into a process (`kernel.yama.ptrace_scope`): 0 its user, 1 its parents and whom it names, from 2 on nobody.
  public var tracingScope: Int
  /// Settings that forbid user namespaces, such as `user.max_user_namespaces`, with the value that allows them.
  public var forbiddingSettings: [Setting]

  /// A setting of the kernel.
  public struct Setting: Sendable, Equatable {
    /// Its name, as `sysctl` takes it.
    public var name: String
    /// The value that lifts it.
    public var remedy: String

    /// A setting that stands in the way.
    public init(name: String, remedy: String) {
      self.name = name
      self.remedy = remedy
    }
  }

  /// Asks this machine.
  public init() {
    landlockABI = Int(keeper_landlock_abi())
    hasNotifications = keeper_has_notifications() == 1
    keepsRunDelay = Self.keepsRunDelay()
    keepsPressure = Self.text("/proc/pressure/cpu") != nil
    isRoot = geteuid() == 0
    isInContainer =
      ["/.dockerenv", "/run/.containerenv"].contains { FileManager.default.fileExists(atPath: $0) }
      || ProcessInfo.processInfo.environment["KUBERNETES_SERVICE_HOST"] != nil
    isInChangedRoot = Self.isInChangedRoot()
    cgroupVersion = Self.cgroupVersion()
    tracingScope = Self.text("/proc/sys/kernel/yama/ptrace_scope").flatMap { Int($0) } ?? 0
    forbiddingSettings = [
      ("user.max_user_namespaces", "0", "15000"), ("kernel.unprivileged_userns_clone", "0", "1"),
      ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
    ].filter { Self.text("/proc/sys/" + $0.0.replacing(".", with: "/")) == $0.1 }
      .map { Setting(name: $0.0, remedy: $0.2) }
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The first process has the machine's own root, and only root may see it.
  private static func isInChangedRoot() -> Bool? {
    var first = stat()
    var own = stat()
    guard unsafe stat("/proc/1/root/.", &first) == 0, unsafe stat("/.", &own) == 0 else { return nil }
    return (first.st_dev, first.st_ino) != (own.st_dev, own.st_ino)
  }

  /// This thread has waited for a CPU at least once in its life, or has run, where the kernel counts that at all.
  private static func keepsRunDelay() -> Bool {
    let numbers = text("/proc/thread-self/schedstat")?.split(separator: " ").compactMap { UInt64($0) } ?? []
    return numbers.count == 3 && numbers[0] > 0
  }

  private static func cgroupVersion() -> Int? {
    let mounts = text("/proc/self/mountinfo")?.split(separator: "\n") ?? []
    let unified = mounts.first { $0.contains(" - cgroup2 ") }?.split(separator: " ")
    if let unified, unified.count > 4,
      text("\(unified[4])/cgroup.controllers")?.split(separator: " ").contains("memory") == true
    {
      return 2
    }
    let isMemory = { (line: Substring) in line.split(whereSeparator: { " ,".contains($0) }).contains("memory") }
    return mounts.contains { $0.contains(" - cgroup ") && isMemory($0) } ? 1 : nil
  }
}
