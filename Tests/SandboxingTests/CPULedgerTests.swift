import Sandboxing
import Synchronization
import TestSupport
import Testing

/// Who may use which CPU when, without a process.
struct CPULedgerTests {
  /// What is on each CPU now, and whether anything ever was beside a holder that is to be alone.
  final class Watch: Sendable {
    private struct State {
      var sharers: [Int: Int] = [:]
      var alone: Set<Int> = []
      var violations = 0
      var served: [String] = []
    }
    private let state = Mutex(State())
    let siblings: @Sendable (Int) -> [Int]

    init(siblings: @escaping @Sendable (Int) -> [Int] = { [$0] }) { self.siblings = siblings }

    var violations: Int { state.withLock(\.violations) }
    var served: [String] { state.withLock(\.served) }

    func serve(_ name: String) { state.withLock { $0.served.append(name) } }

    func enter(_ cpus: [Int], isAlone: Bool) {
      state.withLock { state in
        for cpu in cpus.flatMap({ isAlone ? siblings($0) : [$0] }) {
          if state.alone.contains(cpu) && !cpus.contains(cpu) { state.violations += 1 }
          if isAlone && state.sharers[cpu, default: 0] > 0 { state.violations += 1 }
          if !isAlone && state.alone.contains(cpu) { state.violations += 1 }
        }
        if isAlone {
          for cpu in cpus { if !state.alone.insert(cpu).inserted { state.violations += 1 } }
        } else {
          for cpu in cpus { state.sharers[cpu, default: 0] += 1 }
        }
      }
    }

    func leave(_ cpus: [Int], isAlone: Bool) {
      state.withLock { state in
        if isAlone { state.alone.subtract(cpus) } else { for cpu in cpus { state.sharers[cpu, default: 0] -= 1 } }
      }
    }
  }

  @Test func `sharers get all CPUs when nobody is alone`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0], [1]]))
    let lease = try await ledger.sharing { $0 }
    #expect(lease == CPULedger.Lease(cpus: [0, 1], isWholeMachine: true))
  }

  @Test func `who is alone gets a core of its own for each CPU, siblings left empty`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0, 4], [1, 5], [2, 6], [3, 7]]))
    let (alone, beside) = try await ledger.alone(2) { alone in
      (alone, try await ledger.sharing { $0 })
    }
    #expect(alone.cpus == [0, 1])
    #expect(beside.cpus == [2, 3, 6, 7])
    #expect(!beside.isWholeMachine)
  }

  @Test func `where there are too few cores, siblings are used, and never more CPUs than there are`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0, 1]]))
    #expect(try await ledger.alone(2) { $0.cpus } == [0, 1])
    #expect(try await ledger.alone(8) { $0.cpus } == [0, 1])
  }

  @Test(arguments: [[[0], [1]], [[0, 1]], [[0, 2], [1, 3]], [[0], [1], [2], [3]]])
  func `whatever comes in whatever order, nobody is disturbed, and everybody is served`(_ cores: [[Int]]) async throws {
    let ledger = CPULedger(CPUTopology(cores: cores))
    let watch = Watch { cpu in cores.first { $0.contains(cpu) } ?? [] }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        let isAlone = number % 7 == 3
        group.addTask {
          let body: @Sendable (CPULedger.Lease) async throws -> Void = { lease in
            watch.enter(lease.cpus, isAlone: isAlone)
            for _ in 0..<(number % 5) { await Task.yield() }
            watch.leave(lease.cpus, isAlone: isAlone)
            watch.serve("\(number)")
          }
          if isAlone { try await ledger.alone(1 + number % 2, body) } else { try await ledger.sharing(body) }
        }
      }
      try await group.waitForAll()
    }
    #expect(watch.violations == 0)
    #expect(watch.served.count == 300)
    #expect(await ledger.waiting == 0)
  }

  @Test func `who waits to be alone is not overtaken for ever`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0], [1]]))
    let watch = Watch()
    let gate = Gate()
    async let first: Void = ledger.sharing { _ in await gate.wait() }
    try await eventuallyHeld(ledger, count: 0) { await gate.isWaitedFor }
    async let alone: Void = ledger.alone(2) { _ in watch.serve("alone") }
    try await eventuallyHeld(ledger, count: 1)
    async let late: Void = ledger.sharing { _ in watch.serve("late") }
    try await eventuallyHeld(ledger, count: 2)
    await gate.open()
    _ = try await (first, alone, late)
    #expect(watch.served == ["alone", "late"])
  }

  @Test func `a cancelled wait gives back what was kept for it`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0], [1]]))
    let gate = Gate()
    async let first: Void = ledger.sharing { _ in await gate.wait() }
    try await eventuallyHeld(ledger, count: 0) { await gate.isWaitedFor }
    let waiting = Task { try await ledger.alone(2) { _ in } }
    try await eventuallyHeld(ledger, count: 1)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    // Were the CPUs still kept, this would wait for the first one, which waits for us.
    #expect(try await ledger.sharing { $0.cpus } == [0, 1])
    await gate.open()
    try await first
  }

  @Test func `an error gives CPUs back too`() async throws {
    let ledger = CPULedger(CPUTopology(cores: [[0], [1]]))
    await #expect(throws: SandboxError.self) {
      try await ledger.alone(2) { _ in throw SandboxError.keeperFailed("on purpose") }
    }
    #expect(try await ledger.alone(2) { $0.cpus } == [0, 1])
  }

  /// Waits until so many requests wait, and something else holds.
  private func eventuallyHeld(
    _ ledger: CPULedger, count: Int, _ condition: () async -> Bool = { true }
  ) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      if await ledger.waiting == count, await condition() { return }
      if ContinuousClock.now > deadline { throw Overdue() }
      await Task.yield()
    }
  }

  /// Holds whoever waits at it until it is opened.
  private actor Gate {
    private var continuation: CheckedContinuation<Void, Never>?
    private var isOpen = false
    var isWaitedFor: Bool { continuation != nil }

    func wait() async {
      if !isOpen { await withCheckedContinuation { continuation = $0 } }
    }

    func open() {
      isOpen = true
      continuation?.resume()
    }
  }
}
