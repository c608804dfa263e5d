import Sandboxing
import Testing

@testable import threadmark

/// What doctor tells people to type, in places that this machine is not.
struct TierAdviceTests {
  private func features(
    inContainer: Bool = false, root: Bool = false, groups: Int? = 2, landlock: Int = 6,
    forbidding: [String: String] = [:]
  ) -> KernelFeatures {
    var features = KernelFeatures()
    features.isInContainer = inContainer
    features.isRoot = root
    features.cgroupVersion = groups
    features.landlockABI = landlock
    features.isInChangedRoot = nil
    features.forbiddingSettings = forbidding.map { .init(name: $0.key, remedy: $0.value) }
    return features
  }

  private func advice(_ features: KernelFeatures, _ best: IsolationTier?) -> String {
    TierAdvice(features: features, best: best).lines.joined(separator: "\n")
  }

  private static let ubuntu = ["kernel.apparmor_restrict_unprivileged_userns": "0"]

  @Test func `on Ubuntu 24.04 it is the sysctl that allows namespaces`() {
    let lines = advice(features(forbidding: Self.ubuntu), .light)
    #expect(lines.contains("B: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"))
    #expect(!lines.contains("docker run --init"))
  }

  @Test func `in a container it is docker's flags, and the machine's own settings`() {
    let lines = advice(features(inContainer: true, root: true, forbidding: Self.ubuntu), .ownUser)
    #expect(lines.contains("B: on the machine itself, not in the container: sudo sysctl -w kernel.apparmor_restrict"))
    for flag in [
      "--security-opt seccomp=unconfined", "--cap-add SYS_ADMIN", "--network none", "--pids-limit", "--init",
    ] {
      #expect(lines.contains(flag))
    }
    #expect(!lines.contains("C:"))
  }

  @Test func `after chroot it is another way to enter the folder`() {
    var features = features(root: true)
    features.isInContainer = false
    features.isInChangedRoot = true
    #expect(advice(features, .ownUser).contains("B: after chroot"))
    features.isInChangedRoot = nil
    for cause in ["CONFIG_USER_NS", "systemd-nspawn"] { #expect(advice(features, .ownUser).contains(cause)) }
  }

  @Test func `without root in a container, root is a step too`() {
    #expect(advice(features(inContainer: true), .light).contains("C: run threadmark as root inside the container"))
  }

  @Test(arguments: [(2, "systemd-run --user --scope -p Delegate=yes"), (1, "as root"), (nil, "mount -t cgroup2")])
  func `for the caps of the kernel it is a group that may be written`(version: Int?, words: String) {
    #expect(advice(features(groups: version), .namespaces).contains(words))
  }

  @Test func `where there is no Landlock it says how to switch it on, or that another runtime is needed`() {
    #expect(advice(features(landlock: 0), .bare).contains("lsm="))
    #expect(advice(features(landlock: 6), nil).contains("--runtime runc"))
  }

  @Test func `a debugger that may not look is none`() {
    var features = features()
    features.tracingScope = 2
    let debugger = features.capabilities.first { $0.name == "a debugger" }
    #expect(debugger?.isThere == false)
    #expect(debugger?.detail.contains("is not known") == true)
    for scope in [0, 1] {
      features.tracingScope = scope
      let debugger = features.capabilities.first { $0.name == "a debugger" }
      #expect(debugger?.isThere == (Debugger.present != nil))
      #expect(debugger?.detail.contains("ptrace_scope=0") == (scope == 1 && Debugger.present != nil))
    }
  }

  @Test func `with everything there is nothing to say`() {
    #expect(advice(features(), .cgroup) == "")
  }
}
