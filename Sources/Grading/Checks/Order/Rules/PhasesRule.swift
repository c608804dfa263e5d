/// One phase ends before the next begins: `∀ e ∈ of[i], f ∈ of[j] : i < j ⇒ e < f`, or `e.field < f.field ⇒ e < f`.
///
/// With several events in `of`, each is a phase. With one event and a `field`, each of its values is one, in rising
/// order, as at a barrier.
///
///     events: {step: "{thread} is in round {round:int}"}
///     rules:
///       - phases: {of: step, field: round}
///
/// Holds for:
///
///     a is in round 1
///     b is in round 1
///     b is in round 2
///
/// Fails for:
///
///     a is in round 1
///     a is in round 2
///     b is in round 1
///
/// Says: "b is in round 1" came after "a is in round 2", which belongs to a later phase.
public struct PhasesRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "phases"
  /// The events of the phases in order, or the one whose values are the phases.
  public var of: [String]
  /// The capture whose values are the phases; nil where events are.
  public var field: String?
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule on phases.
  public init(of: [String], field: String? = nil, per: String? = nil) {
    self.of = of
    self.field = field
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { of.map { OrderSubject($0, [field, per]) } }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { of }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    let phases = Dictionary(of.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
    let indices = transcript.forms.map { phases[$0.name] ?? 0 }
    return transcript.groups(of, per: per).compactMap { group in
      var latest: (phase: EventValue, event: OrderTranscript.Event)?
      for event in group.events {
        guard let phase = field.map({ event.values[$0] }) ?? EventValue(indices[event.form]) else { continue }
        guard let later = latest, phase < later.phase else {
          if latest.map({ $0.phase < phase }) ?? true { latest = (phase, event) }
          continue
        }
        if later.event.order == event.order { continue }
        return Finding(
          .wrongOrder,
          """
          \(transcript.quote(event)) came after \(transcript.quote(later.event))\(group.remark), which belongs to a \
          later phase.
          """,
          counterExample: transcript.lines(of: later.event, event))
      }
      return nil
    }
  }
}
