import Sandboxing

/// Which threads of a Java virtual machine are the program's, and which are the machine's own.
struct JavaThreads {
  typealias Task = JournalEntry.Task

  /// What the kernel calls a Java program, and its threads that nobody has named.
  private static let programName = "java"
  /// The names of the machine's own threads, at most 15 bytes.
  private static let ownNames: Set = [
    "Attach Listener", "C1 CompilerThre", "C2 CompilerThre", "Common-Cleaner", "DestroyJavaVM", "Finalizer",
    "G1 Main Marker", "G1 Service", "Monitor Deflati", "Notification Th", "Reference Handl", "Service Thread",
    "Signal Dispatch", "Sweeper thread", "VM Periodic Tas", "VM Thread",
  ]
  /// How the names of those begin that are numbered.
  private static let ownPrefixes = ["G1 Conc#", "G1 Refine#", "GC Thread#"]

  private let processes: Set<Int>
  /// Those that run `main`; the first thread of the process only waits for their end.
  let mains: Set<Task>

  /// The Java programs among the tasks that were seen.
  init(_ seen: [StandingWords.Seen]) {
    let unnamed = seen.filter { $0.name == Self.programName }.map(\.task)
    let processes = Set(unnamed.filter(\.isMainThread).map(\.process))
    self.processes = processes
    mains = Set(unnamed.filter { !$0.isMainThread && processes.contains($0.process) })
  }

  /// Whether a process is a Java program.
  func has(_ process: Int) -> Bool { processes.contains(process) }

  /// Whether a thread is the machine's own.
  func isOwn(_ seen: StandingWords.Seen) -> Bool {
    guard processes.contains(seen.task.process) else { return false }
    return seen.task.isMainThread || Self.ownNames.contains(seen.name)
      || Self.ownPrefixes.contains { seen.name.hasPrefix($0) }
  }
}
