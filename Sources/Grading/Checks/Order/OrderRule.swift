/// One rule of an `order` check: what must hold for what a run printed.
public protocol OrderRule: Sendable {
  /// The key of the rule in `exercise.yaml`.
  static var name: String { get }

  /// The events and their captures that the rule speaks of.
  var subjects: [OrderSubject] { get }

  /// The events without which the rule is about nothing; nothing printed earns nothing.
  var indispensable: [String] { get }

  /// What is wrong in a run; empty where the rule holds.
  /// - Parameter transcript: what the run printed; holds every indispensable event at least once.
  /// - Returns: at most one finding for each value of the capture that tells events apart.
  func findings(in transcript: OrderTranscript) -> [Finding]
}

/// An event and the captures of it that a rule speaks of.
public struct OrderSubject: Sendable, Equatable {
  /// The event's name.
  public var event: String
  /// The captures' names.
  public var captures: [String]

  /// An event and captures of it.
  public init(_ event: String, _ captures: [String?] = []) {
    self.event = event
    self.captures = captures.compactMap(\.self)
  }
}
