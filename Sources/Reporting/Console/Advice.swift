import Grading

extension Verdict {
  /// What a learner does next, in one or two sentences.
  var advice: String {
    switch self {
    case .accepted: "Nothing is left to do: everything that this exercise asks for holds."
    case .wrongAnswer: "Compare the lines above with what the exercise asks for; mind spaces and punctuation."
    case .wrongOrder:
      "Ask which thread has to wait for which, and what makes it wait: a join, a lock, a queue, an event."
    case .runTimeError:
      "Read the last line of the error first: it names what went wrong; the lines above it say where."
    case .timeLimitExceeded:
      "The program was still busy at the end of its time. Look for a loop that never ends or that waits by spinning."
    case .deadlock:
      "Every thread waited for something that no thread could do any more. Look for two locks taken in different orders, "
        + "a lock never released, or a join or get that nothing answers."
    case .memoryLimitExceeded:
      "Look for a list or a queue that only grows, and for threads or processes made in a loop."
    case .outputLimitExceeded: "Look for a print in a loop that never ends."
    case .notConcurrent:
      "Start all threads or processes, as the exercise asks for, before the first is joined, and let them do the work."
    case .tooSlow:
      "Look for work that only one worker can do at a time: a lock held too long, or shares of unequal size."
    case .leftoverProcess: "Join or close every process and pool before the program ends."
    case .flaky:
      "The program is right only sometimes: something depends on which thread is faster. Find what two threads share."
    case .compileError: "Make the program start at all first: run it by itself and mend the first error."
    case .inconclusive:
      "This machine could not show it; nothing is wrong with the program. Try again on a quiet machine."
    case .judgeError: "This is no fault of the program. Tell whoever runs threadmark, with the message above."
    }
  }

  /// The paint that verdicts of this kind have.
  var paint: ConsoleStyle.Paint {
    switch self {
    case .accepted: .green
    case .inconclusive, .judgeError: .yellow
    default: .red
    }
  }
}
