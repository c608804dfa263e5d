import ArgumentParser
import Grading
import Sandboxing

/// How much the command of `run` may use.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Elapsed time, such as 10s, 500ms or 2m (default: \(Quantity.text(Self.standard.wallTime))).", valueName: "time"),
    transform: duration)
  var wall = standard.wallTime

  @Option(help: ArgumentHelp("CPU time of all its processes together.", valueName: "time"), transform: duration)
  var cpu: Duration?

  @Option(
    help: ArgumentHelp(
      "Memory of all its processes together, such as 256MiB (default: \(Quantity.text(size: Self.standard.memory))).",
      valueName: "size"), transform: size)
  var memory = standard.memory

  @Option(
    help: ArgumentHelp(
      "Threads and processes alive at the same time (default: \(Self.standard.tasks)).", valueName: "n"),
    transform: count)
  var tasks = standard.tasks

  @Option(
    help: ArgumentHelp(
      "Processes alive at the same time beside its first; 0 allows threads only (default: as many as --tasks).",
      valueName: "n"), transform: countOrNone)
  var processes: Int?

  @Option(
    help: ArgumentHelp(
      "Bytes of standard output and error together (default: \(Quantity.text(size: Self.standard.output))).",
      valueName: "size"), transform: size)
  var output = standard.output

  @Option(
    help: ArgumentHelp(
      "Bytes of any one file that it writes (default: \(Quantity.text(size: Self.standard.fileSize))).",
      valueName: "size"), transform: size)
  var fileSize = standard.fileSize

  @Option(
    help: ArgumentHelp(
      "Bytes of all files in its private folders (default: \(Quantity.text(size: Self.standard.diskSpace))).",
      valueName: "size"), transform: size)
  var disk = standard.diskSpace

  @Option(
    help: ArgumentHelp("Open files of each process (default: \(Self.standard.openFiles)).", valueName: "n"),
    transform: count)
  var openFiles = standard.openFiles

  @Option(
    help: ArgumentHelp(
      "Bytes of each process's main stack (default: \(Quantity.text(size: Self.standard.stack))).", valueName: "size"),
    transform: size)
  var stack = standard.stack

  private static let standard = Limits()

  /// What they add up to.
  var limits: Limits {
    Limits(
      wallTime: wall, cpuTime: cpu, memory: memory, tasks: tasks, processes: processes, output: output,
      fileSize: fileSize, diskSpace: disk, openFiles: openFiles, stack: stack)
  }

  private static let duration: @Sendable (String) throws -> Duration = { text in
    guard let duration = Quantity.duration(text), duration > .zero else {
      throw ValidationError("\(text) is no time. \(Quantity.durationForms)")
    }
    return duration
  }

  private static let size: @Sendable (String) throws -> Int = { text in
    guard let size = Quantity.size(text), size > 0 else {
      throw ValidationError("\(text) is no size. \(Quantity.sizeForms)")
    }
    return size
  }

  private static let countOrNone: @Sendable (String) throws -> Int = { text in
    text == "0" ? 0 : try count(text)
  }

  private static let count: @Sendable (String) throws -> Int = { text in
    guard let count = Int(text), (1...1_000_000).contains(count) else {
      throw ValidationError("\(text) is no number from 1 to 1000000.")
    }
    return count
  }
}
