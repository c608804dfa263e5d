import Foundation
import Grading
import Reporting

/// Tells on standard error how marking a class goes: a bar on a terminal, a line for each submission elsewhere.
struct Progress {
  let total: Int
  let terminal: Terminal
  private var done = 0

  init(total: Int, terminal: Terminal = .errors) {
    self.total = total
    self.terminal = terminal
  }

  /// Draws the bar before anything is marked.
  func start() {
    terminal.draw(Self.bar(done: 0, of: total, last: "", style: terminal.style))
  }

  /// Tells of a submission that was marked.
  mutating func finished(_ submission: SubmissionReport) {
    done += 1
    let line = ClassConsoleReporter(style: terminal.style).line(for: submission)
    if terminal.canRedraw {
      terminal.draw(Self.bar(done: done, of: total, last: line, style: terminal.style))
    } else {
      StandardStreams.writeAll(Array("[\(done)/\(total)] \(line)\n".utf8), to: terminal.descriptor)
    }
  }

  /// Takes the bar away.
  func end() {
    terminal.draw("")
  }

  /// The bar: how many of how many, and what was marked last, one column narrower than the terminal.
  static func bar(done: Int, of total: Int, last: String, style: ConsoleStyle) -> String {
    let cells = 20
    let full = total == 0 ? cells : min(cells, done * cells / total)
    let (mark, space) = style.isASCII ? ("#", ".") : ("█", "░")
    let bar = String(repeating: mark, count: full) + String(repeating: space, count: cells - full)
    return style.cut("\(bar) \(done)/\(total)  \(last)", to: style.width - 1)
  }
}
