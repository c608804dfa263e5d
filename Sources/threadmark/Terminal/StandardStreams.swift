import Foundation
import Reporting

/// The process's standard streams, written so that a closed or full one is never a crash.
enum StandardStreams {
  /// Makes sure that descriptors 0 to 2 are open, so that no file of ours takes their place, and survives closed pipes.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    var descriptor: Int32
    repeat { descriptor = open("/dev/null", O_RDWR) } while (0...2).contains(descriptor)
    if descriptor > 2 { close(descriptor) }
  }

  /// Writes to standard output; that nobody reads on is no error.
  static func write(_ text: String) throws(CommandFailure) {
    let number = writeAll(Array(text.utf8), to: STDOUT_FILENO)
    guard number == 0 || number == EPIPE else {
      throw .machine("Standard output cannot be written: \(String(cString: strerror(number))).")
    }
  }

  /// Writes a message to standard error, ending in a line end; what it quotes cannot obey the terminal's commands.
  static func complain(_ message: String) {
    _ = writeAll(Array((VisibleText(lines: message).string + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes all bytes as they are.
  /// - Returns: 0, or the errno of what failed.
  @discardableResult
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        let number = errno
        guard number == EINTR || number == EAGAIN else { return number }
        if number == EAGAIN { waitUntilWritable(descriptor) }
        continue
      }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  /// A pipe that another process made non-blocking takes more when it is ready.
  private static func waitUntilWritable(_ descriptor: Int32) {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&waiting, 1, 1000)
  }
}
