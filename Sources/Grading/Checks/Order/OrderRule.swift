/// One rule of an `order` check: what must hold for what a run printed.
///
/// The comment of each rule begins with its meaning as a formula, in which `e < f` means that `e` was printed before
/// `f`. It ends with an example that tests run: a check, what the rule holds for, what it fails for, and what it says.
public protocol OrderRule: Sendable {
  /// The key of the rule in `exercise.yaml`.
  static var name: String { get }

  /// Which runs it must hold in.
  static var scope: OrderScope { get }

  /// Whether it matters in which order the events were printed.
  static var needsOrder: Bool { get }

  /// The events and their captures that the rule speaks of.
  var subjects: [OrderSubject] { get }

  /// The events without which the rule is about nothing; nothing printed earns nothing.
  var indispensable: [String] { get }

  /// What is wrong in a run; empty where the rule holds.
  /// - Parameter transcript: what the run printed; holds every indispensable event at least once.
  /// - Returns: at most one finding for each value of the capture that tells events apart.
  func findings(in transcript: OrderTranscript) -> [Finding]
}

extension OrderRule {
  /// Most rules must hold in every run.
  public static var scope: OrderScope { .everyRun }

  /// Most rules are about order.
  public static var needsOrder: Bool { true }
}

/// The runs of a scenario that a rule must hold in.
public enum OrderScope: Sendable {
  /// All plain runs: what is forbidden must not be seen once.
  case everyRun
  /// One run, plain or stretched: what must be possible needs to be seen only once.
  case someRun
}

/// An event and the captures of it that a rule speaks of.
public struct OrderSubject: Sendable, Equatable {
  /// The event's name.
  public var event: String
  /// The captures' names; `writer` may be among them.
  public var captures: [String]

  /// An event and captures of it.
  public init(_ event: String, _ captures: [String?] = []) {
    self.event = event
    self.captures = captures.compactMap(\.self)
  }
}
