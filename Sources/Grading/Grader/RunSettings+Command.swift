import Sandboxing

extension RunSettings {
  /// The command as it is run with these settings.
  /// - Parameters:
  ///   - command: the command of a plain run.
  ///   - available: the CPUs that it may be given, where the command does not name them.
  /// - Returns: the command with its CPUs and environment.
  func applied(to command: Command, available: Set<Int> = CPUSet.available) -> Command {
    var command = command
    if let oneCPU {
      let cpus = (command.cpus ?? available).sorted()
      if !cpus.isEmpty { command.cpus = [cpus[oneCPU % cpus.count]] }
    }
    if let hashSeed { command.environment["PYTHONHASHSEED"] = String(hashSeed) }
    command.environment.merge(Witness.environment(switchInterval: switchInterval, startDelays: startDelays)) { $1 }
    return command
  }

  /// The limits as they are with these settings: what takes longer because of them costs no program anything.
  /// - Parameters:
  ///   - limits: the limits of a plain run.
  ///   - cpuCount: how many CPUs a plain run may use.
  /// - Returns: the limits with more time.
  func applied(to limits: Limits, cpuCount: Int = CPUSet.available.count) -> Limits {
    var limits = limits
    // One CPU does the work of all; switching threads all the time was measured to take a third more.
    if oneCPU != nil { limits.wallTime = limits.wallTime * max(1, cpuCount) }
    if switchInterval != nil {
      limits.wallTime = limits.wallTime * 2
      limits.cpuTime = limits.cpuTime.map { $0 * 2 }
    }
    return limits
  }
}
