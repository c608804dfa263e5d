import Foundation
import Grading
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

@Suite("A forced tier", .requiresSandbox, .requiresPython)
struct TierOptionTests {
  private static let program = "exercises/threaded-printers/submissions/accepted/no_joins.py"

  @Test(arguments: IsolationTier.allCases)
  func `is named in the report, and gives a right program the same verdict if it contains at all`(
    tier: IsolationTier
  ) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
    let run = try ThreadmarkProcess([
      "check", Self.program, "--tier", tier.rawValue, "--python", "/usr/bin/python3", "--json", "-",
    ])
    let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let machine = try #require(document["machine"] as? [String: Any])
    let submissions = try #require(document["submissions"] as? [[String: Any]])
    #expect(machine["tier"] as? String == tier.rawValue)
    let verdict = submissions.first?["verdict"] as? String
    #expect(verdict == (tier.isContaining ? Verdict.accepted : .inconclusive).rawValue, "\(run.errors)")
    #expect(run.errors.contains("not contained") != tier.isContaining)
  }

  @Test(.requires(.bare)) func `that contains nothing marks a class only when that was asked for`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Fixtures.packageRoot.appending(path: Self.program).path, toPath: folder.path("a.py"))
    let arguments = [
      "grade", "threaded-printers", "--submissions", folder.path, "--tier", "E", "--python", "/usr/bin/python3",
    ]
    let refused = try ThreadmarkProcess(arguments)
    #expect(refused.status == Status.failure.rawValue)
    #expect(refused.errors.contains("--allow-uncontained") && refused.output.isEmpty)
    let allowed = try ThreadmarkProcess(arguments + ["--allow-uncontained"])
    #expect(allowed.status == Status.notAccepted.rawValue && allowed.output.contains("inconclusive"))
  }
}
