import Foundation
import Reporting
import Testing

@testable import threadmark

struct TerminalTests {
  @Test(arguments: [
    (["LANG": "de_DE.UTF-8"], false), (["LANG": "C.utf8"], false), (["LANG": "C"], true), ([:], true),
    (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], true), (["LC_CTYPE": "en_US.UTF-8", "LANG": "C"], false),
    (["LC_ALL": "", "LANG": "C.UTF-8"], false),
  ])
  func `ASCII is used where the locale has no UTF-8`(environment: [String: String], isASCII: Bool) {
    #expect(Terminal(descriptor: -1, environment: environment).style.isASCII == isASCII)
  }

  @Test func `what is no terminal is 80 columns wide and plain`() {
    let style = Terminal(descriptor: -1, environment: ["LANG": "C.UTF-8", "TERM": "xterm"]).style
    #expect(style == ConsoleStyle(width: 80, isColoured: false, isASCII: false))
  }

  @Test func `a terminal is as wide as it is, and coloured unless it asks not to be`() throws {
    let terminal = try PseudoTerminal(columns: 100)
    #expect(terminal.style() == ConsoleStyle(width: 100, isColoured: true))
    #expect(terminal.style(["NO_COLOR": "1"]) == ConsoleStyle(width: 100))
    #expect(terminal.style(["NO_COLOR": ""]).isColoured)
    #expect(!terminal.style(["TERM": "dumb"]).isColoured)
  }

  @Test(arguments: [40, 80, 120], [true, false])
  func `the bar fits the terminal`(width: Int, isASCII: Bool) {
    let style = ConsoleStyle(width: width, isASCII: isASCII)
    for done in [0, 1, 999, 1000] {
      let bar = Progress.bar(done: done, of: 1000, last: String(repeating: "long ", count: 40), style: style)
      #expect(bar.count < width)
      #expect(bar.contains("\(done)/1000"))
      #expect(!isASCII || bar.utf8.allSatisfy { $0 < 128 })
    }
    #expect(Progress.bar(done: 0, of: 0, last: "", style: style).contains("0/0"))
  }
}

/// A terminal that no one looks at.
private final class PseudoTerminal {
  private let controller: Int32
  private let terminal: Int32

  /// TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), macros that Swift does not see.
  private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

  init(columns: UInt16) throws {
    controller = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var lock: Int32 = 0
    var number: Int32 = 0
    guard ioctl(controller, Self.setLock, &lock) == 0, ioctl(controller, Self.getNumber, &number) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard terminal >= 0, ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }

  deinit {
    close(terminal)
    close(controller)
  }

  func style(_ environment: [String: String] = [:]) -> ConsoleStyle {
    let environment = ["LANG": "C.UTF-8", "TERM": "xterm"].merging(environment) { $1 }
    return Terminal(descriptor: terminal, environment: environment).style
  }
}
