import Sandboxing
import Testing

@testable import Grading

/// What others took from a run, from facts as different kernels tell them.
struct InterferenceTests {
  private func result(
    used: Double = 0.5, busy: Double? = nil, steal: Double = 0, delays: [Double?] = [], pressure: Double? = nil,
    throttled: Double? = nil, peakTasks: Int = 2
  ) -> ExecutionResult {
    let nanoseconds = { (seconds: Double) in Int64(seconds * 1e9) }
    let surroundings = Surroundings(
      cpus: [Surroundings.CPU(number: 3, busy: nanoseconds(busy ?? used), steal: nanoseconds(steal), idle: 0)],
      pressure: pressure.map(nanoseconds), throttledTime: throttled.map(nanoseconds))
    let tasks = delays.enumerated().map { number, delay in
      TaskAccount(
        task: .init(process: 1, thread: 1 + number), began: 0, ended: 1, runTime: 1, runDelay: delay.map(nanoseconds))
    }
    return ExecutionResult(
      usage: ResourceUsage(wallTime: .seconds(1), userTime: .seconds(used), peakTasks: peakTasks), tasks: tasks,
      surroundings: surroundings)
  }

  private func lost(_ result: ExecutionResult) -> Double? {
    Interference(result, cpus: [3]).lost.map { ($0 * 1000).rounded() / 1000 }
  }

  @Test func `what others used is an upper bound, less than a tick is nothing`() {
    #expect(lost(result(busy: 0.8)) == 0.29)
    #expect(lost(result(busy: 0.505)) == 0)
  }

  @Test func `who waited little lost little, however much others used elsewhere`() {
    #expect(lost(result(busy: 0.8, delays: [0.05, 0.03])) == 0.08)
    #expect(lost(result(busy: 0.6, delays: [0.5, 0.4])) == 0.09)
  }

  @Test func `what a single task waited is certain, what may have met others is not`() {
    let alone = Interference(result(busy: 0.6, delays: [0.3], peakTasks: 1), cpus: [3])
    #expect(alone.certain == 0.3)
    #expect(alone.lost == 0.3)
    #expect(Interference(result(delays: [0.3, 0.1]), cpus: [3]).certain == nil)
    #expect(Interference(result(delays: [nil], peakTasks: 1), cpus: [3]).certain == nil)
    let robbed = Interference(result(busy: 0.6, steal: 0.2, delays: [0.3], throttled: 0.1, peakTasks: 1), cpus: [3])
    #expect(robbed.certain == 0.3)
    #expect(robbed.lost.map { abs($0 - 0.6) < 1e-9 } == true)
  }

  @Test func `what runs on the other hyperthreads of its cores slows it down`() {
    let beside = { (result: ExecutionResult, siblings: Double) in
      Interference(result, cpus: [3], siblings: siblings)
    }
    #expect(beside(result(busy: 0.5, delays: [0, 0]), 1).lost.map { abs($0 - 0.4) < 1e-9 } == true)
    #expect(beside(result(busy: 0.6, delays: [0.3], peakTasks: 1), 1).certain == 0.3)
    #expect(beside(result(busy: 0, delays: [nil, nil]), 1).lost.map { abs($0 - 0.4) < 1e-9 } == true)
    let stopped = result(busy: 0, delays: [nil, nil], throttled: 0.1)
    #expect(beside(stopped, 1).lost.map { abs($0 - 0.5) < 1e-9 } == true)
    let reason = beside(result(busy: 0.5, delays: [0, 0]), 1).reason(over: 1, limit: 0.3)
    #expect(reason == "other programs used the CPUs' other hyperthreads")
  }

  @Test func `a kernel that shows neither times nor delays still shows pressure, or nothing`() {
    #expect(lost(result(busy: 0, delays: [nil, nil], pressure: 0.2)) == 0.2)
    #expect(lost(result(busy: 0, delays: [nil, nil])) == nil)
  }

  @Test func `the cause is named`() {
    func reason(_ result: ExecutionResult) -> String? { Interference(result, cpus: [3]).reason(over: 1, limit: 0.1) }
    #expect(reason(result(busy: 0.55)) == nil)
    #expect(reason(result(busy: 0.8)) == "other programs used the CPUs")
    #expect(reason(result(steal: 0.3)) == "another virtual machine used the CPUs")
    #expect(reason(result(throttled: 0.3)) == "the control group's quota stopped it")
  }
}
