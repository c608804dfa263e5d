import Sandboxing
import Testing
import TestSupport

@Suite("Tier A contains what misbehaves", .requires(.cgroup), .requiresPython, .serialized)
struct CgroupTierTests {
  @Test(arguments: Misbehaviour.all)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await misbehaviour.check(in: .cgroup)
  }
}

@Suite("Tier B contains what misbehaves", .requires(.namespaces), .requiresPython, .serialized)
struct NamespaceTierTests {
  @Test(arguments: Misbehaviour.all)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await misbehaviour.check(in: .namespaces)
  }
}

@Suite("Tier C contains what misbehaves", .requires(.ownUser), .requiresPython, .serialized)
struct OwnUserTierTests {
  @Test(arguments: Misbehaviour.all)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await misbehaviour.check(in: .ownUser)
  }
}

@Suite("Tier D contains what misbehaves", .requires(.light), .requiresPython, .serialized)
struct LightTierTests {
  @Test(arguments: Misbehaviour.all)
  func `each ends with its own reason and leaves nothing`(_ misbehaviour: Misbehaviour) async throws {
    try await misbehaviour.check(in: .light)
  }
}
