/// One event comes before another: `∀ t ∈ then ∃ f ∈ first : f` printed before `t`.
///
/// With `per`, the two must have the same value of that capture: every item is produced before it is consumed.
///
/// `before: {first: produced, then: consumed, per: item}` holds for
///
///     produced 1
///     consumed 1
///
/// and not for `consumed 1` without `produced 1` above it.
public struct BeforeRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "before"
  /// The event that must come first.
  public var first: String
  /// The event that may only come then.
  public var then: String
  /// The capture that must be the same in both.
  public var per: String?

  /// A rule on which of two events comes first.
  public init(first: String, then: String, per: String? = nil) {
    self.first = first
    self.then = then
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(first, [per]), OrderSubject(then, [per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [then] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    var firsts: [EventValue?: OrderTranscript.Event] = [:]
    for event in transcript.events(first) {
      let key = key(of: event)
      if firsts[key] == nil { firsts[key] = event }
    }
    for event in transcript.events(then) {
      let match = firsts[key(of: event)]
      if let match, match.order < event.order { continue }
      return [finding(event, match, transcript)]
    }
    return []
  }

  private func key(of event: OrderTranscript.Event) -> EventValue? { per.flatMap { event.values[$0] } }

  private func finding(
    _ event: OrderTranscript.Event, _ match: OrderTranscript.Event?, _ transcript: OrderTranscript
  ) -> Finding {
    let value = key(of: event).map { " with the same \(per ?? "") (\(OrderWords.quoted($0)))" } ?? ""
    let text = OrderWords.cut(event.line.text)
    guard let match else {
      return Finding(
        .wrongOrder,
        "\"\(text)\" was printed, but no line of the form \(transcript.form(first))\(value) came before it.",
        counterExample: [event.line])
    }
    return Finding(
      .wrongOrder, "\"\(text)\" was printed before \"\(OrderWords.cut(match.line.text))\"; it must come after it.",
      counterExample: [event.line, match.line].firstOccurrences)
  }
}
