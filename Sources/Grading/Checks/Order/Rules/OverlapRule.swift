/// So many at least are inside at once in some run: `∃ run, t : |{x : enter(x) ≤ t < leave(x)}| ≥ inside`.
///
/// One run that shows it is enough, the stretched one too, since nothing forces a program to show it every time. `by`
/// says who enters and leaves. With `per`, it must be seen for each section.
///
///     events: {enter: "{who} enters", leave: "{who} leaves"}
///     rules:
///       - overlap: {enter: enter, leave: leave, by: who, inside: 2}
///
/// Holds for:
///
///     a enters
///     b enters
///     a leaves
///     b leaves
///
/// Fails for:
///
///     a enters
///     a leaves
///     b enters
///     b leaves
///
/// Says: Never more than 1 was inside at once; at least 2 must be.
public struct OverlapRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "overlap"
  /// One run that shows it is enough.
  public static let scope = OrderScope.someRun
  /// The section.
  public var section: Section
  /// How many must be inside at once.
  public var inside: Int

  /// A rule on a section that several must be inside at once.
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
      var most = 0
      for event in group.events {
        if event.form == entry { insiders.enter(event) } else { insiders.leave(event) }
        most = max(most, insiders.count)
        if most >= inside { return nil }
      }
      // Where all could have met: the first that left, and the next that came.
      let leaving = group.events.first { $0.form != entry }
      let next = leaving.flatMap { left in group.events.first { $0.form == entry && $0.order > left.order } }
      return Finding(
        .notConcurrent,
        "Never more than \(most) \(most == 1 ? "was" : "were") inside at once\(group.remark); at least \(inside) must be.",
        counterExample: transcript.lines(of: leaving, next))
    }
  }
}
