internal import Glibc

/// A file of a report that cannot be written: what was tried, and why it failed.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path as it was asked for.
  public let path: String
  /// What is wrong with it, as the end of a sentence that begins with the path.
  public let reason: String

  /// An error about a path.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// A call that failed just now.
  init(path: String, failed attempt: String, errno number: Int32) {
    self.init(path: path, reason: "cannot be \(attempt): \(String(cString: strerror(number)))")
  }

  /// A full sentence.
  public var description: String { "\(VisibleText(line: path).string) \(reason)." }
}
