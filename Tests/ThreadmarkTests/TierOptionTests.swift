import Foundation
import Grading
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

@Suite("A forced tier", .requiresSandbox, .requiresPython)
struct TierOptionTests {
  private static let program = "exercises/threaded-printers/submissions/accepted/no_joins.py"

  @Test(.requires(.cgroup))
  func `is named in the report, and gives a right program the same verdict if it contains at all: tier A`() async throws
  { try await isNamed(.cgroup) }
  @Test(.requires(.namespaces))
  func `is named in the report, and gives a right program the same verdict if it contains at all: tier B`() async throws
  { try await isNamed(.namespaces) }
  @Test(.requires(.ownUser))
  func `is named in the report, and gives a right program the same verdict if it contains at all: tier C`() async throws
  { try await isNamed(.ownUser) }
  @Test(.requires(.light))
  func `is named in the report, and gives a right program the same verdict if it contains at all: tier D`() async throws
  { try await isNamed(.light) }
  @Test(.requires(.bare))
  func `is named in the report, and gives a right program the same verdict if it contains at all: tier E`() async throws
  { try await isNamed(.bare) }

  private func isNamed(_ tier: IsolationTier) async throws {
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

  @Test(.requires(.cgroup)) func `marks alike where new files are for their owner alone: tier A`() async throws {
    try await marksAlike(.cgroup)
  }
  @Test(.requires(.namespaces)) func `marks alike where new files are for their owner alone: tier B`() async throws {
    try await marksAlike(.namespaces)
  }
  @Test(.requires(.ownUser)) func `marks alike where new files are for their owner alone: tier C`() async throws {
    try await marksAlike(.ownUser)
  }
  @Test(.requires(.light)) func `marks alike where new files are for their owner alone: tier D`() async throws {
    try await marksAlike(.light)
  }

  private func marksAlike(_ tier: IsolationTier) async throws {
    let check = [
      ThreadmarkProcess.executable.path, "check", Self.program, "--tier", tier.rawValue, "--python", "/usr/bin/python3",
    ]
    let run = try OutsideProgram(
      "/bin/sh", ["-c", "umask 077; exec \"$@\"", "sh"] + check, folder: Fixtures.packageRoot.path
    ).run(patience: .seconds(300))
    #expect(run.status == 0, "\(String(decoding: run.output + run.errors, as: UTF8.self))")
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

  private static let versions = [1, 2, 4, 5, 6]

  @Test(.requires(.namespaces), arguments: versions) func `keeps signals inside with every version of Landlock: tier B`(
    abi: Int
  ) async throws { try await keepsSignals(.namespaces, abi: abi) }
  @Test(.requires(.ownUser), arguments: versions) func `keeps signals inside with every version of Landlock: tier C`(
    abi: Int
  ) async throws { try await keepsSignals(.ownUser, abi: abi) }
  @Test(.requires(.light), arguments: versions) func `keeps signals inside with every version of Landlock: tier D`(
    abi: Int
  ) async throws { try await keepsSignals(.light, abi: abi) }

  private func keepsSignals(_ tier: IsolationTier, abi: Int) async throws {
    let script = """
      import os
      for target in (os.getppid(), 1, -1):
          try:
              os.kill(target, 9 if target != -1 else 18)
              print('sent')
          except OSError:
              print('refused')
      child = os.fork()
      if child == 0:
          os.read(os.pipe()[0], 1)
      os.kill(child, 9)
      os.kill(0, 18)
      print(os.wait()[1])
      """
    let run = try ThreadmarkProcess(
      ["run", "--tier", tier.rawValue, "--", "/usr/bin/python3", "-c", script],
      environment: ["THREADMARK_LANDLOCK_ABI": String(abi)])
    let document = try JSONDecoder().decode(RunDocument.self, from: Data(run.output.utf8))
    #expect(document.termination.reason == .exited, "\(run.output)\(run.errors)")
    // Its own children a program may signal everywhere; init and the harness live on, or there would be no document.
    let lines = document.output.text?.split(separator: "\n") ?? []
    #expect(lines.last == "9")
    if tier != .namespaces { #expect(lines.prefix(2) == ["refused", "refused"]) }
  }

  private static let hasCompiler = ConditionTrait.enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gcc"), "there is no /usr/bin/gcc")

  @Test(.requires(.ownUser), hasCompiler) func `lets a program signal its child from its first moment on: tier C`()
    async throws
  { try await letsSignal(.ownUser) }
  @Test(.requires(.light), hasCompiler) func `lets a program signal its child from its first moment on: tier D`()
    async throws
  { try await letsSignal(.light) }

  private func letsSignal(_ tier: IsolationTier) async throws {
    let folder = try TemporaryFolder([
      "program.c": """
      #include <signal.h>
      #include <sys/wait.h>
      #include <unistd.h>
      int main(void) {
        pid_t child = fork();
        if (child == 0) pause();
        return kill(child, SIGKILL) == 0 && wait(0) == child ? 0 : 1;
      }
      """
    ])
    let program = folder.path("program")
    let build = try OutsideProgram("/usr/bin/gcc", ["-static", "-o", program, program + ".c"]).run()
    try #require(build.status == 0, "\(String(decoding: build.errors, as: UTF8.self))")
    var statuses: [Int?] = []
    for _ in 0..<10 {
      let run = try ThreadmarkProcess(
        ["run", "--tier", tier.rawValue, "--read", folder.path, "--", program],
        environment: ["THREADMARK_LANDLOCK_ABI": "4"])
      statuses.append(try JSONDecoder().decode(RunDocument.self, from: Data(run.output.utf8)).termination.status)
    }
    #expect(statuses == Array(repeating: 0, count: 10))
  }
}
