import Grading
import Testing

@testable import threadmark

struct HelpTests {
  @Test(arguments: ["check", "grade", "verify", "list", "run", "doctor", "new"])
  func `every subcommand explains itself within 80 columns and shows examples`(name: String) throws {
    let help = try ThreadmarkProcess([name, "--help"])
    #expect(help.status == 0)
    #expect(help.output.contains("Examples:\n  threadmark \(name)"))
    for line in help.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `the version and the overview are printed on request`() throws {
    #expect(try ThreadmarkProcess(["--version"]).output == Threadmark.version + "\n")
    let overview = try ThreadmarkProcess([])
    #expect(overview.status == 0 && overview.output.contains("SUBCOMMANDS:"))
  }

  @Test func `nobody reading is no crash, and a full disk is no success`() throws {
    #expect(try shell("$threadmark --help | true") == 0)
    #expect(try shell("$threadmark --version >&-") == 0)
    #expect(try shell("$threadmark --version >&- 2>&- <&-") == 0)
    #expect(try shell("$threadmark --version > /dev/full") == Status.failure.rawValue)
  }
}
