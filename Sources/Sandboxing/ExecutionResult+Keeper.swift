internal import CKeeper

extension ExecutionResult {
  /// A run as the keeper reported it.
  /// - Throws: `SandboxError` when the container failed under the run.
  init(_ ended: keeper_ended, journal: Journal, tier: IsolationTier) throws(SandboxError) {
    self.init(
      termination: try TerminationStatus(ended), usage: ResourceUsage(ended), journal: journal.entries,
      leftovers: journal.leftovers, outputTail: journal.outputTail, errorTail: journal.errorTail,
      outputBytes: Int(ended.output_bytes), errorBytes: Int(ended.error_bytes),
      tier: tier, tasks: journal.tasks, moved: journal.moved, surroundings: journal.surroundings)
  }
}

extension TerminationStatus {
  fileprivate init(_ ended: keeper_ended) throws(SandboxError) {
    switch keeper_reason(ended.reason) {
    case KEEPER_EXITED: self = .exited(Int(ended.code))
    case KEEPER_SIGNALED: self = .signaled(Int(ended.code), coreDumped: ended.core_dumped != 0)
    case KEEPER_WALL_TIME: self = .wallTimeLimit
    case KEEPER_CPU_TIME: self = .cpuTimeLimit
    case KEEPER_MEMORY: self = .memoryLimit
    case KEEPER_OUTPUT: self = .outputLimit
    case KEEPER_FILE_SIZE: self = .fileSizeLimit
    case KEEPER_BIRTHS: self = .birthLimit
    case KEEPER_TASKS: self = .taskLimit
    case KEEPER_DISK: self = .diskSpaceLimit
    case KEEPER_DEADLOCK: self = .deadlock
    case KEEPER_STOPPED: self = .stopped
    case KEEPER_DISALLOWED_CALL: self = .disallowedCall
    case KEEPER_NOT_STARTED:
      self = .notStarted(stage: unsafe String(cString: keeper_stage_name(ended.stage)), errno: ended.error)
    case KEEPER_CANCELLED: self = .cancelled
    case KEEPER_STARVED:
      throw .starved(elapsed: .nanoseconds(ended.wall_time), withheld: .nanoseconds(ended.withheld_time))
    default:
      let stage = unsafe String(cString: keeper_stage_name(ended.stage))
      throw .systemCall("Running a program in its container", call: stage, errno: ended.error)
    }
  }
}

extension ResourceUsage {
  fileprivate init(_ ended: keeper_ended) {
    let isCounted = ended.births_counted != 0
    self.init(
      wallTime: .nanoseconds(ended.wall_time), userTime: .nanoseconds(ended.user_time),
      systemTime: .nanoseconds(ended.system_time), peakMemory: Int(ended.peak_memory),
      threadsBorn: isCounted ? Int(ended.threads_born) : nil,
      processesBorn: isCounted ? Int(ended.processes_born) : nil, peakTasks: Int(ended.peak_tasks),
      birthsRefused: Int(ended.births_refused), withheldTime: .nanoseconds(ended.withheld_time))
  }
}
