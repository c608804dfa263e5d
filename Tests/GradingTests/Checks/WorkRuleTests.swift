import Foundation
import Grading
import Sandboxing
import Testing
import TestSupport

/// A program of `fixtures/concurrency`, a rule, and what the rule must say of it.
private struct WorkCase: Sendable, CustomTestStringConvertible {
  var program: String
  var rule: any ConcurrencyRule
  /// What a failing finding says; nil for a pass.
  var says: String?
  var testDescription: String { "\(program): \(type(of: rule).key)" }

  init(_ program: String, _ rule: any ConcurrencyRule, fails says: String? = nil) {
    self.program = program
    self.rule = rule
    self.says = says
  }

  static let all: [WorkCase] = [
    .init("pool_map", OverlappingWork()),
    .init("pool_map", ParallelWork()),
    .init("pool_map", SharedWork(2)),
    .init("pool_map", BalancedWork(10)),
    .init("pool_map", SleeplessWaiting()),
    .init("pool_apply", OverlappingWork(), fails: "only one worked at a time"),
    .init("pool_apply", ParallelWork(), fails: "Only one of the processes ran at a time."),
    .init("wide_lock", OverlappingWork(), fails: "only one worked at a time"),
    .init("wide_lock", SleeplessWaiting(mainOnly: true)),
    .init("wide_lock", SleeplessWaiting(), fails: "A thread or process sleeps"),
    .init("narrow_lock", OverlappingWork()),
    .init("global_lock", OverlappingWork()),
    .init("one_loop", OverlappingWork(), fails: "each only when the one before had ended"),
    .init("called_at_once", SharedWork(2), fails: "The main thread did the work"),
    .init("decoys", SharedWork(2), fails: "The main thread did the work"),
    .init("uneven", BalancedWork(3), fails: "The work is shared unevenly"),
    .init("uneven", SharedWork(3), fails: "Only 1 of 3 did a part of the work"),
    .init("sleeps_for_join", SleeplessWaiting(), fails: "The main thread sleeps after it has started others"),
    .init("no_threads", OverlappingWork(), fails: "Neither a thread nor a process was started"),
    .init("no_threads", SharedWork(2), fails: "Neither a thread nor a process was started"),
  ]
}

@Suite("What threads and processes do", .requiresPython, .requiresSandbox, .serialized)
struct WorkRuleTests {
  /// A graded run: observed as the grader does it.
  private func run(_ program: String, _ mode: RunMode) async throws -> Run {
    let file = Fixtures.root.appendingPathComponent("concurrency/\(program).py")
    let isStretched = mode == .stretched
    let result = try await WitnessedRun(
      python: try #require(PythonInterpreter.all.last),
      observation: Observation(isStretched: isStretched, accountsTasks: true, tracesStates: true),
      environment: isStretched ? ["THREADMARK_STRETCH": "1"] : [:]
    ).run(String(contentsOf: file, encoding: .utf8))
    try #require(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    return .make(result, mode: mode)
  }

  @Test(arguments: WorkCase.all) private func `each fault is found in its program, and in no other`(
    _ example: WorkCase
  ) async throws {
    let outcome = example.rule.judge(try await run(example.program, type(of: example.rule).mode))
    switch outcome {
    case .holds: #expect(example.says == nil)
    case .untold(let reason): Issue.record("said that it can't be told: \(reason)")
    case .broken(let finding):
      let says = try #require(example.says, "\(finding)")
      #expect(finding.verdict == .notConcurrent)
      #expect("\(finding.message)".contains(says), "\(finding)")
    }
  }

  @Test func `threads that compute under one global lock never pass for parallel`() async throws {
    guard case .holds(let evidence) = ParallelWork().judge(try await run("global_lock", .stretched)) else { return }
    Issue.record("passed: \(evidence)")
  }

  @Test func `work too short to be seen is skipped, not failed`() async throws {
    let run = try await run("sleeps_for_join", .stretched)
    guard case .skipped(let reason) = ConcurrencyCheck(rules: [BalancedWork(2)]).judge([run]) else {
      Issue.record("it was judged")
      return
    }
    #expect(reason.contains("can't be told"))
  }

