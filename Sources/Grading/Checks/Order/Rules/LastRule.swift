/// One event comes after all others: `∀ e ∈ among ∃ f ∈ of : e ≤ f`, and `f.per = e.per`.
///
/// `among` is every event of the check unless some are named. Lines that are no event do not count.
///
///     events: {line: "{thread}: {n:int}", end: "done"}
///     rules:
///       - last: {of: end}
///
/// Holds for:
///
///     a: 1
///     done
///
/// Fails for:
///
///     a: 1
///     done
///     a: 2
///
/// Says: "a: 2" came last, but a line of the form "done" must.
public struct LastRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "last"
  /// The event that must come last.
  public var of: String
  /// The events that it must come after.
  public var among: [String]
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule on what comes last.
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
      let right = group.events.last { transcript.name(of: $0) == of }
      guard let last = group.events.last, right?.order != last.order else { return nil }
      let form = transcript.form(of)
      return Finding(
        .wrongOrder, "\(transcript.quote(last)) came last\(group.remark), but a line of the form \(form) must.",
        counterExample: transcript.lines(of: right, last))
    }
  }
}
