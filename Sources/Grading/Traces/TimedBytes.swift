import Sandboxing

/// What one stream of a run carried, with the instant at which each part of it arrived.
struct TimedBytes {
  private(set) var bytes: [UInt8] = []
  /// Where each chunk ends and when it arrived, in order.
  private var chunks: [(end: Int, time: Int64)] = []

  /// Everything a stream carried, up to a number of bytes.
  init(_ journal: [JournalEntry], of stream: JournalEntry.Stream, limit: Int = .max) {
    for entry in journal where bytes.count < limit {
      guard case .bytes(stream, let chunk) = entry.event, !chunk.isEmpty else { continue }
      bytes += chunk.prefix(limit - bytes.count)
      chunks.append((bytes.count, entry.time))
    }
  }

  /// A line with the instant at which its last byte arrived.
  struct Line {
    var text: ArraySlice<UInt8>
    var time: Int64
    /// Whether a line end followed.
    var isComplete: Bool
  }

  /// The lines, without their line ends; the last may be incomplete but is never empty then.
  var lines: some Sequence<Line> {
    // Lazy, because a program can write nothing but line ends, as much as it is allowed to.
    sequence(state: (start: 0, chunk: 0)) { state -> Line? in
      guard state.start < bytes.count else { return nil }
      let start = state.start
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      state.start = (end ?? bytes.count - 1) + 1
      while chunks[state.chunk].end < state.start { state.chunk += 1 }
      return Line(text: bytes[start..<(end ?? bytes.count)], time: chunks[state.chunk].time, isComplete: end != nil)
    }
  }
}
