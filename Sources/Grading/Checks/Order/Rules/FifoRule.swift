/// What goes in first comes out first: `∀ x, y : in(x) < in(y) ⇒ out(x) < out(y)`.
///
/// `field` says what goes in and out; of equal values, the first to go in is the first to come out. What never comes
/// out is no matter of this rule. With `per`, each queue is looked at on its own.
///
///     events: {made: "made {item:int}", used: "used {item:int}"}
///     rules:
///       - fifo: {in: made, out: used, field: item}
///
/// Holds for:
///
///     made 1
///     made 2
///     used 1
///     used 2
///
/// Fails for:
///
///     made 1
///     made 2
///     used 2
///     used 1
///
/// Says: "used 2" came before "used 1", but "made 1" came before "made 2": first in, first out.
public struct FifoRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "fifo"
  /// The event with which something goes in.
  public var `in`: String
  /// The event with which it comes out.
  public var out: String
  /// The capture that says what it is.
  public var field: String
  /// The capture that says through which queue it goes.
  public var per: String?

  /// A rule on the order of a queue.
  public init(in: String, out: String, field: String, per: String? = nil) {
    self.in = `in`
    self.out = out
    self.field = field
    self.per = per
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(`in`, [field, per]), OrderSubject(out, [field, per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [`in`, out] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    let entry = transcript.forms.firstIndex { $0.name == `in` }
    return transcript.groups([`in`, out], per: per).compactMap { group in
      let entries = group.events.filter { $0.form == entry }
      var waiting = Waiting(entries, field)
      var latest: (entry: OrderTranscript.Event, exit: OrderTranscript.Event)?
      for exit in group.events where exit.form != entry {
        guard let index = waiting.take(exit.values[field]) else { continue }
        if let latest, entries[index].order < latest.entry.order {
          return finding(latest, overtaken: (entries[index], exit), group, transcript)
        }
        latest = (entries[index], exit)
      }
      return nil
    }
  }

  /// What went in and has not come out, by its value.
  private struct Waiting {
    /// The index of the first entry of each value that is still in.
    private var heads: [EventValue?: Int] = [:]
    /// The next entry with the same value, by index.
    private var next: [Int?]

    init(_ entries: [OrderTranscript.Event], _ field: String) {
      next = Array(repeating: nil, count: entries.count)
      for index in entries.indices.reversed() {
        next[index] = heads.updateValue(index, forKey: entries[index].values[field])
      }
    }

    /// Lets the first entry of a value out; nil where there is none.
    mutating func take(_ value: EventValue?) -> Int? {
      guard let index = heads[value] else { return nil }
      heads[value] = next[index]
      return index
    }
  }

  private func finding(
    _ latest: (entry: OrderTranscript.Event, exit: OrderTranscript.Event),
    overtaken: (entry: OrderTranscript.Event, exit: OrderTranscript.Event), _ group: OrderGroup,
    _ transcript: OrderTranscript
  ) -> Finding {
    Finding(
      .wrongOrder,
      """
      \(transcript.quote(latest.exit)) came before \(transcript.quote(overtaken.exit))\(group.remark), but \
      \(transcript.quote(overtaken.entry)) came before \(transcript.quote(latest.entry)): first in, first out.
      """,
      counterExample: transcript.lines(of: overtaken.entry, latest.entry, latest.exit))
  }
}
