/// An event of an `order` check: what it is called, what it looks like, and where it is printed.
public struct EventForm: Sendable, Equatable {
  /// The name that rules use.
  public var name: String
  /// What a line of it looks like.
  public var pattern: EventPattern
  /// Where it is printed.
  public var stream: Stream

  /// The streams that an event can be printed on.
  public enum Stream: String, Sendable, CaseIterable {
    /// Standard output.
    case output
    /// Standard error.
    case error
    /// Either of the two.
    case both
  }

  /// The name under which rules speak of the thread that wrote, where the form has no capture of that name.
  public static let writer = "writer"

  /// An event, on standard output unless told otherwise.
  public init(name: String, pattern: EventPattern, stream: Stream = .output) {
    self.name = name
    self.pattern = pattern
    self.stream = stream
  }

  /// Whether a capture means the thread that wrote.
  func isWriter(_ capture: String) -> Bool { capture == Self.writer && !pattern.fieldNames.contains(capture) }

  /// Whether it may be printed on a stream.
  func isPrinted(onErrors: Bool) -> Bool { stream == .both || (stream == .error) == onErrors }
}
