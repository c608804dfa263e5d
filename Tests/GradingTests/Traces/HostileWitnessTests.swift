import Grading
import Sandboxing
import Testing

@Suite struct HostileWitnessTests {
  private typealias Says = WitnessSays

  private static let garbage: [String] = [
    "", "{", "{}", "[]", "null", "{\"kind\":\"print\"}", String(repeating: "{", count: 4000),
    String(repeating: "a", count: 5000),
    #"{"kind":"print","pid":10,"tid":10,"name":"x","stream":"out","text":"a\n","text":"b\n"}"#,
    #"{"kind":"print","pid":-1,"tid":10,"name":"x","stream":"out","text":"a\n"}"#,
    #"{"kind":"print","pid":99999999999999999999,"tid":10,"name":"x","stream":"out","text":"a\n"}"#,
    #"{"kind":"print","pid":10,"tid":10,"name":"x","stream":"out","text":["a"]}"#,
    #"{"kind":"print","pid":10,"tid":10,"name":"x","stream":"out","text":"\ud83d\ud83d\x"}"#,
    #"{"kind":"print","pid":10,"tid":10,"name":"x","stream":"out","text":"\u00"#,
    #"{"kind":"nonsense","pid":10,"tid":10,"name":"x"}"#,
    #"{"kind":"print","pid":10,"tid":10,"name":"x","stream":"out","text":"a"} trailing"#,
  ]

  @Test(arguments: garbage)
  func `a record that is none is dropped and remarked, the others count`(_ line: String) {
    let trace = Trace(result: .make(output: "a\n", witness: [Says.processBegan(), line, Says.printed("a\n")]))
    #expect(trace.isAttributed)
    #expect(trace.lines == ["MainThread| a"])
    #expect(trace.remarks == ["The witness was disturbed: 1 of its records were none."])
  }

  @Test(arguments: 0..<100)
  func `random bytes are read without harm`(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let alphabet = Array(#"{}[]":,\u0012dcab\n true"#.utf8) + [0, 10, 10, 0xFF, 0xC3]
    let bytes = (0..<2000).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
    let result = ExecutionResult(journal: [
      JournalEntry(time: 1, event: .bytes(.standardOutput, bytes)),
      JournalEntry(time: 2, event: .bytes(.witness, bytes)),
    ])
    let trace = Trace(result: result)
    #expect(!trace.isAttributed)
    #expect(trace.remarks.count == 2)
  }

  @Test func `a record may arrive in any chunks`() {
    let whole = ExecutionResult.make(output: "a\n", witness: [Says.processBegan(), Says.printed("a\n")])
    let journal = whole.journal.flatMap { entry -> [JournalEntry] in
      guard case .bytes(.witness, let bytes) = entry.event else { return [entry] }
      return bytes.map { JournalEntry(time: entry.time, event: .bytes(.witness, [$0])) }
    }
    #expect(Trace(result: ExecutionResult(journal: journal)).isAttributed)
  }

  @Test func `a record that was cut off by the end of the run is dropped`() {
    let journal =
      ExecutionResult.make(output: "a\n", witness: [Says.processBegan(), Says.printed("a\n")]).journal
      + [JournalEntry(time: 9, event: .bytes(.witness, Array(#"{"kind":"pri"#.utf8)))]
    let trace = Trace(result: ExecutionResult(journal: journal))
    #expect(trace.isAttributed)
    #expect(trace.remarks.count == 1)
  }

  @Test func `lines in the wrong order stay wrong, whatever a forged witness says`() throws {
    let said = (1...5).map { Says.printed("Thread Thread 1: \($0)\n", by: "Thread 1", 11) }
    let printed = [2, 1, 3, 4, 5].map { "Thread Thread 1: \($0)\n" }.joined()
    let trace = Trace(result: .make(output: printed, witness: [Says.processBegan()] + said))
    #expect(trace.lines.first == "Thread 1| Thread Thread 1: 2")
  }

  @Test func `a flood of line ends costs time but no memory to speak of`() {
    let flood = [UInt8](repeating: 10, count: 1 << 20)
    let trace = Trace(result: ExecutionResult(journal: [JournalEntry(time: 1, event: .bytes(.witness, flood))]))
    #expect(trace.events.isEmpty)
    #expect(trace.remarks.first == "The witness was disturbed: \(1 << 20) of its records were none.")
  }
}
