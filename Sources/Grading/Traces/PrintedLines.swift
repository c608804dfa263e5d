/// What the threads of a run print on one stream, put together to lines from the parts that the witness reports.
struct PrintedLines {
  /// How often each byte was printed.
  private(set) var histogram = [Int](repeating: 0, count: 256)
  private var open: [Key: (text: [UInt8], writer: TraceEvent.Writer)] = [:]

  /// A thread of a process.
  struct Key: Hashable {
    var process: Int
    var thread: Int

    /// The thread that wrote.
    init(_ writer: TraceEvent.Writer) {
      process = writer.process
      thread = writer.thread
    }
  }

  /// Takes a text.
  /// - Returns: the lines that are complete with it.
  mutating func add(_ text: [UInt8], by writer: TraceEvent.Writer) -> [[UInt8]] {
    for byte in text { histogram[Int(byte)] += 1 }
    var parts = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let rest = parts.popLast() ?? []
    let key = Key(writer)
    let lines = parts.map { part in (open.removeValue(forKey: key)?.text ?? []) + part }
    if !rest.isEmpty { open[key] = ((open[key]?.text ?? []) + rest, writer) }
    return lines
  }

  /// Takes out the lines without a line end of some threads, in the order of the threads.
  mutating func close(where isMeant: (Key) -> Bool) -> [(line: [UInt8], writer: TraceEvent.Writer)] {
    if open.isEmpty { return [] }
    let keys = open.keys.filter(isMeant).sorted { ($0.process, $0.thread) < ($1.process, $1.thread) }
    return keys.compactMap { open.removeValue(forKey: $0).map { (line: $0.text, writer: $0.writer) } }
  }
}
