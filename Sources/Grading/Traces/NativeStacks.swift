/// What a debugger wrote of a process that was compiled: the stacks of its threads, innermost frame first.
///
/// Read are the formats of eu-stack (elfutils), whose places of the program's own frames addr2line (binutils) completes, and
/// of gdb. All of it comes from memory of a program that may be hostile: whatever is no thread or frame is passed over.
struct NativeStacks {
  /// The threads, by the ids that the kernel has for them.
  private(set) var threads: [Thread] = []

  struct Thread {
    var id: Int
    var frames: [Frame] = []

    /// The innermost frame of the program's own code, if any with a line.
    var own: Frame? { frames.first { $0.isOwn && $0.place != nil } ?? frames.first(where: \.isOwn) }
  }

  struct Frame {
    /// What the debugger calls the function; empty where it doesn't know.
    var function: String
    /// Where it is in the program's own sources; nil where that is not known.
    var place: Standing.Place?
    /// Whether it is in the program itself, not in a library.
    var isOwn: Bool
    fileprivate var address: Substring = ""
  }

  private static let mostLines = 20_000
  private static let mostLinesOfFile = 10_000_000

  /// Reads what eu-stack, or else gdb, wrote.
  init(_ text: String) {
    let lines = text.split(separator: "\n").prefix(Self.mostLines)
    if let program = lines.lastIndex(where: { $0.hasPrefix("PROGRAM ") }) {
      readUnwound(lines[..<program], program: String(lines[program].dropFirst("PROGRAM ".count)))
      complete(with: lines[lines.index(after: program)...])
    } else {
      readDebugged(lines)
    }
  }

  /// `TID 12:`, then `#1  0x0123 - 1 function - /path/of/module` and perhaps `    file.c:12:3`.
  private mutating func readUnwound(_ lines: ArraySlice<Substring>, program: String) {
    for line in lines {
      if let match = line.wholeMatch(of: /TID ([0-9]{1,9}):/), let id = Int(match.1) {
        threads.append(Thread(id: id))
      } else if let last = threads.indices.last, let frame = Self.unwoundFrame(line, program: program) {
        threads[last].frames.append(frame)
      } else if let last = threads.indices.last, let frame = threads[last].frames.indices.last, line.hasPrefix("    ") {
        threads[last].frames[frame].place = Self.place(line.trimmingPrefix(/\ +/))
      }
    }
  }

  private static func unwoundFrame(_ line: Substring, program: String) -> Frame? {
    guard let match = line.wholeMatch(of: /#[0-9]+ +(0x[0-9a-f]+)(?: - 1| +)? *(.*)/) else { return nil }
    let module = match.2.ranges(of: "- /").last
    let function = match.2[..<(module?.lowerBound ?? match.2.endIndex)]
    let path = module.map { match.2[match.2.index($0.lowerBound, offsetBy: 2)...] }
    return Frame(function: trimmed(function), isOwn: path ?? "" == program, address: match.1)
  }

  /// `0x0123 0x23`, an address of a frame and what it is in the file; `0x0023: file.c:12` says the place of that.
  private mutating func complete(with lines: ArraySlice<Substring>) {
    var inFile: [Substring: Int] = [:]
    var places: [Int: Standing.Place] = [:]
    var last: Int?
    for line in lines {
      if let match = line.wholeMatch(of: /(0x[0-9a-f]+) 0x([0-9a-f]+)/) {
        inFile[match.1] = Int(match.2, radix: 16)
      } else if let match = line.wholeMatch(of: /0x([0-9a-f]+): (.*)/) {
        last = Int(match.1, radix: 16)
        if let last { places[last] = Self.place(match.2) }
      } else if let match = line.wholeMatch(of: /\ \(inlined by\) (.*)/), let last, places[last] == nil {
        places[last] = Self.place(match.1)
      }
    }
    for thread in threads.indices {
      for frame in threads[thread].frames.indices where threads[thread].frames[frame].place == nil {
        guard threads[thread].frames[frame].isOwn else { continue }
        threads[thread].frames[frame].place = inFile[threads[thread].frames[frame].address].flatMap { places[$0] }
      }
    }
  }

  /// `Thread 2 (Thread 0x7f12 (LWP 12) "name"):`, then `#1  0x0123 in function (...) at file.c:12`.
  private mutating func readDebugged(_ lines: ArraySlice<Substring>) {
    for line in lines {
      if let match = line.prefixMatch(of: /Thread [0-9]+ \(.*LWP ([0-9]{1,9})\b/), let id = Int(match.1) {
        threads.append(Thread(id: id))
      } else if let last = threads.indices.last,
        let match = line.prefixMatch(of: /#[0-9]+ +(?:0x[0-9a-f]+ in )?(.+?) \(/)
      {
        let place = line.ranges(of: " at ").last.flatMap { Self.place(line[$0.upperBound...]) }
        threads[last].frames.append(Frame(function: String(match.1), place: place, isOwn: place != nil))
      }
    }
  }

  /// A place in the program's own sources, from `/path/file.c:12:3` or `file.c:12 (discriminator 1)`.
  private static func place(_ text: Substring) -> Standing.Place? {
    guard let match = text.prefixMatch(of: /(.{1,600}?):([0-9]+)(?::[0-9]+)?(?: \(.*\))?$/),
      let line = Int(match.2), (1...mostLinesOfFile).contains(line), !isForeign(match.1)
    else { return nil }
    return Standing.Place(file: String(match.1), line: line)
  }

  /// Headers of the system, sources of its libraries, and what a compiler made up.
  private static func isForeign(_ file: Substring) -> Bool {
    ["/usr/", "/opt/", "/build/", "./", "../", "<", "?"].contains { file.hasPrefix($0) }
      || file.contains("<compiler-generated>")
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.trimmingPrefix(/\ +/).reversed().drop { $0 == " " }.reversed())
  }
}
