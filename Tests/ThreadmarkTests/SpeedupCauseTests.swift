import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import Grading
@testable import threadmark

/// Why a reference submission is not faster, from what one pair of its runs shows.
///
/// The cause is certain long before the speedup is, so nothing is timed for long. Where other programs took too much of the
/// pair, it is left open: a mark never rests on such a pair. Those that `TimedReferenceTests` times are explained there.
@Suite(.requiresSandbox, .requiresPython, .serialized)
struct SpeedupCauseTests {
  /// A reference submission and a part of the sentence that must explain it.
  struct Case: Sendable, CustomTestStringConvertible {
    var submission: String
    var says: String
    var testDescription: String { submission }

    init(_ submission: String, _ says: String) {
      self.submission = submission
      self.says = says
    }
  }

  /// A lock may let one worker do nearly all, or each a part in turn: both sentences name it.
  private static let lock = "lock "

  private static let computing: [Case] = [
    Case("not_concurrent/sequential", "Everything was done by the main thread"),
    Case(
      "not_concurrent/threads_in_place_of_processes", "Threads can't speed this up under Python's global lock (GIL)"),
    Case("not_concurrent/one_lock_around_the_work", Self.lock),
    Case("not_concurrent/asks_for_one_lock_with_a_timeout", Self.lock),
    Case("not_concurrent/one_worker_gets_nearly_all", "One worker did "),
    Case("not_concurrent/pool_of_one", "There was only one worker that did anything."),
    Case("not_concurrent/start_and_join_in_one_loop", "was started when the one before had ended"),
    Case("not_concurrent/calls_the_target", "The main thread did the work itself"),
    Case("not_concurrent/helpers_that_only_look_busy", "work done more than once, or none at all"),
  ]

  private static let waiting: [Case] = [
    Case("not_concurrent/sequential", "no other thread or process was started"),
    Case("not_concurrent/start_and_join_in_one_loop", "each was started when the one before had ended"),
    Case("not_concurrent/one_lock_around_the_fetching", "they waited for each other rather than for their answers"),
  ]

  @Test(arguments: computing) func `why a program that computes is slow is said rightly`(_ example: Case) async throws {
    try await check(example, of: "cpu-bound-processes")
  }

  @Test(arguments: waiting) func `why a program that waits is slow is said rightly`(_ example: Case) async throws {
    try await check(example, of: "io-bound-threads")
  }

  private func check(_ example: Case, of id: String) async throws {
    let folder = "\(Repository.root)/exercises/\(id)"
    let exercise = Self.shortened(try Marking.exercise(in: folder))
    let marking = try await Marking(exercise, python: nil, tier: nil)
    let file = SubmissionReference(path: "\(folder)/submissions/\(example.submission).py")
    let report = try await marking.grader.grade(file)
    let speedup = try #require(report.checks.last?.speedup, "\(report.checks.flatMap(\.evidence))")
    let judged = try Self.plan(of: exercise).judged
    let isDisturbed = speedup.runs.contains { run in
      run.lost ?? 0 > 0.3 * run.wall && [speedup.baseline, judged].contains(run.scenario)
    }
    if isDisturbed {
      print("LEFT OPEN: \(example.submission): the pair was disturbed")
      return
    }
    let sentences = SpeedupExplanation(try Self.measurement(speedup, exercise)).sentences
    #expect(sentences.first?.contains(example.says) == true, "\(sentences) \(speedup.facts as Any)")
  }

  /// No time for more than the first runs, less to compute, and nothing else to be run before.
  private static func shortened(_ exercise: Exercise) -> Exercise {
    var exercise = exercise
    exercise.checks = exercise.checks.suffix(1)
    for index in exercise.scenarios.indices {
      exercise.scenarios[index].arguments = exercise.scenarios[index].arguments.map { $0 == "100000" ? "40000" : $0 }
    }
    for index in exercise.checks.indices {
      guard var check = exercise.checks[index].check as? SpeedupCheck else { continue }
      check.plan.budget = 0
      exercise.checks[index].check = check
    }
    return exercise
  }

  private static func plan(of exercise: Exercise) throws -> SpeedupPlan {
    try #require(exercise.checks.last?.check as? SpeedupCheck).plan
  }

  /// What those runs would say if they were said to be enough.
  private static func measurement(_ speedup: SpeedupReport, _ exercise: Exercise) throws -> SpeedupMeasurement {
    let plan = try plan(of: exercise)
    var measurement = SpeedupMeasurement(plan: plan, scenarios: exercise.scenarios, usable: 2)
    measurement.cpus = speedup.cpus
    measurement.hasGlobalLock = true
    measurement.facts = speedup.facts
    let walls = Dictionary(speedup.runs.map { ($0.scenario, $0.wall) }) { first, _ in first }
    let baseline = try #require(walls[speedup.baseline])
    let variant = try #require(walls[plan.judged])
    measurement.evidence[plan.judged]?.add(
      TimedPair(baseline: TimedSpan(measured: baseline), variant: TimedSpan(measured: variant)))
    return measurement
  }
}
