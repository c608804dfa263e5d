/// Text that is safe in a report: the only text that the document accepts.
///
/// Every initialiser makes its text safe, so nothing has to be remembered where it is used:
/// - ANSI escape sequences are taken out; any other control character but tab and newline is shown as `\u{1B}`, and so
///   is a carriage return that isn't part of a line ending. CR LF becomes LF.
/// - What XML 1.0 doesn't allow (U+FFFE, U+FFFF) and bytes that aren't UTF-8 become U+FFFD. One such character makes a
///   whole report unreadable for Jenkins, GitLab and junitparser, and libxml2's writers let it pass.
/// - The markers `[[ATTACHMENT|` and `[[PROPERTY|`, by which some readers take instructions, become `[ [ATTACHMENT|`.
///   The writer alone writes them.
///
/// Making text safe twice changes nothing more, which is what lets a report that was read equal the one that was
/// written.
public struct XMLText: Sendable, Hashable {
  /// The safe text.
  public let value: String

  /// Makes a text safe.
  public init(_ text: String) {
    value = XMLText.safe(text)
  }

  /// Makes text safe that is meant to be UTF-8 and may not be.
  public init(decoding bytes: some Sequence<UInt8>) {
    self.init(String(decoding: Array(bytes), as: UTF8.self))
  }

  /// Keeps text that is known to be safe already, because it is made of safe parts.
  init(safe value: String) {
    self.value = value
  }

  /// Whether there is no text at all.
  public var isEmpty: Bool { value.isEmpty }
}

extension XMLText: ExpressibleByStringInterpolation {
  /// Makes a literal safe, with whatever was interpolated into it.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension XMLText: CustomStringConvertible {
  /// The safe text.
  public var description: String { value }
}
