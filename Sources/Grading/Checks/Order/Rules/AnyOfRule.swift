/// At least one of several alternatives holds: `⋁ᵢ ⋀ alternative[i]`.
///
/// Each alternative is a rule or a list of rules. Where none holds, the nearest is named: the one with the fewest rules
/// broken, and of these the one that held for longest.
///
///     events: {left: "left {n:int}", right: "right {n:int}"}
///     rules:
///       - any_of:
///           - phases: {of: [left, right]}
///           - alternate: {of: [left, right]}
///
/// Holds for:
///
///     left 1
///     right 1
///     left 2
///     right 2
///
/// Fails for:
///
///     left 1
///     right 1
///     left 2
///     left 3
///
/// Says: None of 2 alternatives holds. Nearest is alternative 2: "left 3" came after "left 2", where a line of the form
/// "right {n:int}" was due.
public struct AnyOfRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "any_of"
  /// The alternatives, each with all rules that must hold for it; none of them on some run only.
  public var alternatives: [[any OrderRule]]

  /// A rule that asks for one of several things.
  public init(_ alternatives: [[any OrderRule]]) {
    self.alternatives = alternatives
  }

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { alternatives.joined().flatMap(\.subjects) }

  /// What must be printed for the rule to be about something: each alternative asks for that itself.
  public var indispensable: [String] { [] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    var nearest: (index: Int, attempt: Attempt)?
    for (index, rules) in alternatives.enumerated() {
      let attempt = Attempt(rules, transcript)
      if attempt.broken == 0 { return [] }
      if nearest.map({ attempt.isNearer(than: $0.attempt) }) ?? true { nearest = (index, attempt) }
    }
    guard let nearest, var finding = nearest.attempt.finding else { return [] }
    finding.message =
      "None of \(alternatives.count) alternatives holds. Nearest is alternative \(nearest.index + 1): \(finding.message)"
    return [finding]
  }

  /// What came of one alternative.
  private struct Attempt {
    /// How many of its rules are broken.
    var broken = 0
    /// The first thing that is wrong.
    var finding: Finding?

    init(_ rules: [any OrderRule], _ transcript: OrderTranscript) {
      for rule in rules {
        let findings: [Finding] =
          switch transcript.outcome(of: rule) {
          case .holds, .unknown: []
          case .broken(let findings): findings
          case .absent(let names): names.map(transcript.absence)
          }
        guard let first = findings.first else { continue }
        broken += 1
        finding = finding ?? first
      }
    }

    /// The line at which it was seen to be wrong; what was never printed is seen at once.
    private var place: Int { finding?.counterExample.last?.number ?? 0 }

    func isNearer(than other: Attempt) -> Bool {
      broken != other.broken ? broken < other.broken : place > other.place
    }
  }
}
