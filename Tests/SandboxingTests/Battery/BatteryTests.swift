import Sandboxing
import Testing
import TestSupport

@Suite("Tier A contains what misbehaves", .requires(.cgroup), .requiresPython, .serialized)
struct CgroupTierTests {
  @Test(arguments: Misbehaviour.runnable)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await Attack(misbehaviour, in: .cgroup).run()
  }
}

@Suite("Tier B contains what misbehaves", .requires(.namespaces), .requiresPython, .serialized)
struct NamespaceTierTests {
  @Test(arguments: Misbehaviour.runnable)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await Attack(misbehaviour, in: .namespaces).run()
  }
}

@Suite("Tier C contains what misbehaves", .requires(.ownUser), .requiresPython, .serialized)
struct OwnUserTierTests {
  @Test(arguments: Misbehaviour.runnable)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await Attack(misbehaviour, in: .ownUser).run()
  }
}

@Suite("Tier D contains what misbehaves", .requires(.light), .requiresPython, .serialized)
struct LightTierTests {
  @Test(arguments: Misbehaviour.runnable)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await Attack(misbehaviour, in: .light).run()
  }
}

@Suite("Tier E ends what does not end itself", .requires(.bare), .requiresPython, .serialized)
struct BareTierTests {
  /// It contains nothing and hears of no births and timers; what is left are limits and kills.
  private static let limited = (Misbehaviour.endings + Misbehaviour.outputs).filter { misbehaviour in
    misbehaviour.termination != .deadlock && Misbehaviour.runnable.contains { $0.program == misbehaviour.program }
  }

  @Test(arguments: limited)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await Attack(misbehaviour, in: .bare).run()
  }
}
