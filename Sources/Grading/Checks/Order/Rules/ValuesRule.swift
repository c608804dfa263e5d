/// Certain values are printed, in whatever order: `multiset{e.field : e ∈ of} = are`, or `set{...}` if `distinct`.
///
/// With several `fields`, the values of all of them count. With `per`, the rule holds for every value of that capture on
/// its own. Each value must be printed as often as it stands in `are`; with `distinct`, any number of times above none.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - values: {of: line, per: thread, field: n, are: [1, 2]}
///
/// Holds for:
///
///     Thread 1: 2
///     Thread 2: 1
///     Thread 2: 2
///     Thread 1: 1
///
/// Fails for:
///
///     Thread 1: 1
///     Thread 1: 1
///
/// Says: Thread 1 never printed 2. Thread 1 printed 1 twice, not once.
public struct ValuesRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "values"
  /// The order is no matter.
  public static let needsOrder = false
  /// The event.
  public var of: String
  /// The captures whose values count.
  public var fields: [String]
  /// The capture by whose values the events are told apart.
  public var per: String?
  /// Whether it matters only which values are printed, not how often.
  public var distinct: Bool
  /// The values asked for.
  public var are: [EventValue]

  /// A rule on the values of several captures.
  public init(of: String, fields: [String], per: String? = nil, distinct: Bool = false, are: [EventValue]) {
    self.of = of
    self.fields = fields
    self.per = per
    self.distinct = distinct
    self.are = are
  }

  /// A rule on the values of one capture.
  public init(of: String, field: String, per: String? = nil, distinct: Bool = false, are: [EventValue]) {
    self.init(of: of, fields: [field], per: per, distinct: distinct, are: are)
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(of, fields + [per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { are.isEmpty ? [] : [of] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(of, per: per).compactMap { group in
      let printed = group.values(of: fields)
      let difference =
        distinct
        ? ValueDifference(printed: printed.firstOccurrences, asked: are.firstOccurrences)
        : ValueDifference(printed: printed, asked: are)
      guard !difference.isEmpty else { return nil }
      return Finding(
        .wrongAnswer, difference.sentences(about: group.subject), details: "Asked for: \(OrderWords.list(are)).",
        counterExample: transcript.lines(of: group, showing: difference, in: fields))
    }
  }
}

extension OrderGroup {
  /// The values of some captures, event by event.
  func values(of fields: [String]) -> [EventValue] {
    events.flatMap { event in fields.compactMap { event.values[$0] } }
  }
}

extension OrderTranscript {
  /// The lines that show a difference: one with a value too many, and the last one where a value is missing.
  func lines(of group: OrderGroup, showing difference: ValueDifference, in fields: [String]) -> [Finding.Line] {
    guard let surplus = difference.surplus.first?.value else { return lines(of: group.events.last) }
    let events = group.events.filter { event in fields.contains { event.values[$0] == surplus } }.suffix(2)
    return events.map(line).firstOccurrences
  }
}
