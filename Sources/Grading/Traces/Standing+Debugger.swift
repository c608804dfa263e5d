import Sandboxing

extension Standing {
  /// As many threads as anybody reads of.
  private static let mostThreads = 512

  /// Adds where threads of compiled programs were, as a debugger saw them.
  mutating func add(debuggersOf journal: [JournalEntry], sources: [ContainerFile]) {
    var stacks: [Int: [UInt8]] = [:]
    for entry in journal {
      if case .debuggerStacks(let process, let bytes) = entry.event { stacks[process, default: []] += bytes }
    }
    for (process, bytes) in stacks.sorted(by: { $0.key < $1.key }) {
      for thread in NativeStacks(String(decoding: bytes, as: UTF8.self)).threads where waits.count < Self.mostThreads {
        guard let frame = thread.own else { continue }
        let writer = TraceEvent.Writer(process: process, thread: thread.id, name: "")
        waits.append(
          Wait(
            writer: writer, kind: .other, place: frame.place?.shown(from: sources),
            function: frame.isReadable ? frame.function : ""))
      }
    }
  }
}

extension NativeStacks.Frame {
  /// Swift's and C++'s linkers' names mean nothing to a student.
  fileprivate var isReadable: Bool { !["$s", "_Z", "_start"].contains { function.hasPrefix($0) } }
}

extension Standing.Place {
  /// The same line under the name that the student's file has, and its text, where the file is among those given.
  ///
  /// Compilers note the path that a file had on the machine where it was compiled; only its name is the same here.
  fileprivate func shown(from files: [ContainerFile]) -> Standing.Place {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let own = files.filter { $0.path == name || $0.path.hasSuffix("/\(name)") }
    guard own.count == 1, let source = own.first else { return Standing.Place(file: name, line: line) }
    let lines = source.contents.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return Standing.Place(file: source.path, line: line) }
    let text = String(decoding: lines[line - 1].prefix(400), as: UTF8.self)
    return Standing.Place(file: source.path, line: line, source: String(text.trimmingPrefix(/\s+/)))
  }
}
