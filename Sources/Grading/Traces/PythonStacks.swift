/// What Python's faulthandler wrote of a process: the stacks of its threads, innermost frame first.
struct PythonStacks {
  /// The threads, by the idents that Python has for them.
  private(set) var threads: [Thread] = []

  struct Thread {
    var ident: Int
    /// The innermost line of the program itself, where there is one.
    var place: Standing.Place?
    /// Whether the innermost frame of all is that line, not one of Python's library.
    var isInProgram: Bool
  }

  /// Reads what may be hostile: whatever is no thread or frame is passed over.
  init(_ text: String) {
    for line in text.split(separator: "\n").prefix(20_000) {
      if let ident = Self.ident(line) {
        threads.append(Thread(ident: ident, place: nil, isInProgram: true))
      } else if let last = threads.indices.last, threads[last].place == nil, let place = Self.frame(line) {
        if Self.isLibrary(place.file) {
          threads[last].isInProgram = false
        } else {
          threads[last].place = place
        }
      }
    }
  }

  /// `Thread 0x00007f…` or `Current thread 0x00007f…`, and what follows.
  private static func ident(_ line: Substring) -> Int? {
    guard let match = line.prefixMatch(of: /(?:Current thread|Thread) 0x([0-9a-f]{1,16})\b/) else { return nil }
    return Int(match.1, radix: 16)
  }

  /// `  File "program.py", line 12 in work`.
  private static func frame(_ line: Substring) -> Standing.Place? {
    guard let match = line.prefixMatch(of: #/  File "(.{1,600})", line ([0-9]{1,9}) in /#), let number = Int(match.2)
    else { return nil }
    return Standing.Place(file: String(match.1), line: number)
  }

  private static func isLibrary(_ file: String) -> Bool {
    file.hasPrefix("<") || file.contains("/lib/python3") || file.hasSuffix("/\(Witness.fileName)")
      || file.hasSuffix("/\(Witness.answerName)")
  }
}
