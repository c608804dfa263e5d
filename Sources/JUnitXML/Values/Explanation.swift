/// Why a test case isn't a plain pass: one line, and whatever there is to add.
///
/// In the document the line is both the attribute `message` and the beginning of the element's text, since GitLab
/// ignores the attribute when there is text and Artemis shows the attribute alone.
public struct Explanation: Sendable, Hashable {
  /// One line, never empty.
  public let message: XMLText
  /// More lines; may be empty.
  public let details: XMLText

  /// Folds the message onto one line and cuts details over 64 KiB.
  public init(_ message: XMLText, details: XMLText = "") {
    let line = message.oneLine()
    self.message = line.isEmpty ? "no message" : line
    self.details = details.cut(toBytes: XMLText.outputLimit)
  }

  /// The text of the element: the message, then an empty line and the details.
  var text: String {
    details.isEmpty ? message.value : "\(message.value)\(Explanation.separator)\(details.value)"
  }

  /// The explanation whose text this is; nil where the text doesn't begin with the message.
  init?(message: String, text: String) {
    guard text.utf8.starts(with: message.utf8) else { return nil }
    let rest = text.utf8.dropFirst(message.utf8.count)
    guard rest.isEmpty || rest.starts(with: Explanation.separator.utf8) else { return nil }
    let details = Substring(rest.dropFirst(Explanation.separator.utf8.count))
    self.init(XMLText(message), details: XMLText(String(details)))
  }

  private static let separator = "\n\n"
}

/// One way in which a program failed.
public struct Failure: Sendable, Hashable {
  /// The kind of failure.
  public let type: FailureType
  /// What was wrong.
  public let explanation: Explanation

  /// A failure of a kind.
  public init(_ type: FailureType, _ message: XMLText, details: XMLText = "") {
    self.init(type, Explanation(message, details: details))
  }

  /// A failure of a kind, explained.
  public init(_ type: FailureType, _ explanation: Explanation) {
    self.type = type
    self.explanation = explanation
  }
}

/// One more attempt at a test case that failed, beside the one that its outcome tells of.
public struct FailedAttempt: Sendable, Hashable {
  /// How this attempt failed; its explanation is the attempt's stack trace in the document.
  public let failure: Failure
  /// What this attempt printed to standard output; empty when nothing is to be shown.
  public let systemOut: XMLText
  /// What this attempt printed to standard error; empty when nothing is to be shown.
  public let systemErr: XMLText

  /// A failed attempt; outputs over 64 KiB are cut.
  public init(_ failure: Failure, systemOut: XMLText = "", systemErr: XMLText = "") {
    self.failure = failure
    self.systemOut = systemOut.cut(toBytes: XMLText.outputLimit)
    self.systemErr = systemErr.cut(toBytes: XMLText.outputLimit)
  }
}
