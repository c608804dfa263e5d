/// Nothing but the events is printed, except blanks: `transcript − blanks = ⋃ events`.
///
/// Only standard output is meant; what a program says on standard error is its own affair.
///
///     events: {line: "{thread}: {n:int}"}
///     rules:
///       - nothing_else: true
///
/// Holds for:
///
///     Thread 1: 1
///
/// Fails for:
///
///     Thread 1: 1
///     Done.
///
/// Says: The program printed something else than what is asked for: "Done.".
public struct NothingElseRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "nothing_else"
  /// The order is no matter.
  public static let needsOrder = false

  /// A rule against other output.
  public init() {}

  /// What the rule speaks of.
  public var subjects: [OrderSubject] { [] }

  /// What must be printed for the rule to be about something.
  public var indispensable: [String] { [] }

  /// What is wrong in a run.
  public func findings(in transcript: OrderTranscript) -> [Finding] {
    guard let first = transcript.strays.first else { return [] }
    let text = OrderWords.cut(first.text)
    let forms = transcript.forms.filter { $0.stream != .error }.map(\.name).sorted().map(transcript.form)
      .joined(separator: ", ")
    let message =
      transcript.strayCount == 1
      ? "The program printed something else than what is asked for: \"\(text)\"."
      : "The program printed \(transcript.strayCount) lines that are not asked for; the first is \"\(text)\"."
    return [
      Finding(
        .wrongAnswer, message, details: "Only lines of this form may be printed: \(forms).",
        counterExample: transcript.strays)
    ]
  }
}
