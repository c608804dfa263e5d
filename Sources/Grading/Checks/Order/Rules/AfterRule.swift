/// One event is followed by another: `∀ f ∈ first ∃ t ∈ then : f < t`, and `f.per = t.per`.
///
/// Every question is answered. The event that must follow may come at any time later.
///
///     events: {asked: "asked {id:int}", told: "told {id:int}"}
///     rules:
///       - after: {first: asked, then: told, per: id}
///
/// Holds for:
///
///     asked 1
///     asked 2
///     told 2
///     told 1
///
/// Fails for:
///
///     told 1
///     asked 1
///
/// Says: "asked 1" was printed, but no line of the form "told {id:int}" with the same id (1) came after it.
public struct AfterRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "after"
  /// The event that must be followed.
  public var first: String
  /// The event that must follow.
  public var then: String
  /// The capture that must be the same in both.
  public var per: String?

  /// A rule on an event that must follow another.
  public init(first: String, then: String, per: String? = nil) {
    self.first = first
    self.then = then
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(first, [per]), OrderSubject(then, [per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [first] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    var lasts: [EventValue?: OrderTranscript.Event] = [:]
    for event in transcript.events(then) { lasts[event.values[per]] = event }
    for event in transcript.events(first) {
      let last = lasts[event.values[per]]
      if let last, last.order >= event.order { continue }
      let same = OrderWords.same(per, event)
      let message =
        "\(transcript.quote(event)) was printed, but no line of the form \(transcript.form(then))\(same) came after it."
      return [Finding(.wrongOrder, message, counterExample: transcript.lines(of: last, event))]
    }
    return []
  }
}
