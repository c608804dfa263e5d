import Sandboxing

/// What a machine's owner can do to get the next stronger tier.
struct TierAdvice {
  let features: KernelFeatures
  /// The strongest tier that can be had now.
  let best: IsolationTier?

  /// One thing to do each, with what to type.
  var lines: [String] {
    switch best {
    case .cgroup: []
    case .namespaces: forCgroups
    case .ownUser: forNamespaces
    case .light: forNamespaces + forOwnUser
    case .bare, nil: forNamespaces + forLandlock
    }
  }

  private var forCgroups: [String] {
    if features.isInContainer {
      return [
        """
        A: give the container control groups of its own that can be written: \
        docker run --cgroupns private -v /sys/fs/cgroup:/sys/fs/cgroup:rw ...
        """
      ]
    }
    switch features.cgroupVersion {
    case 1: return ["A: control groups of version 1 are root's; run threadmark as root."]
    case 2:
      return [
        """
        A: run threadmark in a group that is delegated to you: \
        systemd-run --user --scope -p Delegate=yes threadmark ... \
        (as root without --user). Or name such a group's folder in THREADMARK_CGROUP.
        """
      ]
    default: return ["A: mount control groups: mount -t cgroup2 none /sys/fs/cgroup"]
    }
  }

  private var forNamespaces: [String] {
    let place = features.isInContainer ? "on the machine itself, not in the container: " : ""
    let settings = features.forbiddingSettings.map { "B: \(place)sudo sysctl -w \($0.name)=\($0.remedy)" }
    let wayIn = "after chroot nobody may make namespaces; enter the folder as a container: systemd-nspawn -D FOLDER ..."
    if features.isInChangedRoot == true { return settings + ["B: \(wayIn)"] }
    guard features.isInContainer else {
      return settings.isEmpty ? ["B: the kernel must allow user namespaces (CONFIG_USER_NS), and \(wayIn)"] : settings
    }
    return settings + [
      """
      B: the container's seccomp profile must allow user namespaces, if the machine is yours: \
      docker run --init --network none --pids-limit 2048 --security-opt seccomp=unconfined \
      --security-opt apparmor=unconfined --security-opt systempaths=unconfined ... \
      (or --cap-add SYS_ADMIN in place of the first --security-opt).
      """
    ]
  }

  private var forOwnUser: [String] {
    features.isRoot ? [] : ["C: run threadmark as root inside the container: docker run --user 0 ..."]
  }

  private var forLandlock: [String] {
    features.landlockABI > 0
      ? ["D: seccomp must be allowed; gVisor has none of this, use another runtime (docker run --runtime runc ...)."]
      : ["D: switch Landlock on: Linux 5.13 or later with landlock among the boot parameter lsm=..."]
  }
}
