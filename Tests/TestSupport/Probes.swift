public import Foundation
public import Sandboxing
public import Testing

/// Which tiers this machine offers, found out once by really running a program in each.
public actor TierProbe {
  /// The one probe of this test process.
  public static let shared = TierProbe()
  private var problems: [IsolationTier: String?] = [:]

  /// Whether the tier can be had here; a tier that can't is named once on standard output.
  public func offers(_ tier: IsolationTier) async -> Bool {
    if let known = problems[tier] { return known == nil }
    var problem: String?
    do { _ = try await Sandbox(tier: tier) } catch { problem = "\(error)" }
    problems[tier] = .some(problem)
    if let problem { print("CAPABILITY MISSING: \(problem)") }
    return problem == nil
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where this machine can't contain runs in the tier.
  public static func requires(_ tier: IsolationTier) -> Self {
    .enabled("this machine does not offer tier \(tier.title)") { await TierProbe.shared.offers(tier) }
  }

  /// Skips where this machine offers no tier at all.
  public static var requiresSandbox: Self {
    .enabled("this machine offers no isolation tier that contains anything") {
      for tier in IsolationTier.allCases where tier.isContaining {
        if await TierProbe.shared.offers(tier) { return true }
      }
      return false
    }
  }

  /// Skips where nothing tells the lines of programs in C, C++ and Swift alike, which gdb alone doesn't.
  public static var requiresDebugger: Self {
    .enabled(
      if: hasDebugger(scope: 1), "there is no eu-stack (elfutils), or it may not look (kernel.yama.ptrace_scope)")
  }

  /// Skips where it can't look into the processes that a program makes.
  public static var requiresDebuggerOfChildren: Self {
    .enabled(if: hasDebugger(scope: 0), "eu-stack may not look into children (kernel.yama.ptrace_scope)")
  }

  private static func hasDebugger(scope: Int) -> Bool {
    Debugger.present?.name == "eu-stack" && KernelFeatures().tracingScope <= scope
  }

  /// Skips where the system has no Python.
  public static var requiresPython: Self {
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "there is no /usr/bin/python3")
  }
}

extension Command {
  /// The system's Python with these arguments, in the container's work folder.
  public static func python(_ arguments: [String], environment: [String: String] = [:]) -> Command {
    let environment = environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { given, _ in given }
    return Command(executable: "/usr/bin/python3", arguments: arguments, environment: environment)
  }
}

extension ContainerFile {
  /// A program of `fixtures/programs`, as `program.py` in the work folder.
  public static func program(_ name: String) throws -> ContainerFile {
    let url = Fixtures.root.appendingPathComponent("programs/\(name).py")
    return ContainerFile(path: "program.py", contents: Array(try Data(contentsOf: url)))
  }
}

/// The files that tests share.
public enum Fixtures {
  /// The folder `fixtures` of the package.
  public static var root: URL { packageRoot.appendingPathComponent("fixtures") }

  /// The folder of the package.
  public static var packageRoot: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }
}

/// The machine's processes, as anybody can see them.
public enum ProcessTable {
  /// The command lines that contain a text.
  public static func commandLines(containing text: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { Int($0) != nil }.compactMap { name in
      guard let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else { return nil }
      let line = String(decoding: data, as: UTF8.self).replacing("\0", with: " ")
      return line.contains(text) ? line : nil
    }
  }

  /// The folder that a process is in whose command line contains a text.
  public static func workingDirectory(ofProcessWith text: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let process = names.first { name in
      guard Int(name) != nil, let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: data, as: UTF8.self).contains(text)
    }
    return process.flatMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/cwd") }
  }

  /// The ids of a process's children, of all its threads, zombies too.
  public static func children(of process: Int) -> [Int] {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    return tasks.flatMap { task in
      let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(task)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { Int($0) }
    }.sorted()
  }
}

/// What was waited for did not come about within a minute.
public struct Overdue: Error {
  /// An error without details.
  public init() {}
}

/// Waits until a condition holds, at most a minute.
/// - Throws: what the condition throws, or `Overdue` when the minute is over.
public func eventually(_ condition: () throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while try !condition() {
    if ContinuousClock.now > deadline { throw Overdue() }
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// Waits as `eventually` does, and acts at once: on a thread of its own, that other tests cannot keep waiting.
/// - Throws: `Overdue` when the minute is over.
public func eventually(_ condition: @escaping @Sendable () -> Bool, then act: @escaping @Sendable () -> Void)
  async throws
{
  try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
    Thread.detachNewThread {
      let deadline = ContinuousClock.now + .seconds(60)
      while !condition() {
        if ContinuousClock.now > deadline { return continuation.resume(throwing: Overdue()) }
        usleep(5000)
      }
      act()
      continuation.resume()
    }
  }
}
