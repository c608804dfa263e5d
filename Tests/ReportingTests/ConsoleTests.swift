import Grading
import Testing

@testable import Reporting

struct ConsoleTests {
  @Test(arguments: Verdict.allCases)
  func `a learner's result for each verdict`(_ verdict: Verdict) throws {
    let report = Samples.report([Samples.submission(verdict)])
    try expectSnapshot(CheckConsoleReporter().text(for: report), "check-\(verdict.rawValue).txt")
  }

  @Test func `a learner's result with everything shown`() throws {
    let report = Samples.report([Samples.submission(.deadlock)])
    try expectSnapshot(CheckConsoleReporter(isVerbose: true).text(for: report), "check-verbose.txt")
  }

  @Test func `a hostile submission`() throws {
    let report = Samples.report([Samples.hostileSubmission])
    try expectSnapshot(CheckConsoleReporter(isVerbose: true).text(for: report), "check-hostile.txt")
    let ascii = CheckConsoleReporter(style: ConsoleStyle(isASCII: true), isVerbose: true)
    try expectSnapshot(ascii.text(for: report), "check-hostile-ascii.txt")
  }

  @Test func `the table of a class with every verdict`() throws {
    try expectSnapshot(ClassConsoleReporter().text(for: Samples.everything), "class.txt")
    let ascii = ClassConsoleReporter(style: ConsoleStyle(isASCII: true))
    try expectSnapshot(ascii.text(for: Samples.everything), "class-ascii.txt")
  }

  @Test func `a class that was broken off or is empty says so`() {
    let brokenOff = Samples.report([Samples.submission(.accepted)], isInterrupted: true)
    #expect(ClassConsoleReporter().text(for: brokenOff).contains("broken off"))
    #expect(ClassConsoleReporter().text(for: Samples.report([])).contains("No submissions."))
  }

  @Test(arguments: [40, 80, 120], [false, true])
  func `no line is wider than the terminal and none holds what a student may not send`(width: Int, isASCII: Bool) {
    let style = ConsoleStyle(width: width, isASCII: isASCII)
    let text =
      CheckConsoleReporter(style: style, isVerbose: true).text(for: Samples.everything)
      + ClassConsoleReporter(style: style).text(for: Samples.everything)
      + Samples.everything.submissions.map { ClassConsoleReporter(style: style).line(for: $0) + "\n" }.joined()
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 32 || (0x7F..<0xA0).contains($0.value) || $0 == "\u{202E}" })
      #expect(!isASCII || line.utf8.allSatisfy { $0 < 128 })
    }
  }

  @Test func `long details and outputs are cut, and say so`() {
    var check = Samples.check(for: .runTimeError)
    check.findings = [Finding(.runTimeError, "It crashed.", details: (1...100).map { "frame \($0)\n" }.joined())]
    check.output = (1...100).map { "line \($0)\n" }.joined()
    let report = Samples.report([Samples.submission(.runTimeError, checks: [check])])
    let short = CheckConsoleReporter().text(for: report)
    #expect(short.contains("frame 24\n      and 76 more lines\n") && !short.contains("frame 25"))
    let long = CheckConsoleReporter(isVerbose: true).text(for: report)
    #expect(long.contains("frame 100\n") && long.contains("line 40\n      and 60 more lines\n"))
  }

  @Test func `colours change nothing but the colours`() {
    let plain = CheckConsoleReporter(isVerbose: true).text(for: Samples.everything)
    let coloured = CheckConsoleReporter(style: ConsoleStyle(isColoured: true), isVerbose: true)
      .text(for: Samples.everything)
    #expect(coloured != plain)
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    let table = ClassConsoleReporter().text(for: Samples.everything)
    let colouredTable = ClassConsoleReporter(style: ConsoleStyle(isColoured: true)).text(for: Samples.everything)
    #expect(colouredTable.replacing(/\u{1B}\[[0-9;]*m/, with: "") == table)
  }
}
