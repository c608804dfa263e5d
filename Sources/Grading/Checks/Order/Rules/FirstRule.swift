/// One event comes before all others: `∀ e ∈ among ∃ f ∈ of : f ≤ e`, and `f.per = e.per`.
///
/// `among` is every event of the check unless some are named. Lines that are no event do not count.
///
///     events: {start: "start", line: "{thread}: {n:int}"}
///     rules:
///       - first: {of: start}
///
/// Holds for:
///
///     start
///     a: 1
///
/// Fails for:
///
///     a: 1
///     start
///
/// Says: "a: 1" came first, but a line of the form "start" must.
public struct FirstRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "first"
  /// The event that must come first.
  public var of: String
  /// The events that it must come before.
  public var among: [String]
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule on what comes first.
  public init(of: String, among: [String], per: String? = nil) {
    self.of = of
    self.among = among
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(of, [per])] + among.map { OrderSubject($0, [per]) } }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [of] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(among.filter { $0 != of } + [of], per: per).compactMap { group in
      let right = group.events.first { transcript.name(of: $0) == of }
      guard let first = group.events.first, right?.order != first.order else { return nil }
      let form = transcript.form(of)
      return Finding(
        .wrongOrder, "\(transcript.quote(first)) came first\(group.remark), but a line of the form \(form) must.",
        counterExample: transcript.lines(of: first, right))
    }
  }
}
