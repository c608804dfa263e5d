import Foundation
import TestSupport
import Testing

@testable import threadmark

/// `check --timeline` with real programs.
@Suite(.requiresSandbox, .requiresPython)
struct TimelineOptionTests {
  private static let deadlock = "exercises/threaded-printers/submissions/deadlock/locks_in_opposite_order.py"

  @Test func `a deadlock is drawn with who waits for what, beside the other reports`() throws {
    let folder = try TemporaryFolder()
    let check = try ThreadmarkProcess([
      "check", Self.deadlock, "--timeline", folder.path("t.svg"), "--junit", folder.path("r.xml"), "--json", "-",
    ])
    #expect(check.status == Status.notAccepted.rawValue && check.errors.isEmpty)
    let picture = try String(contentsOfFile: folder.path("t.svg"), encoding: .utf8)
    #expect(picture.contains("waits for the lock &quot;ink&quot;, which &quot;Thread 2&quot; holds since line 11"))
    #expect(picture.contains("class=\"stuck\"") && picture.contains("→"))
    #expect(try String(contentsOfFile: folder.path("r.xml"), encoding: .utf8).contains("[[ATTACHMENT|r-pictures/"))
  }

  @Test func `a program that is right is drawn too`() throws {
    let folder = try TemporaryFolder()
    let right = "exercises/threaded-printers/submissions/accepted/barrier_start.py"
    let check = try ThreadmarkProcess(["check", right, "--timeline", folder.path("t.svg")])
    #expect(check.status == 0 && check.output.contains("ACCEPTED"))
    let picture = try String(contentsOfFile: folder.path("t.svg"), encoding: .utf8)
    #expect(picture.contains(">Thread 1</text>") && picture.contains("class=\"dot\""))
  }

  @Test func `a file that cannot be written is refused before anything is run`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path("gone/t.svg"), folder.path, "/dev/null"] {
      let check = try ThreadmarkProcess(["check", Self.deadlock, "--timeline", path])
      #expect(check.status == Status.usage.rawValue && check.output.isEmpty)
      #expect(check.errors.hasPrefix("Error: \(path) "), "\(check.errors)")
    }
  }

  @Test func `where nothing was run there is no picture, and the status says so`() throws {
    let folder = try TemporaryFolder(["printers.py": "print(\n"])
    let check = try ThreadmarkProcess([
      "check", folder.path("printers.py"), "--exercise", "threaded-printers", "--timeline", folder.path("t.svg"),
    ])
    #expect(check.status == Status.usage.rawValue && check.output.contains("COMPILE ERROR"))
    #expect(
      check.errors == "Error: \(folder.path("t.svg")) was not written: nothing was run whose threads could be drawn.\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path("t.svg")))
  }
}
