import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// Why a program is not faster, each sentence from a golden case: what such a program was seen to do.
struct SpeedupExplanationTests {
  private func sentences(
    _ speedup: Double, _ facts: SpeedupFacts, kind: SpeedupPlan.Kind = .cpu, workers: Int = 2,
    hasGlobalLock: Bool = true
  ) -> [String] {
    let plan = SpeedupPlan(baselines: ["one"], variants: ["many"], kind: kind)
    var measurement = SpeedupMeasurement(
      plan: plan, scenarios: [Scenario(id: "one", workers: 1), Scenario(id: "many", workers: workers)], usable: 2)
    measurement.cpus = [0, 1]
    measurement.facts = facts
    measurement.hasGlobalLock = hasGlobalLock
    for _ in 0..<3 {
      measurement.evidence["many"]?.add(
        TimedPair(baseline: TimedSpan(measured: 1), variant: TimedSpan(measured: 1 / speedup)))
    }
    return SpeedupExplanation(measurement).sentences
  }

  @Test func `nothing was started`() {
    let said = sentences(1, SpeedupFacts(baselineCPU: 1, wall: 1, cpu: 1, threads: 0, processes: 0))
    #expect(said[0] == "Everything was done by the main thread: no other thread or process was started.")
    #expect(said[1] == "As good as all of the work was done one piece after the other.")
  }

