import Sandboxing
import Testing

/// A program of `fixtures/programs`, how its run must end and what it must have printed, in each tier.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
  var program: String
  /// After the marker, which is each program's first argument.
  var arguments: [String] = []
  var limits = Limits(wallTime: .seconds(60))
  var termination: TerminationStatus = .exited(0)
  /// Whether processes must have been left behind; nil where that is a matter of chance.
  var leavesProcesses: Bool? = false
  /// The whole of what it prints; nil where that says nothing.
  var output: String?
  /// CPU time that must have been charged to the run.
  var charged: Duration = .zero
  /// What it prints in a tier where that differs.
  var printsOtherwise: [IsolationTier: String] = [:]
  /// How it ends in a tier where that differs.
  var endsOtherwise: [IsolationTier: TerminationStatus] = [:]
  /// Whether it shares memory by name, as an exercise with processes may.
  var sharesMemory = false
  /// A program of the machine that it runs itself, by its path; nil where it needs none.
  var tool: String?
  /// How it is compiled; nil for Python.
  var build: CProgram?

  var testDescription: String { ([program] + arguments).joined(separator: " ") }

  /// What it must print in a tier.
  func output(in tier: IsolationTier) -> String? { printsOtherwise[tier] ?? output }

  /// How it must end in a tier.
  func termination(in tier: IsolationTier) -> TerminationStatus { endsOtherwise[tier] ?? termination }

  /// All of them, in every tier the same unless they say otherwise.
  static let all = processes + endings + peers + outputs + resources + files + compilations + doors + others

  /// Limits for programs that make processes, with little patience.
  static func brief(_ wallTime: Duration = .milliseconds(300), tasks: Int = 64) -> Limits {
    Limits(wallTime: wallTime, tasks: tasks)
  }

  /// Limits for programs that make processes and end by themselves.
  static let patient = Limits(wallTime: .seconds(60))
}
