/// Events take turns: `eₖ ∈ of[k mod |of|]`, or with `field`: `eₖ.field = eₖ₋ₙ.field` for its `n` values, two at least.
///
/// With several events in `of`, the first of them begins. With one event and a `field`, its values take turns in the
/// order in which they first appear. The turns may end anywhere.
///
///     events: {ping: "ping {n:int}", pong: "pong {n:int}"}
///     rules:
///       - alternate: {of: [ping, pong]}
///
/// Holds for:
///
///     ping 1
///     pong 1
///     ping 2
///
/// Fails for:
///
///     ping 1
///     ping 2
///     pong 1
///
/// Says: "ping 2" came after "ping 1", where a line of the form "pong {n:int}" was due.
public struct AlternateRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "alternate"
  /// The events that take turns, or the one whose values do.
  public var of: [String]
  /// The capture whose values take turns; nil where events do.
  public var field: String?
  /// The capture by whose values the events are told apart.
  public var per: String?

  /// A rule on turns.
  public init(of: [String], field: String? = nil, per: String? = nil) {
    self.of = of
    self.field = field
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { of.map { OrderSubject($0, [field, per]) } }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { Array(of.prefix(1)) }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(of, per: per).compactMap { group in
      if let field { turnsOfValues(group, field, transcript) } else { turnsOfEvents(group, transcript) }
    }
  }

  private func turnsOfEvents(_ group: OrderGroup, _ transcript: OrderTranscript) -> Finding? {
    var turn = 0
    var previous: OrderTranscript.Event?
    // A piece of a line that is several events takes one turn, as the one that is due.
    for moment in group.moments {
      let due = of[turn % of.count]
      guard let event = moment.first, !moment.contains(where: { transcript.name(of: $0) == due }) else {
        previous = moment.first
        turn += 1
        continue
      }
      return finding(event, after: previous, due: "a line of the form \(transcript.form(due))", group, transcript)
    }
    return nil
  }

  private func turnsOfValues(_ group: OrderGroup, _ field: String, _ transcript: OrderTranscript) -> Finding? {
    let values = group.events.map { $0.values[field] }
    let count = max(2, Set(values).count)
    var seen: Set<EventValue?> = []
    for index in values.indices {
      let isDue = index < count ? seen.insert(values[index]).inserted : values[index] == values[index - count]
      if isDue { continue }
      let due = index < count ? nil : values[index - count]
      let words = due.map { "\(field) \(OrderWords.quoted($0))" } ?? "another \(field)"
      return finding(
        group.events[group.events.startIndex + index], after: group.events[group.events.startIndex + index - 1],
        due: words, group, transcript)
    }
    return nil
  }

  private func finding(
    _ event: OrderTranscript.Event, after previous: OrderTranscript.Event?, due: String, _ group: OrderGroup,
    _ transcript: OrderTranscript
  ) -> Finding {
    let place = previous.map { "after \(transcript.quote($0))" } ?? "first"
    return Finding(
      .wrongOrder, "\(transcript.quote(event)) came \(place)\(group.remark), where \(due) was due.",
      counterExample: transcript.lines(of: previous, event))
  }
}

extension OrderGroup {
  /// The events in portions that are the same piece of a line.
  fileprivate var moments: some Sequence<ArraySlice<OrderTranscript.Event>> {
    sequence(state: events.startIndex) { start -> ArraySlice<OrderTranscript.Event>? in
      guard start < events.endIndex else { return nil }
      let begin = start
      while start < events.endIndex, events[start].order == events[begin].order { start += 1 }
      return events[begin..<start]
    }
  }
}
