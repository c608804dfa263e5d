/// Lends CPUs: correctness runs share them, timing runs get some for themselves.
///
/// Requests are served in the order in which they come. A request for CPUs of its own that has to wait reserves them, so that
/// no later one can take them; later requests go ahead only on CPUs that nobody in front of them waits for. Nobody starves,
/// and as a holder never asks for more, nobody waits for each other.
public actor CPULedger {
  /// What a holder may use until it gives it back.
  public struct Lease: Sendable, Equatable {
    /// The CPUs' numbers, ascending.
    public var cpus: [Int]
    /// Whether these are all CPUs of the ledger, so that nothing needs to be pinned.
    public var isWholeMachine: Bool

    /// CPUs to use.
    public init(cpus: [Int], isWholeMachine: Bool) {
      self.cpus = cpus
      self.isWholeMachine = isWholeMachine
    }
  }

  /// The one ledger of this process.
  public static let shared = CPULedger(.current)

  /// The CPUs it lends.
  public nonisolated let topology: CPUTopology

  private enum Wish: Equatable {
    case share
    case alone(Int)
  }

  private struct Request {
    let id: UInt64
    let wish: Wish
    var reserved: Set<Int> = []
    var lent: [Int] = []
    let continuation: CheckedContinuation<Lease, any Error>
  }

  private var queue: [Request] = []
  private var nextID: UInt64 = 0
  /// How many sharing holders may be running on each CPU.
  private var sharers: [Int: Int] = [:]
  /// CPUs, with their siblings, that somebody has or waits for alone.
  private var taken: Set<Int> = []
  private var holders: [UInt64: (lease: Lease, wish: Wish, taken: Set<Int>)] = [:]

  /// A ledger of these CPUs.
  public init(_ topology: CPUTopology) { self.topology = topology }

  /// How many requests wait; for tests and diagnosis.
  public var waiting: Int { queue.count }

  /// Does something that may share CPUs with others that may.
  /// - Parameter body: what is done; must not ask the ledger for more.
  /// - Returns: what the body gives.
  /// - Throws: what the body throws, or `CancellationError` when the task is cancelled while it waits.
  public nonisolated func sharing<Value>(_ body: (Lease) async throws -> Value) async throws -> Value {
    try await holding(.share, body)
  }

  /// Does something on CPUs of its own, with nothing else of ours on them or their siblings.
  /// - Parameters:
  ///   - count: how many CPUs, at least 1; no more than there are.
  ///   - body: what is done; must not ask the ledger for more.
  /// - Returns: what the body gives.
  /// - Throws: what the body throws, or `CancellationError` when the task is cancelled while it waits.
  public nonisolated func alone<Value>(_ count: Int, _ body: (Lease) async throws -> Value) async throws -> Value {
    try await holding(.alone(min(max(1, count), topology.cpus.count)), body)
  }

  private nonisolated func holding<Value>(_ wish: Wish, _ body: (Lease) async throws -> Value) async throws -> Value {
    let id = await newID()
    let lease = try await withTaskCancellationHandler {
      try await request(id, wish)
    } onCancel: {
      Task { await withdraw(id) }
    }
    do {
      let value = try await body(lease)
      await giveBack(id)
      return value
    } catch {
      await giveBack(id)
      throw error
    }
  }

  private func newID() -> UInt64 {
    nextID += 1
    return nextID
  }

  private func request(_ id: UInt64, _ wish: Wish) async throws -> Lease {
    try await withCheckedThrowingContinuation { continuation in
      // The cancellation may have come before there was anything to withdraw.
      if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
      queue.append(Request(id: id, wish: wish, continuation: continuation))
      serve()
    }
  }

  private func withdraw(_ id: UInt64) {
    guard let index = queue.firstIndex(where: { $0.id == id }) else { return }
    let request = queue.remove(at: index)
    taken.subtract(request.reserved)
    request.continuation.resume(throwing: CancellationError())
    serve()
  }

  private func giveBack(_ id: UInt64) {
    guard let holder = holders.removeValue(forKey: id) else { return }
    taken.subtract(holder.taken)
    if holder.wish == .share { for cpu in holder.lease.cpus { sharers[cpu, default: 0] -= 1 } }
    serve()
  }

  /// Lends what can be lent, in the order of the queue, up to the first request that nothing is left for.
  private func serve() {
    var index = 0
    while index < queue.count {
      let free = topology.cpus.filter { !taken.contains($0) }
      switch queue[index].wish {
      case .share:
        guard !free.isEmpty else { return }
        for cpu in free { sharers[cpu, default: 0] += 1 }
        lend(free, taken: [], at: index)
      case .alone(let count):
        if queue[index].reserved.isEmpty {
          guard let choice = choose(count) else { return }
          queue[index].lent = choice.cpus
          queue[index].reserved = choice.taken
          taken.formUnion(choice.taken)
        }
        if queue[index].reserved.contains(where: { sharers[$0, default: 0] > 0 }) {
          index += 1
        } else {
          lend(queue[index].lent, taken: queue[index].reserved, at: index)
        }
      }
    }
  }

  private func lend(_ cpus: [Int], taken: Set<Int>, at index: Int) {
    let request = queue.remove(at: index)
    let lease = Lease(cpus: cpus.sorted(), isWholeMachine: cpus.count == topology.cpus.count)
    holders[request.id] = (lease, request.wish, taken)
    request.continuation.resume(returning: lease)
  }

  /// CPUs on cores that nobody else has or waits for, one of each core as far as they reach, those with fewest sharers first.
  private func choose(_ count: Int) -> (cpus: [Int], taken: Set<Int>)? {
    let free = topology.cores.filter { $0.allSatisfy { !taken.contains($0) } }
    let load = { (core: [Int]) in core.reduce(0) { $0 + self.sharers[$1, default: 0] } }
    let cores = free.enumerated().sorted { (load($0.element), $0.offset) < (load($1.element), $1.offset) }
      .map(\.element)
    var chosen: [Int] = []
    var used: [[Int]] = []
    for depth in 0..<(cores.map(\.count).max() ?? 0) {
      for core in cores where core.count > depth && chosen.count < count {
        chosen.append(core[depth])
        if depth == 0 { used.append(core) }
      }
    }
    return chosen.count == count ? (chosen, Set(used.flatMap(\.self))) : nil
  }
}