  @Test func `threads under the global lock`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.02, cpu: 1.01, threads: 2, processes: 0, peakTasks: 3, workerCPU: [0.5, 0.5], waits: 400)
    let sentence =
      "Threads can't speed this up under Python's global lock (GIL): 0.98 times is what 2 of them give. Use processes."
    #expect(sentences(0.98, facts)[0] == sentence)
    #expect(!sentences(0.98, facts, hasGlobalLock: false).contains(sentence))
  }

  @Test func `pieces that are too small`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 2, cpu: 2.4, systemCPU: 0.5, threads: 3, processes: 2, peakTasks: 6, workerCPU: [0.7, 0.7],
      waits: 50_000)
    #expect(
      sentences(0.5, facts)[0]
        == "The pieces of work are so small that handing them over costs more than doing them: the CPU time was 2.40 times "
        + "that of the baseline, and its tasks waited 50000 times. Give each worker larger chunks.")
  }

  @Test func `pieces that are too small, where the kernel tells of pipes`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 2, cpu: 2.4, systemCPU: 0.5, threads: 3, processes: 2, peakTasks: 6, workerCPU: [0.7, 0.7],
      waits: 50_000, movedBytes: 19_432_027, moves: 468_100)
    #expect(
      sentences(0.5, facts)[0]
        == "The pieces of work are so small that handing them over costs more than doing them: the CPU time was 2.40 times "
        + "that of the baseline, 468100 reads and writes moved some 41 bytes each between its processes, and its tasks waited "
        + "50000 times. Give each worker larger chunks.")
  }

  @Test func `more data than work`() {
    let facts = SpeedupFacts(
      baselineCPU: 0.9, wall: 6, cpu: 9.4, systemCPU: 3.7, threads: 3, processes: 2, peakTasks: 6,
      workerCPU: [3.6, 3.6],
      waits: 14_946, movedBytes: 2_030_033_063, moves: 25_131)
    #expect(
      sentences(0.5, facts)[0]
        == "Handing data over costs more than it saves: 1015 MB went through pipes between its processes, packed and unpacked "
        + "each time, and the CPU time was 10.44 times that of the baseline. Send less: have each worker make its part of "
        + "the data itself, from its beginning and end.")
  }

  @Test func `one worker did nearly all of it`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 0.95, cpu: 1.02, threads: 3, processes: 2, peakTasks: 6, workerCPU: [0.9, 0.1], waits: 50)
    #expect(
      sentences(1.05, facts)[0]
        == "One worker did 90 % of the work: the parts differ that much, or a lock kept the others from theirs.")
  }

  @Test func `a pool of one`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.05, cpu: 1.04, threads: 3, processes: 1, peakTasks: 5, workerCPU: [0.97, 0.001], waits: 50
    )
    #expect(sentences(0.97, facts)[0] == "There was only one worker that did anything.")
  }

  @Test func `one lock around the work`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.04, cpu: 1.05, threads: 3, processes: 2, peakTasks: 6, workerCPU: [0.5, 0.48, 0.001],
      waits: 60)
    #expect(
      sentences(0.97, facts)[0]
        == "2 threads or processes shared the work, but only 1.01 CPUs were busy: they waited for each other, as one lock "
        + "held during the work makes them do.")
  }

  @Test func `helpers that only look busy`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1, cpu: 1.95, threads: 0, processes: 1, peakTasks: 2, workerCPU: [0.97], waits: 10)
    #expect(
      sentences(1, facts)[0]
        == "1.95 CPUs were busy, but with 1.95 times the CPU time that the same work took without parallelism: the rest was "
        + "work done more than once, or none at all, such as waiting in a loop.")
  }

  @Test func `the main thread did the work`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.05, cpu: 1.04, threads: 0, processes: 2, peakTasks: 3, workerCPU: [0.01, 0.01], waits: 50)
    #expect(
      sentences(0.97, facts)[0]
        == "The main thread did the work itself; the threads and processes that it started did next to nothing.")
  }

  @Test func `processes that are started one after the other`() {
    let facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.05, cpu: 1.04, threads: 0, processes: 2, peakTasks: 2, workerCPU: [0.5, 0.5],
      together: 1.01, waits: 50)
    #expect(
      sentences(0.97, facts)[0]
        == "Each thread or process was started when the one before had ended, so they never worked at the same time.")
  }

  @Test func `what the machine kept from the program is no reason of the program's`() {
    var facts = SpeedupFacts(
      baselineCPU: 1, wall: 1.04, cpu: 1.05, threads: 3, processes: 2, peakTasks: 6, workerCPU: [0.5, 0.48], waits: 60)
    facts.delay = 1
    #expect(!sentences(0.97, facts)[0].contains("waited for each other"))
  }

  @Test func `threads that wait one after the other`() {
    func facts(peak: Int) -> SpeedupFacts {
      SpeedupFacts(baselineCPU: 0.05, wall: 1, cpu: 0.05, threads: 20, processes: 0, peakTasks: peak)
    }
    #expect(
      sentences(1, facts(peak: 2), kind: .io, workers: 20)[0]
        == "There was never more than one thread beside the main thread: each was started when the one before had ended."
    )
    #expect(
      sentences(2.8, facts(peak: 4), kind: .io, workers: 20)[0]
        == "No more than 3 threads were there at the same time; 20 are asked for.")
    #expect(
      sentences(1, facts(peak: 21), kind: .io, workers: 20)[0]
        == "20 threads were there at the same time, but they waited for each other rather than for their answers, as one "
        + "lock held while waiting makes them do.")
  }

  @Test func `how many were alive at once is taken from their lives`() {
    func tasks(_ lives: [(Int64, Int64)]) -> ExecutionResult {
      let first = TaskAccount(task: .init(process: 1, thread: 1), began: 0, ended: 1000, runTime: 10)
      let others = lives.enumerated().map { number, life in
        TaskAccount(
          task: .init(process: 1, thread: number + 2), creator: first.task, began: life.0, ended: life.1, runTime: 5)
      }
      return ExecutionResult(tasks: [first] + others)
    }
    func together(_ lives: [(Int64, Int64)]) -> Double? {
      SpeedupFacts(baseline: tasks([]), variant: tasks(lives)).together
    }
    #expect(together([]) == nil)
    #expect(together([(0, 100), (95, 200), (200, 300)]) == 305.0 / 300)
    #expect(together([(0, 300), (0, 300), (600, 900)]) == 1.5)
  }

  @Test(arguments: [
    (2.0, 2.0, 0.0), (1.0, 2.0, 1.0), (1.6, 2.0, 0.25), (4.0, 8.0, 1.0 / 7), (3.0, 2.0, 0.0), (1.45, 1.45, 0.0),
  ])
  func `the serial part follows from speedup and workers`(_ speedup: Double, workers: Double, fraction: Double) throws {
    let found = try #require(SpeedupExplanation.serialFraction(speedup: speedup, workers: workers))
    #expect(abs(found - fraction) < 1e-9)
  }

  @Test func `Amdahl's law says how far it could go`() {
    let said = sentences(1.6, SpeedupFacts(baselineCPU: 1, wall: 0.63, cpu: 1, threads: 3, processes: 2, peakTasks: 2))
    #expect(
      said.last
        == "25 % of the work was done one piece after the other (Karp-Flatt metric); with so much of it, no number of "
        + "workers could be more than 4.0 times as fast (Amdahl's law).")
  }
}
