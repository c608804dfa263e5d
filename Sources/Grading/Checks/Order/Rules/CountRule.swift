/// An event is printed a certain number of times: `equals = |of|`, or `at_least ≤ |of| ≤ at_most`.
///
/// With `per`, that holds for every value of the capture on its own.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - count: {of: line, per: thread, equals: 2}
///
/// Holds for:
///
///     Thread 1: 1
///     Thread 2: 1
///     Thread 1: 2
///     Thread 2: 2
///
/// Fails for:
///
///     Thread 1: 1
///
/// Says: Thread 1 printed 1 line of the form "{thread}: {n:int}", but 2 are asked for.
public struct CountRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "count"
  /// The order is no matter.
  public static let needsOrder = false
  /// The event.
  public var of: String
  /// The capture by whose values the events are told apart.
  public var per: String?
  /// How often it must be printed.
  public var equals: Int?
  /// How often it must be printed at least.
  public var atLeast: Int?
  /// How often it may be printed at most.
  public var atMost: Int?

  /// A rule on a number of times.
  public init(of: String, per: String? = nil, equals: Int? = nil, atLeast: Int? = nil, atMost: Int? = nil) {
    self.of = of
    self.per = per
    self.equals = equals
    self.atLeast = atLeast
    self.atMost = atMost
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(of, [per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { minimum > 0 ? [of] : [] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(of, per: per).compactMap { group in
      let count = group.events.count
      guard !(minimum...max(minimum, maximum)).contains(count) else { return nil }
      let lines = OrderWords.count(count, "line")
      // The first line too many, or else the last one there is.
      let shown = count > maximum ? group.events.dropFirst(maximum).first : group.events.last
      return Finding(
        .wrongAnswer,
        "\(group.subject) printed \(lines) of the form \(transcript.form(of)), but \(demand).",
        counterExample: transcript.lines(of: shown))
    }
  }

  private var minimum: Int { max(equals ?? 0, atLeast ?? 0) }
  private var maximum: Int { min(equals ?? .max, atMost ?? .max) }

  private var demand: String {
    if minimum == maximum { return minimum == 1 ? "1 is asked for" : "\(minimum) are asked for" }
    let bounds = [minimum > 0 ? "at least \(minimum)" : nil, maximum < .max ? "at most \(maximum)" : nil]
    return "\(bounds.compactMap(\.self).joined(separator: " and ")) are asked for"
  }
}
