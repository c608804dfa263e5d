/// What kind of thing went wrong, from a fixed set; the raw value is the `type` in the document.
///
/// The prefix is there because GitLab takes a bare word such as `date` or `file` for the name of a type.
public enum FailureType: String, Sendable, Hashable, CaseIterable {
  /// It ran longer than it may.
  case timeLimit = "threadmark.TimeLimit"
  /// Every thread waited for another.
  case deadlock = "threadmark.Deadlock"
  /// Two threads used the same data without order.
  case dataRace = "threadmark.DataRace"
  /// It used more memory than it may.
  case memoryLimit = "threadmark.MemoryLimit"
  /// It printed more than it may.
  case outputLimit = "threadmark.OutputLimit"
  /// It ended by a signal, an uncaught exception or a wrong exit status.
  case crash = "threadmark.Crash"
  /// It could not be built.
  case buildFailed = "threadmark.BuildFailed"
  /// It did one thing after the other where it had to do them at once.
  case notConcurrent = "threadmark.NotConcurrent"
  /// It did not become as much faster as it had to.
  case tooSlow = "threadmark.TooSlow"
  /// It left a process behind.
  case leftoverProcess = "threadmark.LeftoverProcess"
  /// It printed something wrong.
  case wrongOutput = "threadmark.WrongOutput"
  /// It did the right things in a forbidden order.
  case wrongOrder = "threadmark.WrongOrder"
  /// Something that must hold did not hold.
  case assertionFailed = "threadmark.AssertionFailed"
  /// It went well sometimes and badly at other times.
  case flaky = "threadmark.Flaky"

  /// The only `type` of an `error`: the harness's or the machine's fault, never the program's.
  public static let infrastructure = "threadmark.Infrastructure"
}
