import Foundation
import Reporting

/// What is known of a terminal, or of what stands in its place.
struct Terminal: Sendable {
  let descriptor: Int32
  let environment: [String: String]

  /// The terminal or file that results are printed on.
  static var output: Terminal {
    Terminal(descriptor: STDOUT_FILENO, environment: ProcessInfo.processInfo.environment)
  }

  /// The terminal or file that progress and errors are printed on.
  static var errors: Terminal {
    Terminal(descriptor: STDERR_FILENO, environment: ProcessInfo.processInfo.environment)
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether it is a terminal that lines can be drawn over.
  var canRedraw: Bool { isTerminal && environment["TERM"] != "dumb" }

  /// Draws over the current line of a terminal: back to its start, the text, and what is left of it erased.
  func draw(_ line: String) {
    guard canRedraw else { return }
    StandardStreams.writeAll(Array("\r\(style.cut(line, to: style.width - 1))\u{1B}[K".utf8), to: descriptor)
  }

  /// How to print: as wide as the terminal, 80 columns elsewhere; plain where `NO_COLOR` asks for it (no-color.org).
  var style: ConsoleStyle {
    let wantsNoColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return ConsoleStyle(width: width, isColoured: canRedraw && !wantsNoColour, isASCII: isASCII)
  }

  private var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether the locale, found as setlocale(3) does, has no UTF-8.
  private var isASCII: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let encoding = locale.lowercased().replacing("-", with: "")
    return !encoding.contains("utf8")
  }
}
