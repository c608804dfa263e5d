/// Values go up from each event to the next: `∀ e, f ∈ of : e < f ⇒ e.field < f.field`.
///
/// With `per`, that holds within the events of every value of that capture on its own.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - ascending: {of: line, per: thread, field: n}
///
/// Holds for:
///
///     Thread 1: 1
///     Thread 2: 1
///     Thread 1: 2
///
/// Fails for:
///
///     Thread 1: 2
///     Thread 2: 1
///     Thread 1: 1
///
/// Says: Thread 1 printed 2 before 1: inside one thread the numbers must go up.
public struct AscendingRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "ascending"
  /// The event.
  public var of: String
  /// The capture whose values must go up.
  public var field: String
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule on values that go up.
  public init(of: String, field: String, per: String? = nil) {
    self.of = of
    self.field = field
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(of, [field, per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [of] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    let rule = per.map { "inside one \($0) the numbers must go up" } ?? "the numbers must go up"
    return transcript.groups(of, per: per).compactMap { group in
      for (event, next) in zip(group.events, group.events.dropFirst()) {
        guard let value = event.values[field], let nextValue = next.values[field], value >= nextValue else { continue }
        let (first, second) = (OrderWords.quoted(value), OrderWords.quoted(nextValue))
        return Finding(
          .wrongOrder,
          value == nextValue
            ? "\(group.subject) printed \(first) and then \(second) again: \(rule)."
            : "\(group.subject) printed \(first) before \(second): \(rule).",
          counterExample: transcript.lines(of: event, next))
      }
      return nil
    }
  }
}
