/// Nothing but the events is printed, except blanks: `transcript − blanks = ⋃ events`.
///
/// `nothing_else: true` holds for
///
///     Thread 1: 1
///
/// and not where `Done.` follows, unless that is the form of an event too.
public struct NothingElseRule: OrderRule {
  /// The name in `exercise.yaml`.
  public static let name = "nothing_else"

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
    let forms = transcript.patterns.keys.sorted().map(transcript.form).joined(separator: ", ")
    let message =
      transcript.strays.count == 1
      ? "The program printed something else than what is asked for: \"\(text)\"."
      : "The program printed \(transcript.strays.count) lines that are not asked for; the first is \"\(text)\"."
    return [
      Finding(
        .wrongAnswer, message, details: "Only lines of this form may be printed: \(forms).",
        counterExample: Array(transcript.strays.prefix(3)))
    ]
  }
}
