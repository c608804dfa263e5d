/// Critical sections do not overlap: `∀ x ≠ y : leave(x) < enter(y) ∨ leave(y) < enter(x)`.
///
/// `by` says who enters and leaves; it may then enter again while inside. With `per`, sections of different values may
/// overlap. The lines must be printed inside, while the section is held.
///
///     events: {enter: "{who} enters", leave: "{who} leaves"}
///     rules:
///       - exclusive: {enter: enter, leave: leave, by: who}
///
/// Holds for:
///
///     a enters
///     a leaves
///     b enters
///     b leaves
///
/// Fails for:
///
///     a enters
///     b enters
///     a leaves
///     b leaves
///
/// Says: "b enters" was printed while "a enters" was not followed by its leaving yet: only one may be inside.
public struct ExclusiveRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "exclusive"
  /// The section.
  public var section: Section

  /// A rule on a section that only one may be inside.
  public init(_ section: Section) {
    self.section = section
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
        if event.form == entry {
          if insiders.count > 0, !insiders.contains(event) { return overlap(event, insiders, group, transcript) }
          insiders.enter(event)
        } else if !insiders.leave(event) {
          return Finding(
            .wrongOrder, "\(transcript.quote(event)) was printed by nobody who was inside\(group.remark).",
            counterExample: transcript.lines(of: event))
        }
      }
      return nil
    }
  }

  private func overlap(
    _ event: OrderTranscript.Event, _ insiders: Insiders, _ group: OrderGroup, _ transcript: OrderTranscript
  ) -> Finding {
    let other = insiders.others(than: event).last
    let words = other.map(transcript.quote) ?? "another"
    return Finding(
      .wrongOrder,
      """
      \(transcript.quote(event)) was printed while \(words) was not followed by its leaving yet\(group.remark): only \
      one may be inside.
      """,
      counterExample: transcript.lines(of: other, event))
  }
}
