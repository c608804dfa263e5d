import Grading
import Sandboxing
import Testing

@Suite struct ExitCheckTests {
  private static func findings(_ result: ExecutionResult) -> [Finding] {
    ExitCheck().judge([.make(result, programName: "printers.py")]).findings
  }

  @Test func `a program that ends by itself with status 0 passes`() {
    #expect(ExitCheck().judge([.make()]) == .passed(evidence: ["ended by itself with exit status 0"]))
    #expect(
      ExitCheck().judge([.make(), .make(attempt: 2)])
        == .passed(evidence: ["ended by itself with exit status 0 in each of 2 runs"]))
  }

  private static let usage = ResourceUsage(
    wallTime: .milliseconds(10_250), userTime: .seconds(9), systemTime: .seconds(1), peakMemory: 300 << 20)

  @Test(
    arguments: [
      (.exited(3), .runTimeError, "The program ended with exit status 3."),
      (
        .signaled(11, coreDumped: false), .runTimeError,
        "The program was ended by SIGSEGV (it used memory that is not its own, or its stack was full)."
      ),
      (.signaled(40, coreDumped: false), .runTimeError, "The program was ended by signal 40."),
      (
        .wallTimeLimit, .timeLimitExceeded,
        "The program had not ended after 10.25 s, its time limit: it was busy, but nothing came of it (livelock)."
      ),
      (.cpuTimeLimit, .timeLimitExceeded, "The program had used 10 s of CPU time, its limit."),
      (.memoryLimit, .memoryLimitExceeded, "The program used more memory than it may."),
      (.outputLimit, .outputLimitExceeded, "The program printed more than it may: 0 bytes."),
      (.fileSizeLimit, .outputLimitExceeded, "The program wrote a file that is larger than it may be."),
      (.deadlock, .deadlock, "Deadlock: everything was waiting, and nothing could wake it any more."),
      (.stopped, .runTimeError, "The program stopped itself and was never continued."),
      (
        .disallowedCall, .runTimeError,
        "The program asked the system for something that no submission may do."
      ),
    ] as [(TerminationStatus, Verdict, String)])
  func `every other end is a finding`(_ termination: TerminationStatus, verdict: Verdict, message: String) {
    let findings = Self.findings(.make(termination: termination, usage: Self.usage))
    #expect(findings.map(\.message) == [message])
    #expect(findings.map(\.verdict) == [verdict])
  }

  @Test(arguments: [TerminationStatus.cancelled, .notStarted(stage: "exec", errno: 2)])
  func `a run that never was is nobody's fault`(_ termination: TerminationStatus) {
    #expect(
      ExitCheck().judge([.make(.make(termination: termination))])
        == .skipped("There is no run whose end could be judged."))
  }

  private static let traceback = """
    Traceback (most recent call last):
      File "/threadmark/run/program.py", line 3, in <module>
        1 / 0
    ZeroDivisionError: division by zero
    """

  @Test func `an exception of the program is told with its traceback`() {
    let findings = Self.findings(.make(errors: "warning\n\(Self.traceback)\n", termination: .exited(1)))
    #expect(
      findings.map(\.message) == ["The program ended with exit status 1: ZeroDivisionError: division by zero"])
    #expect(findings.first?.details == Self.traceback.replacing("/threadmark/run/program.py", with: "printers.py"))
  }

  @Test func `an exception that led to another is one traceback`() {
    let errors = """
      \(Self.traceback)

      During handling of the above exception, another exception occurred:

      Traceback (most recent call last):
        File "/threadmark/run/program.py", line 5, in <module>
          raise ValueError("too bad")
      ValueError: too bad
      """
    let findings = Self.findings(.make(errors: errors, termination: .exited(1)))
    #expect(findings.map(\.message) == ["The program ended with exit status 1: ValueError: too bad"])
    #expect(findings.first?.details.contains("ZeroDivisionError") == true)
  }

  @Test func `a thread lost to an exception is found by the witness`() {
    let record = WitnessSays.exception("ValueError: no", by: "Worker", 11, text: "Traceback...\nValueError: no")
    let errors = "Exception in thread Worker:\n\(Self.traceback)\n"
    let findings = Self.findings(.make(errors: errors, witness: [WitnessSays.processBegan(), record]))
    #expect(findings.map(\.message) == ["The thread \"Worker\" was ended by an exception: ValueError: no"])
    #expect(findings.map(\.verdict) == [.runTimeError])
    #expect(findings.first?.details == "Traceback...\nValueError: no")
  }

  @Test func `the program's own exception is not told twice`() {
    let record = WitnessSays.exception("ZeroDivisionError: division by zero", by: "MainThread", 10)
    let findings = Self.findings(
      .make(errors: Self.traceback, witness: [WitnessSays.processBegan(), record], termination: .exited(1)))
    #expect(findings.count == 1)
  }

  @Test(arguments: [
    ("Exception in thread Thread-1 (work):", "thread Thread-1 (work)"), ("Process Process-2:", "process Process-2"),
  ])
  func `without a witness standard error tells of lost threads and workers`(_ heading: String, who: String) {
    let findings = Self.findings(.make(errors: "\(heading)\n\(Self.traceback)\n"))
    #expect(
      findings.map(\.message) == ["The \(who) was ended by an exception: ZeroDivisionError: division by zero"])
  }

  @Test func `a traceback that the program printed itself and survived is no fault`() {
    #expect(ExitCheck().judge([.make(.make(errors: Self.traceback))]).isPass)
  }

  @Test func `processes that outlive the program are named`() {
    let findings = Self.findings(.make(leftovers: [.init(pid: 7, name: "python3"), .init(pid: 9, name: "sleep")]))
    #expect(
      findings.map(\.message) == [
        "2 processes were still running after the program had ended: python3 (process 7), sleep (process 9)."
      ])
    #expect(findings.map(\.verdict) == [.leftoverProcess])
  }

  @Test func `a deadlock names who waits for what`() {
    let result = ExecutionResult.make(
      witness: [WitnessSays.processBegan(), WitnessSays.threadBegan("Left", 11, line: 8)], termination: .deadlock,
      events: [
        .blocked(.init(process: 10, thread: 10), systemCall: 202, name: "futex"),
        .blocked(.init(process: 10, thread: 11), systemCall: 202, name: "futex"),
        .blocked(.init(process: 10, thread: 12), systemCall: 0, name: "read"),
      ])
    let finding = Self.findings(result).first
    #expect(
      finding?.message
        == "Deadlock: all 3 threads were waiting, and nothing could wake them any more.")
    #expect(
      finding?.details == """
        The main thread waits for a lock, a join(), or something that only another thread can do (futex).
        "Left", started in p.py:8, waits for a lock, a join(), or something that only another thread can do (futex).
        Thread 12 waits for something to read, such as a queue between processes (read).
        """)
  }

  @Test func `an account of a thousand threads that all wait for and hold one lock is read in no time`() {
    var answers = ""
    for thread in 1...1000 {
      let head = #""pid":10,"tid":\#(thread),"name":"T""#
      answers += #"{"kind":"wait",\#(head),"what":"lock","object":"a","id":"1"}"# + "\n"
      answers += #"{"kind":"hold",\#(head),"object":"a","id":"1"}"# + "\n"
    }
    // Without the first, whom all wait for, there is no circle among those that are seen to be there.
    let result = ExecutionResult.make(
      witness: [WitnessSays.processBegan()], termination: .deadlock,
      events: [
        .blocked(.init(process: 10, thread: 10), systemCall: 202, name: "futex"), .answers(Array(answers.utf8)),
      ])
    #expect(Self.findings(result).first?.verdict == .deadlock)
  }

  @Test func `a run that was busy to the end and printed nothing is a livelock`() {
    let usage = ResourceUsage(wallTime: .seconds(10), userTime: .seconds(9))
    let finding = Self.findings(.make(termination: .wallTimeLimit, usage: usage)).first
    #expect(finding?.verdict == .timeLimitExceeded)
    #expect(finding?.message.contains("livelock") == true)
    let busyElsewhere = ResourceUsage(wallTime: .seconds(30), userTime: .seconds(9), withheldTime: .seconds(20))
    let starved = Self.findings(.make(termination: .wallTimeLimit, usage: busyElsewhere)).first
    #expect(starved?.message.hasPrefix("The program had not ended after 10 s") == true)
    #expect(starved?.message.contains("livelock") == true)
    #expect(starved?.details.contains("The 20 s in which the machine gave its CPUs to others do not count.") == true)
  }

  @Test(arguments: [
    (ResourceUsage(wallTime: .seconds(10), userTime: .seconds(1)), Int64(0)),
    (ResourceUsage(wallTime: .seconds(10), userTime: .seconds(9)), Int64(9_000_000_000)),
  ])
  func `a run that waited, or printed until the end, is none`(_ usage: ResourceUsage, lastPrinted: Int64) {
    var result = ExecutionResult.make(termination: .wallTimeLimit, usage: usage)
    result.journal.append(JournalEntry(time: lastPrinted, event: .bytes(.standardOutput, Array("x\n".utf8))))
    let finding = Self.findings(result).first
    #expect(finding?.verdict == .timeLimitExceeded)
    #expect(finding?.message.contains("livelock") == false)
  }

  @Test func `refused processes are mentioned where something went wrong`() {
    let findings = Self.findings(.make(termination: .exited(1), usage: ResourceUsage(birthsRefused: 5)))
    #expect(findings.first?.details == "5 new processes were refused: this exercise allows threads only.")
    #expect(ExitCheck().judge([.make(.make(usage: ResourceUsage(birthsRefused: 5)))]).isPass)
  }

  @Test func `what one of several runs shows is told once`() {
    let runs = [1, 2, 3].map { Run.make(.make(termination: $0 == 1 ? .exited(0) : .deadlock), attempt: $0) }
    let findings = ExitCheck().judge(runs).findings
    #expect(findings.count == 1)
    #expect(findings.first?.attempt == 2)
    #expect(findings.first?.details == "Seen in 2 of 3 runs.")
  }
}
