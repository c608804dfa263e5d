import Grading
import Sandboxing
import Testing

@Suite struct TraceBuilderTests {
  private typealias Says = WitnessSays

  @Test func `where the container's folders really lie is not shown`() {
    let errors = """
      Traceback (most recent call last):
        File "/tmp/threadmark-aB3xYz/harness/run/program.py", line 3, in <module>
        File "/var/tmp/threadmark-aB3xYz/work/helper.py", line 1, in help
      """
    let trace = TraceBuilder(programName: "p.py").trace(of: .make(errors: errors))
    #expect(trace.errors.contains("File \"p.py\", line 3"))
    #expect(trace.errors.contains("File \"/work/helper.py\", line 1"))
  }

  @Test func `a line torn between two threads is whole again for each`() {
    let trace = Trace(
      result: .make(
        output: "Thread 1: 1Thread 2: 1\n\n",
        witness: [
          Says.processBegan(), Says.printed("Thread 1: 1\n", by: "Thread 1", 11),
          Says.printed("Thread 2: 1\n", by: "Thread 2", 12),
        ]))
    #expect(trace.isAttributed)
    #expect(trace.lines == ["Thread 1| Thread 1: 1", "Thread 2| Thread 2: 1"])
    #expect(trace.transcript == "Thread 1: 1Thread 2: 1\n\n")
    #expect(trace.remarks.isEmpty)
  }

  @Test func `the raw output decides on the order where its lines are whole`() {
    let trace = Trace(
      result: .make(
        output: "a\nb\na\n",
        witness: [
          Says.processBegan(), Says.printed("b\n", by: "B", 12), Says.printed("a\n", by: "A", 11),
          Says.printed("a\n", by: "C", 13),
        ]))
    #expect(trace.lines == ["A| a", "B| b", "C| a"])
  }

  @Test func `without a witness the lines are those of the output, by nobody`() {
    let trace = Trace(result: .make(output: "a\n\nb"))
    #expect(!trace.isAttributed)
    #expect(trace.lines == ["a", "", "b"])
    #expect(trace.remarks.isEmpty)
  }

  @Test(arguments: [
    ("one line more than was reported", "a\nb\n", ["a\n"]),
    ("one line less", "a\n", ["a\n", "b\n"]),
    ("as many bytes, but others", "ab\n", ["ac\n"]),
    ("the same bytes, one of them twice", "aab\n", ["abb\n"]),
  ])
  func `an account that is not exact is not believed`(_ what: String, output: String, texts: [String]) {
    let trace = Trace(result: .make(output: output, witness: [Says.processBegan()] + texts.map { Says.printed($0) }))
    #expect(!trace.isAttributed)
    #expect(trace.lines == output.split(separator: "\n").map(String.init))
    #expect(trace.remarks.count == 1)
  }

  @Test func `output that was cut is attributed to nobody`() {
    var result = ExecutionResult.make(output: "a\n", witness: [Says.processBegan(), Says.printed("a\n")])
    result.outputBytes = 1000
    #expect(!Trace(result: result).isAttributed)
  }

  @Test func `what a child prints into a pipe of the program's own does not count`() {
    let trace = Trace(
      result: .make(
        output: "from the child\n",
        witness: [
          Says.processBegan(10, output: 7), Says.processBegan(20, output: 8),
          Says.printed("from the child\n", process: 20, 20), Says.printed("from the child\n"),
        ]))
    #expect(trace.lines == ["MainThread| from the child"])
  }

  @Test func `a line without an end belongs to its thread when that ends`() {
    let trace = Trace(
      result: .make(
        output: "a\nleftnext\n",
        witness: [
          Says.processBegan(), Says.printed("a\n"), Says.printed("left", by: "A", 11), Says.threadEnded("A", 11),
          Says.threadBegan("B", 11), Says.printed("next\n", by: "B", 11),
        ]))
    #expect(trace.lines == ["MainThread| a", "A| left", "B| next"])
  }

  @Test func `standard error is not part of the account`() {
    let trace = Trace(
      result: .make(
        output: "a\n", errors: "b\n",
        witness: [Says.processBegan(), Says.printed("a\n"), Says.printed("b\n", stream: "err")]))
    #expect(trace.lines == ["MainThread| a"])
  }

  @Test func `events carry the time at which they arrived`() {
    let journal = [
      JournalEntry(time: 5, event: .bytes(.standardOutput, Array("a\nb".utf8))),
      JournalEntry(time: 9, event: .bytes(.standardOutput, Array("c\nd".utf8))),
    ]
    #expect(Trace(result: ExecutionResult(journal: journal)).events.map(\.time) == [5, 9, 9])
  }

  @Test func `threads are known by name and by the place that started them`() {
    let trace = Trace(
      result: .make(witness: [
        Says.processBegan(), Says.threadBegan("A", 11, file: "/threadmark/run/program.py", line: 4),
      ]),
      programName: "printers.py")
    #expect(trace.threads.map(\.writer.name) == ["MainThread", "A"])
    #expect(trace.threads.map(\.startedAt) == [nil, "printers.py:4"])
    #expect(trace.isAttributed)
  }

  @Test func `an exception is an event, told as the student would see it`() {
    let traceback = """
      Traceback (most recent call last):
        File "/threadmark/sitecustomize.py", line 9, in __call__
          return self.function()
        File "/threadmark/run/program.py", line 2, in work
          1 / 0
      ZeroDivisionError: division by zero
      """
    let record = Says.exception("ZeroDivisionError: division by zero", by: "A", 11, text: traceback)
    let trace = Trace(
      result: .make(errors: traceback, witness: [Says.processBegan(), record]), programName: "printers.py")
    let shown = """
      Traceback (most recent call last):
        File "printers.py", line 2, in work
          1 / 0
      ZeroDivisionError: division by zero
      """
    #expect(
      trace.events.last?.kind
        == .uncaughtException(summary: "ZeroDivisionError: division by zero", traceback: shown))
    #expect(trace.errors == shown)
  }

  @Test func `bytes that are no text arrive as the bytes they are`() {
    let journal = [JournalEntry(time: 1, event: .bytes(.standardOutput, [0xFF, 10]))]
    let witness = [Says.processBegan(), Says.printed("\n").replacing(#""text":""#, with: #""text":"\udcff"#)]
    let result = ExecutionResult(journal: journal + ExecutionResult.make(witness: witness).journal)
    #expect(Trace(result: result).lines == ["MainThread| \u{FFFD}"])
  }
}
