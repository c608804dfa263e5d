/// Something a check found wrong, with the evidence, in words that a beginner understands.
public struct Finding: Sendable, Equatable, Codable {
  /// What it means for the submission.
  public var verdict: Verdict
  /// One sentence: what is wrong.
  public var message: String
  /// The counter-example and its explanation, lines of plain text; may hold student output.
  public var details: String
  /// The lines of the transcript that show it, in the order they were printed; at most a handful.
  public var counterExample: [Line]
  /// In which repetition of the scenario it was seen, from 1; nil when it concerns them all.
  public var attempt: Int?

  /// A line of a transcript as evidence.
  public struct Line: Sendable, Equatable, Codable {
    /// Its number in the transcript, from 1.
    public var number: Int
    /// Its text, without the line end; student output.
    public var text: String
    /// Who printed it, where that is known, such as `Thread 1`; student data.
    public var writer: String?

    /// A line as evidence.
    public init(number: Int, text: String, writer: String? = nil) {
      self.number = number
      self.text = text
      self.writer = writer
    }
  }

  /// A finding.
  public init(
    _ verdict: Verdict, _ message: String, details: String = "", counterExample: [Line] = [], attempt: Int? = nil
  ) {
    self.verdict = verdict
    self.message = message
    self.details = details
    self.counterExample = counterExample
    self.attempt = attempt
  }
}
