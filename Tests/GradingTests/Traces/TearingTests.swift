import Grading
import Sandboxing
import Testing

/// A small generator of random numbers that gives the same ones on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Programs whose threads tear each other's lines, in every way that a scheduler may choose.
@Suite struct TearingTests {
  /// What one thread writes: each line in pieces, as `print` with several arguments does.
  private static func pieces(of line: String, _ generator: inout SeededGenerator) -> [String] {
    var pieces: [String] = []
    var rest = Substring(line)
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...6, using: &generator))
      pieces.append(String(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces + ["\n"]
  }

  /// An execution of threads that print lines, torn and mixed at random; reported when each line is complete.
  static func tornRun(threads: Int, lines: Int, seed: UInt64, whole: Bool = false) -> ExecutionResult {
    var generator = SeededGenerator(state: seed)
    var waiting = (1...threads).map { thread in
      (1...lines).flatMap { number -> [(String, String?)] in
        let line = "Thread Thread \(thread): \(number)"
        let pieces = whole ? [line, "\n"] : pieces(of: line, &generator)
        let record = WitnessSays.printed(line + "\n", by: "Thread \(thread)", 10 + thread)
        return pieces.dropLast().map { ($0, nil) } + [("\n", record)]
      }[...]
    }
    var output = ""
    var records = [WitnessSays.processBegan()]
    while let thread = waiting.indices.filter({ !waiting[$0].isEmpty }).randomElement(using: &generator) {
      let (piece, record) = waiting[thread].removeFirst()
      output += piece
      if let record { records.append(record) }
    }
    return .make(output: output, witness: records)
  }

  @Test(arguments: 0..<200)
  func `however lines are torn and mixed, each thread's lines come back whole and in order`(seed: UInt64) {
    let trace = Trace(result: Self.tornRun(threads: 3, lines: 5, seed: seed))
    #expect(trace.isAttributed)
    for thread in 1...3 {
      let lines = trace.lines.filter { $0.hasPrefix("Thread \(thread)| ") }
      #expect(lines == (1...5).map { "Thread \(thread)| Thread Thread \(thread): \($0)" })
    }
  }
}
