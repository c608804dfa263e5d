/// One event comes before another: `∀ t ∈ then ∃ f ∈ first : f < t`, and `f.per = t.per`.
///
/// Every item is produced before it is consumed.
///
///     events: {made: "made {item:int}", used: "used {item:int}"}
///     rules:
///       - before: {first: made, then: used, per: item}
///
/// Holds for:
///
///     made 1
///     used 1
///     made 2
///
/// Fails for:
///
///     made 2
///     used 1
///     made 1
///
/// Says: "used 1" was printed before "made 1"; it must come after it.
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
      let key = event.values[per]
      if firsts[key] == nil { firsts[key] = event }
    }
    for event in transcript.events(then) {
      let match = firsts[event.values[per]]
      if let match, match.order <= event.order { continue }
      return [finding(event, match, transcript)]
    }
    return []
  }

  private func finding(
    _ event: OrderTranscript.Event, _ match: OrderTranscript.Event?, _ transcript: OrderTranscript
  ) -> Finding {
    let text = transcript.quote(event)
    guard let match else {
      let same = OrderWords.same(per, event)
      return Finding(
        .wrongOrder, "\(text) was printed, but no line of the form \(transcript.form(first))\(same) came before it.",
        counterExample: transcript.lines(of: event))
    }
    return Finding(
      .wrongOrder, "\(text) was printed before \(transcript.quote(match)); it must come after it.",
      counterExample: transcript.lines(of: event, match))
  }
}
