/// Certain values are printed in a certain order: `(e.field : e ∈ of, in order) = is`.
///
/// With several `fields`, their values follow each other within each event. With `per`, the rule holds for every value
/// of that capture on its own. Other values than asked for are a wrong answer, only another order is a wrong order.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - sequence: {of: line, field: n, is: [1, 2, 3]}
///
/// Holds for:
///
///     Thread 1: 1
///     Thread 2: 2
///     Thread 1: 3
///
/// Fails for:
///
///     Thread 1: 1
///     Thread 1: 3
///     Thread 2: 2
///
/// Says: The program printed 3 where 2 was due.
public struct SequenceRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "sequence"
  /// The event.
  public var of: String
  /// The captures whose values count.
  public var fields: [String]
  /// The capture by whose values the events are told apart.
  public var per: String?
  /// The values asked for, in order.
  public var `is`: [EventValue]

  /// A rule on the order of the values of several captures.
  public init(of: String, fields: [String], per: String? = nil, is: [EventValue]) {
    self.of = of
    self.fields = fields
    self.per = per
    self.is = `is`
  }

  /// A rule on the order of the values of one capture.
  public init(of: String, field: String, per: String? = nil, is: [EventValue]) {
    self.init(of: of, fields: [field], per: per, is: `is`)
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [OrderSubject(of, fields + [per])] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { `is`.isEmpty ? [] : [of] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    transcript.groups(of, per: per).compactMap { group in
      var printed: [(value: EventValue, event: OrderTranscript.Event)] = []
      for event in group.events {
        for field in fields { if let value = event.values[field] { printed.append((value, event)) } }
      }
      if printed.count == `is`.count, zip(printed, `is`).allSatisfy({ $0.value == $1 }) { return nil }
      let difference = ValueDifference(printed: printed.map(\.value), asked: `is`)
      let details = "Asked for, in this order: \(OrderWords.list(`is`))."
      if !difference.isEmpty {
        return Finding(
          .wrongAnswer, difference.sentences(about: group.subject), details: details,
          counterExample: transcript.lines(of: group, showing: difference, in: fields))
      }
      guard let index = zip(printed, `is`).enumerated().first(where: { $1.0.value != $1.1 })?.offset else { return nil }
      let (wrong, due) = (printed[index], `is`[index])
      let later = printed[index...].first { $0.value == due }
      return Finding(
        .wrongOrder,
        "\(group.subject) printed \(OrderWords.quoted(wrong.value)) where \(OrderWords.quoted(due)) was due.",
        details: details, counterExample: transcript.lines(of: wrong.event, later?.event))
    }
  }
}

extension [Finding.Line] {
  /// Each line once.
  var firstOccurrences: [Finding.Line] {
    reduce(into: []) { lines, line in if lines.last != line { lines.append(line) } }
  }
}
