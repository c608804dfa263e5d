/// So many at most are inside at once: `∀ t : |{x : enter(x) ≤ t < leave(x)}| ≤ inside`.
///
/// `by` says who enters and leaves. Without it, entries that are not left yet are counted. With `per`, each section is
/// counted on its own. The lines must be printed inside.
///
///     events: {enter: "{who} enters", leave: "{who} leaves"}
///     rules:
///       - at_most: {enter: enter, leave: leave, by: who, inside: 2}
///
/// Holds for:
///
///     a enters
///     b enters
///     a leaves
///     c enters
///
/// Fails for:
///
///     a enters
///     b enters
///     c enters
///
/// Says: With "c enters", 3 were inside at once; at most 2 may be.
public struct AtMostRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "at_most"
  /// The section.
  public var section: Section
  /// How many may be inside at once.
  public var inside: Int

  /// A rule on a section that only so many may be inside.
  public init(_ section: Section, inside: Int) {
    self.section = section
    self.inside = inside
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { section.subjects }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [section.enter] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    let entry = section.entryForm(in: transcript)
    return section.groups(in: transcript).compactMap { group in
      var insiders = Insiders(by: section.by)
      for event in group.events {
        if event.form == entry { insiders.enter(event) } else { insiders.leave(event) }
        if insiders.count > inside { return finding(event, insiders, group, transcript) }
      }
      return nil
    }
  }

  private func finding(
    _ event: OrderTranscript.Event, _ insiders: Insiders, _ group: OrderGroup, _ transcript: OrderTranscript
  ) -> Finding {
    let others = insiders.others(than: event).filter { $0.order != event.order }
    let shown = others.prefix(8).map(transcript.quote).joined(separator: ", ")
    return Finding(
      .wrongOrder,
      "With \(transcript.quote(event)), \(insiders.count) were inside at once\(group.remark); at most \(inside) may be.",
      details: "Inside already: \(shown)\(others.count > 8 ? " and \(others.count - 8) more" : "").",
      counterExample: transcript.lines(of: others.first, others.last, event))
  }
}
