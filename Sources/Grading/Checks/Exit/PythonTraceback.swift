/// A traceback that Python printed on standard error.
struct PythonTraceback: Equatable {
  /// What ended: `thread Thread-1 (work)`, `process Process-1`, or nil for the program itself.
  var heading: String?
  /// The lines from `Traceback` to the exception.
  var text: String
  /// The exception: its class and message.
  var summary: String

  private static let start = "Traceback (most recent call last):"
  private static let chains: Set<Substring> = [
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
  ]

  /// The tracebacks in a text, in order; one exception that led to another makes one traceback.
  static func all(in errors: String) -> [PythonTraceback] {
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
    var tracebacks: [PythonTraceback] = []
    var index = 0
    while index < lines.count {
      guard lines[index] == start else {
        index += 1
        continue
      }
      let end = lines[(index + 1)...].firstIndex { !$0.hasPrefix(" ") && !$0.isEmpty } ?? lines.count - 1
      let text = lines[index...end].joined(separator: "\n")
      let summary = end > index ? String(lines[end]) : ""
      let isChained = index >= 2 && chains.contains(lines[index - 2])
      if isChained, let previous = tracebacks.popLast() {
        let joined = "\(previous.text)\n\n\(lines[index - 2])\n\n\(text)"
        tracebacks.append(PythonTraceback(heading: previous.heading, text: joined, summary: summary))
      } else {
        let heading = index > 0 ? heading(lines[index - 1]) : nil
        tracebacks.append(PythonTraceback(heading: heading, text: text, summary: summary))
      }
      index = end + 1
    }
    return tracebacks
  }

  private static func heading(_ line: Substring) -> String? {
    guard line.hasSuffix(":") else { return nil }
    let line = line.dropLast()
    if line.hasPrefix("Exception in thread ") { return "thread \(line.dropFirst("Exception in thread ".count))" }
    if line.hasPrefix("Process ") { return "process \(line.dropFirst("Process ".count))" }
    return nil
  }

  /// A text's last lines, so many as a finding can show.
  static func tail(_ text: String, lines limit: Int = 30) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.prefix(300) }
    return lines.suffix(limit).joined(separator: "\n")
  }
}
