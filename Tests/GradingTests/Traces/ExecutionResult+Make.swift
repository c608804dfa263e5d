import Grading
import Sandboxing

extension ExecutionResult {
  /// An execution with a text on each stream, all of it arriving at one instant.
  static func make(
    output: String = "", errors: String = "", witness: [String] = [], termination: TerminationStatus = .exited(0),
    usage: ResourceUsage = ResourceUsage(), events: [JournalEntry.Event] = [],
    leftovers: [ExecutionResult.Leftover] = []
  ) -> ExecutionResult {
    var journal = events.enumerated().map { JournalEntry(time: Int64($0.offset + 1), event: $0.element) }
    let streams: [(JournalEntry.Stream, String)] = [
      (.standardOutput, output), (.standardError, errors), (.witness, witness.map { $0 + "\n" }.joined()),
    ]
    for (stream, text) in streams where !text.isEmpty {
      journal.append(JournalEntry(time: Int64(journal.count + 1), event: .bytes(stream, Array(text.utf8))))
    }
    return ExecutionResult(termination: termination, usage: usage, journal: journal, leftovers: leftovers)
  }
}

/// Records as the witness writes them.
enum WitnessSays {
  static func processBegan(_ process: Int = 10, output: Int = 1) -> String {
    record(
      "process", process, process, "MainThread",
      #""event":"start","ident":7,"how":"main","parent":1,"output":\#(output)"#)
  }

  static func processEnded(_ process: Int = 10) -> String {
    record("process", process, process, "MainThread", #""event":"end""#)
  }

  static func threadBegan(_ name: String, process: Int = 10, _ thread: Int, file: String = "p.py", line: Int = 3)
    -> String
  {
    record("thread", process, thread, name, #""event":"start","ident":1,"file":"\#(file)","line":\#(line)"#)
  }

  static func threadEnded(_ name: String, process: Int = 10, _ thread: Int) -> String {
    record("thread", process, thread, name, #""event":"end","ident":1"#)
  }

  static func printed(
    _ text: String, by name: String = "MainThread", process: Int = 10, _ thread: Int = 10, stream: String = "out"
  ) -> String {
    record("print", process, thread, name, #""stream":"\#(stream)","text":"\#(escaped(text))""#)
  }

  static func exception(
    _ summary: String, by name: String, process: Int = 10, _ thread: Int, text: String = "Traceback"
  )
    -> String
  {
    record("exception", process, thread, name, #""summary":"\#(escaped(summary))","text":"\#(escaped(text))""#)
  }

  private static func record(_ kind: String, _ process: Int, _ thread: Int, _ name: String, _ facts: String) -> String {
    #"{"kind":"\#(kind)","pid":\#(process),"tid":\#(thread),"name":"\#(escaped(name))",\#(facts)}"#
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}

extension Run {
  /// A run of an execution, with the trace that it has.
  static func make(
    _ result: ExecutionResult = .make(), attempt: Int = 1, mode: RunMode = .plain, programName: String? = nil
  ) -> Run {
    Run(
      scenario: "plain", attempt: attempt, mode: mode, result: result,
      trace: Trace(result: result, programName: programName))
  }
}

extension Trace {
  /// The lines of the trace, with who wrote them where that is known.
  var lines: [String] {
    events.compactMap { event in
      guard case .line(let text) = event.kind else { return nil }
      return event.writer.map { "\($0.name)| \(text)" } ?? text
    }
  }
}
