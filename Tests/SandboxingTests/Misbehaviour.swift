import Foundation
import Sandboxing
import Testing
import TestSupport

/// A program of `fixtures/programs` and how its run must end.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
  var program: String
  var termination: TerminationStatus
  var limits = Limits(wallTime: .seconds(60))
  var hasLeftovers = false
  var output: String?
  var testDescription: String { program }

  /// In every tier the same.
  static let all: [Misbehaviour] = [
    .init(program: "busy_loop", termination: .wallTimeLimit, limits: Limits(wallTime: .milliseconds(300))),
    .init(
      program: "busy_loop", termination: .cpuTimeLimit,
      limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(300))),
    .init(program: "sleeps", termination: .wallTimeLimit, limits: Limits(wallTime: .milliseconds(300))),
    .init(
      program: "spinning_orphans", termination: .cpuTimeLimit,
      limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(500))),
    .init(program: "memory_hog", termination: .memoryLimit),
    .init(program: "memory_shared_out", termination: .memoryLimit),
    .init(program: "output_flood", termination: .outputLimit),
    .init(program: "error_flood", termination: .outputLimit),
    .init(program: "segmentation_fault", termination: .signaled(Int(SIGSEGV), coreDumped: false)),
    .init(program: "aborts", termination: .signaled(Int(SIGABRT), coreDumped: false)),
    .init(program: "exit_status", termination: .exited(42)),
    .init(program: "stops_itself", termination: .stopped),
    .init(program: "file_too_large", termination: .fileSizeLimit),
    .init(program: "self_deadlock", termination: .deadlock),
    .init(program: "crossed_locks", termination: .deadlock),
    .init(program: "processes_waiting_for_each_other", termination: .deadlock),
    .init(program: "fork_bomb", termination: .taskLimit, limits: Limits(wallTime: .seconds(60), tasks: 20)),
    .init(program: "thread_bomb", termination: .taskLimit, limits: Limits(wallTime: .seconds(60), tasks: 20)),
    .init(program: "daemon", termination: .exited(0), hasLeftovers: true),
    .init(program: "daemon_holding_output", termination: .exited(0), hasLeftovers: true),
    .init(program: "ends_soon_after", termination: .exited(0)),
    .init(program: "kills_everything", termination: .exited(0)),
    .init(program: "deep_tree", termination: .exited(0)),
    .init(program: "opens_kernel_settings", termination: .exited(0), output: "contained\n"),
  ]

  /// Runs it, and looks for what it left: processes, files, or a container that no longer works.
  func check(in tier: IsolationTier) async throws {
    let sandbox = try await Sandbox(tier: tier)
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    let marker = "threadmark-test-\(UUID().uuidString)"
    let result = try await container.run(
      .python(["program.py", marker]), files: [try .program(program)], limits: limits, observation: Observation())
    #expect(result.termination == termination, "\(String(decoding: result.errorOutput, as: UTF8.self))")
    if let output { #expect(String(decoding: result.output, as: UTF8.self) == output) }
    #expect(result.leftovers.isEmpty != hasLeftovers)
    #expect(result.output.count + result.errorOutput.count <= limits.output)
    #expect(ProcessTable.commandLines(containing: marker).isEmpty)
    let next = try await container.run(
      .python(["-c", "import os; print(sorted(os.listdir('.')))"]), files: [], limits: Limits(),
      observation: Observation())
    #expect(next.termination == .exited(0))
    #expect(String(decoding: next.output, as: UTF8.self) == "[]\n")
    await container.close()
  }
}
