/// The one-word judgement on a submission; the raw value also names a `submissions/` folder of an exercise.
public enum Verdict: String, Sendable, CaseIterable, Codable {
  /// Everything asked for holds.
  case accepted
  /// Something that must be printed is missing, or something else is printed.
  case wrongAnswer = "wrong_answer"
  /// The right things are printed in an order that the exercise forbids.
  case wrongOrder = "wrong_order"
  /// The program crashed, exited with a status other than 0, or lost a thread to an exception.
  case runTimeError = "run_time_error"
  /// The program was still busy at its time limit.
  case timeLimitExceeded = "time_limit_exceeded"
  /// Every thread waited for something that could not happen any more.
  case deadlock
  /// The program and its children used more memory than allowed.
  case memoryLimitExceeded = "memory_limit_exceeded"
  /// The program printed more than allowed.
  case outputLimitExceeded = "output_limit_exceeded"
  /// The output may be right, but it was not made by threads or processes as asked.
  case notConcurrent = "not_concurrent"
  /// Parallel, but the speedup asked for was not reached.
  case tooSlow = "too_slow"
  /// Processes of the program were still alive after its end.
  case leftoverProcess = "leftover_process"
  /// Right in some repetitions and wrong in others.
  case flaky
  /// There is nothing that could be run: no file, an unreadable one, or one that does not compile.
  case compileError = "compile_error"
  /// The machine could not show what had to be shown; no fault of the submission.
  case inconclusive
  /// The harness or the machine failed; no fault of the submission.
  case judgeError = "judge_error"

  /// The verdict in words for a table or a headline.
  public var title: String { rawValue.replacing("_", with: " ") }

  /// Verdicts in the order in which one hides the others: the first of the findings' verdicts names the submission.
  ///
  /// What kept a run from ending normally comes before judgements on its output, which is then incomplete.
  public static let precedence: [Verdict] = [
    .judgeError, .compileError, .deadlock, .timeLimitExceeded, .memoryLimitExceeded, .outputLimitExceeded,
    .runTimeError, .leftoverProcess, .wrongAnswer, .wrongOrder, .notConcurrent, .tooSlow, .flaky, .inconclusive,
    .accepted,
  ]
}
