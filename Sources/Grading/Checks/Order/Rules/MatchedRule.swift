/// What goes in comes out exactly once: `∀ v : |{e ∈ in : e.field = v}| = |{e ∈ out : e.field = v}|`.
///
/// Nothing is lost, nothing comes out twice, and nothing comes out that never went in. The order is no matter of this
/// rule. With `per`, each queue is looked at on its own.
///
///     events: {made: "made {item:int}", used: "used {item:int}"}
///     rules:
///       - matched: {in: made, out: used, field: item}
///
/// Holds for:
///
///     made 1
///     made 2
///     used 2
///     used 1
///
/// Fails for:
///
///     made 1
///     made 2
///     used 1
///     used 1
///
/// Says: "used 1" was printed twice, but "made 1" once. 1 of 2 was never printed in the form "used {item:int}": 2.
public struct MatchedRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "matched"
  /// The order is no matter.
  public static let needsOrder = false
  /// The event with which something goes in.
  public var `in`: String
  /// The event with which it comes out.
  public var out: String
  /// The capture that says what it is.
  public var field: String
  /// The capture that says through which queue it goes.
  public var per: String?

  /// A rule on what must come out once.
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
      var tallies: [EventValue?: (put: Int, got: Int)] = [:]
      for event in group.events {
        let isEntry = event.form == entry
        tallies[event.values[field], default: (0, 0)].put += isEntry ? 1 : 0
        tallies[event.values[field], default: (0, 0)].got += isEntry ? 0 : 1
      }
      if tallies.values.allSatisfy({ $0.put == $0.got }) { return nil }
      let lost = tallies.filter { $0.value.got == 0 }.compactMap(\.key)
      let uneven = group.events.first { event in
        tallies[event.values[field]].map { $0.got > 0 && $0.put != $0.got } ?? false
      }
      return finding(uneven?.values[field], lost: Set(lost), of: tallies.count, group, entry, transcript)
    }
  }

  private func finding(
    _ uneven: EventValue?, lost: Set<EventValue>, of count: Int, _ group: OrderGroup, _ entry: Int?,
    _ transcript: OrderTranscript
  ) -> Finding {
    let entries = group.events.filter { $0.form == entry }
    let put = entries.filter { $0.values[field] == uneven && uneven != nil }
    let got = group.events.filter { $0.form != entry && $0.values[field] == uneven && uneven != nil }
    let missing = entries.filter { $0.values[field].map(lost.contains) ?? false }
    let sentences = [uneven.map { _ in unevenness(put, got, transcript) }, loss(missing, of: count, transcript)]
    let shown = uneven == nil ? missing.prefix(2) : put.prefix(1) + got.suffix(put.count < got.count ? 2 : 1)
    return Finding(
      .wrongAnswer, sentences.compactMap(\.self).joined(separator: " "),
      counterExample: shown.sorted { $0.order < $1.order }.map(transcript.line).firstOccurrences)
  }

  private func unevenness(
    _ put: [OrderTranscript.Event], _ got: [OrderTranscript.Event], _ transcript: OrderTranscript
  ) -> String {
    let exit = got.first.map(transcript.quote) ?? ""
    guard let entry = put.first.map(transcript.quote) else {
      return "\(exit) was printed, but no line of the form \(transcript.form(`in`)) with the same \(field)."
    }
    return "\(exit) was printed \(OrderWords.times(got.count)), but \(entry) \(OrderWords.times(put.count))."
  }

  private func loss(_ lost: [OrderTranscript.Event], of count: Int, _ transcript: OrderTranscript) -> String? {
    if lost.isEmpty { return nil }
    let values = lost.compactMap { $0.values[field] }.firstOccurrences
    let verb = values.count == 1 ? "was" : "were"
    return
      "\(values.count) of \(count) \(verb) never printed in the form \(transcript.form(out)): \(OrderWords.list(values))."
  }
}