  @Test(
    arguments: [OverlappingWork(), ParallelWork(), SharedWork(2), BalancedWork(2), SleeplessWaiting()]
      as [any ConcurrencyRule])
  func `a machine that sees no tasks gets no failure`(_ rule: any ConcurrencyRule) {
    guard case .untold = rule.judge(.make(.make(output: "a\n"), mode: type(of: rule).mode)) else {
      Issue.record("it judged what nobody saw")
      return
    }
  }
}

@Suite("What threads and processes do, by their accounts")
struct WorkFactsTests {
  private static func thread(_ number: Int) -> JournalEntry.Task { .init(process: 10, thread: 10 + number) }

  /// Threads let go together, each of which runs from one instant to another, and waits before and after.
  private static func run(_ runs: [ClosedRange<Int64>], work: [Int64]? = nil) -> Run {
    let unit: Int64 = 1_000_000
    var journal: [JournalEntry] = []
    var tasks = [
      TaskAccount(task: .init(process: 10, thread: 10), began: 0, ended: 1000 * unit, runTime: 5 * unit)
    ]
    for (index, range) in runs.enumerated() {
      let task = thread(index + 1)
      let waiting = TaskState.waiting(systemCall: 202, name: "futex", isEndless: true)
      journal += [
        JournalEntry(time: 1, event: .held(task)), JournalEntry(time: 2, event: .released(task, together: runs.count)),
        JournalEntry(time: 3, event: .state(task, waiting)),
        JournalEntry(time: range.lowerBound * unit + 4, event: .state(task, .running)),
        JournalEntry(time: range.upperBound * unit, event: .state(task, waiting)),
      ]
      let own = (work?[index] ?? range.upperBound - range.lowerBound) * unit
      tasks.append(
        TaskAccount(task: task, began: 0, ended: 1000 * unit, runTime: own + unit, gateTime: unit))
    }
    journal.sort { $0.time < $1.time }
    let result = ExecutionResult(
      usage: ResourceUsage(wallTime: .seconds(1), threadsBorn: runs.count), journal: journal, tasks: tasks)
    return .make(result, mode: .stretched)
  }

  @Test(
    arguments: [
      ([0...100, 100...200, 200...300], false), ([0...100, 0...100, 0...100], true), ([0...100, 20...60], true),
      ([0...100, 90...190, 180...280], false), ([0...100, 60...160, 120...220], false),
      ([0...400, 0...60, 50...110], true),
    ] as [([ClosedRange<Int64>], Bool)])
  func `work overlaps when most of it could not have been done in turn`(_ runs: [ClosedRange<Int64>], holds: Bool) {
    for rule in [OverlappingWork(), ParallelWork()] as [any ConcurrencyRule] {
      let outcome = rule.judge(Self.run(runs))
      if case .holds = outcome { #expect(holds) } else { #expect(!holds, "\(outcome)") }
    }
  }

  @Test func `what was done before the gate is no work`() throws {
    guard case .holds(let evidence) = BalancedWork(2).judge(Self.run([0...81, 0...42], work: [80, 41])) else {
      Issue.record("1.95 times is more than 2")
      return
    }
    #expect(evidence == "the busiest did 2.0 times the work of the idlest")
    guard case .broken = BalancedWork(2).judge(Self.run([0...81, 0...40], work: [80, 39])) else {
      Issue.record("2.05 times is no more than 2")
      return
    }
  }

  @Test func `a worker that had something to do all the time but no CPU is not idle`() {
    let starved = Self.run([0...100, 0...98], work: [95, 9])
    guard case .holds = BalancedWork(2).judge(starved), case .holds = SharedWork(2).judge(starved) else {
      Issue.record("the machine's doing was held against the program")
      return
    }
    let idle = Self.run([0...100, 0...40], work: [95, 9])
    guard case .broken = BalancedWork(2).judge(idle), case .broken = SharedWork(2).judge(idle) else {
      Issue.record("one that had nothing to do for most of the time passed")
      return
    }
  }

  @Test func `a tenth of what the busiest does is a part of the work`() {
    let run = Self.run([0...100, 0...10, 0...9], work: [100, 10, 9])
    guard case .holds = SharedWork(2).judge(run), case .broken = SharedWork(3).judge(run) else {
      Issue.record("the parts were counted otherwise")
      return
    }
  }
}
