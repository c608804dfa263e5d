/// Events of different threads mix in some run: `∃ run ∃ e < f < g : e.by = g.by ≠ f.by`.
///
/// One run that is not serial is enough, the stretched one too, since nothing forces threads to mix every time. `by`
/// says whose event it is: a capture, or `writer`. With `per`, the events of each value must mix.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - interleaved: {of: line, by: thread}
///
/// Holds for:
///
///     a: 1
///     b: 1
///     a: 2
///
/// Fails for:
///
///     a: 1
///     a: 2
///     b: 1
///
/// Says: All lines of "a" came before the first of "b": nothing ran side by side.
public struct InterleavedRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "interleaved"
  /// One run that shows it is enough.
  public static let scope = OrderScope.someRun
  /// The events.
  public var of: [String]
  /// The capture that says whose event it is.
  public var by: String
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule against running one after the other.
  public init(of: [String], by: String, per: String? = nil) {
    self.of = of
    self.by = by
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { of.map { OrderSubject($0, [by, per]) } }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { of }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(of, per: per).compactMap { group in
      var seen: Set<EventValue> = []
      var previous: EventValue?
      for event in group.events {
        guard let value = event.values[by], value != previous else { continue }
        // Who comes back has been interrupted by somebody else.
        if !seen.insert(value).inserted { return nil }
        previous = value
      }
      return finding(group, transcript)
    }
  }

  private func finding(_ group: OrderGroup, _ transcript: OrderTranscript) -> Finding {
    let first = group.events.first.flatMap { $0.values[by] }
    guard let change = group.events.firstIndex(where: { $0.values[by] != first }) else {
      let who = first.map(OrderWords.quoted) ?? "nobody"
      return Finding(
        .notConcurrent, "All lines are those of \(by) \(who)\(group.remark): nothing ran side by side.",
        counterExample: transcript.lines(of: group.events.first, group.events.last))
    }
    let (last, next) = (group.events[change - 1], group.events[change])
    let names = [last, next].map { $0.values[by].map(OrderWords.quoted) ?? "" }
    return Finding(
      .notConcurrent,
      "All lines of \(names[0]) came before the first of \(names[1])\(group.remark): nothing ran side by side.",
      counterExample: transcript.lines(of: last, next))
  }
}
