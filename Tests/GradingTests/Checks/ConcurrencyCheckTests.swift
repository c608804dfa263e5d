import Grading
import Sandboxing
import Testing

/// What the kernel saw of a run, step by step.
private enum Step {
  static let main = JournalEntry.Task(process: 10, thread: 10)

  static func thread(_ number: Int) -> JournalEntry.Task { .init(process: 10, thread: 10 + number) }

  static func process(_ number: Int) -> JournalEntry.Task { .init(process: 20 + number, thread: 20 + number) }

  static func born(_ task: JournalEntry.Task) -> JournalEntry.Event {
    .birth(task.isMainThread ? .process : .thread, by: main)
  }

  /// Tasks that are all started before any of them may go on.
  static func together(_ tasks: [JournalEntry.Task]) -> [JournalEntry.Event] {
    tasks.map(born) + tasks.map { .held($0) } + tasks.map { .released($0, together: tasks.count) } + tasks.map(wrote)
  }

  /// Tasks each of which has ended before the next is started.
  static func inTurn(_ tasks: [JournalEntry.Task]) -> [JournalEntry.Event] {
    tasks.flatMap { [born($0), .held($0), .released($0, together: 1), wrote($0)] }
  }

  static func wrote(_ task: JournalEntry.Task) -> JournalEntry.Event { .wrote(task, .standardOutput, count: 5) }
}

@Suite struct ConcurrencyCheckTests {
  private static func judge(
    _ check: ConcurrencyCheck, _ events: [JournalEntry.Event], output: String = "a\nb\n",
    usage: ResourceUsage = ResourceUsage(), termination: TerminationStatus = .exited(0), isWitnessed: Bool = true
  ) -> CheckOutcome {
    let witness = isWitnessed ? [WitnessSays.processBegan()] : []
    let result = ExecutionResult.make(
      output: output, witness: witness, termination: termination, usage: usage, events: events)
    return check.judge([.make(result, mode: check.needsStretchedRun ? .stretched : .plain)])
  }

  @Test func `a program without a witness is not blamed for threads that never come to the gate`() {
    let outcome = Self.judge(Self.two, Self.threads.map(Step.born), isWitnessed: false)
    guard case .skipped = outcome else {
      Issue.record("said \(outcome)")
      return
    }
  }

  @Test func `one that passed the gate and waits for a later one is alive with it`() {
    let (first, second) = (Self.threads[0], Self.threads[1])
    let events: [JournalEntry.Event] = [
      Step.born(first), .held(first), .released(first, together: 1), Step.born(second), .held(second),
      .released(second, together: 2),
    ]
    #expect(Self.judge(Self.two, events).isPass)
  }

  private static let two = ConcurrencyCheck(threads: 2, together: true)
  private static let threads = [Step.thread(1), Step.thread(2)]
  private static let processes = [Step.process(1), Step.process(2)]

  @Test func `two threads held together are concurrent`() {
    #expect(
      Self.judge(ConcurrencyCheck(threads: 2, together: true, writers: 2), Step.together(Self.threads))
        == .passed(evidence: ["2 threads were alive at the same time", "2 of them printed"]))
  }

  @Test func `two processes held together are concurrent, but they are no threads`() {
    let events = Step.together(Self.processes)
    #expect(Self.judge(ConcurrencyCheck(processes: 2, together: true), events).isPass)
    #expect(Self.judge(ConcurrencyCheck(atLeast: 2, together: true), events).isPass)
    #expect(Self.judge(ConcurrencyCheck(together: true), events).isPass)
    #expect(
      Self.judge(Self.two, events).findings.map(\.message)
        == ["No thread was started: everything ran in the main thread."])
  }

  @Test func `a thread and a process are two of either kind`() {
    let events = Step.together([Step.thread(1), Step.process(1)])
    #expect(Self.judge(ConcurrencyCheck(atLeast: 2, together: true), events).isPass)
    #expect(!Self.judge(Self.two, events).isPass)
  }

  @Test(
    arguments: [
      (
        two, [], "No thread was started: everything ran in the main thread."
      ),
      (
        ConcurrencyCheck(processes: 2), [], "No process was started: everything ran in the program's own process."
      ),
      (
        ConcurrencyCheck(atLeast: 2), [],
        "Neither a thread nor a process was started: everything ran in the main thread."
      ),
      (two, Step.together([Step.thread(1)]), "Only 1 thread was started; 2 are asked for."),
      (
        two, Step.inTurn(threads),
        """
        2 threads were started, but never two alive at the same time: each one had ended before the next was started. \
        Start all threads first, then join them.
        """
      ),
      (
        ConcurrencyCheck(threads: 4, together: true),
        Step.together(threads) + Step.together([Step.thread(3), Step.thread(4)]),
        "4 threads were started, but never more than 2 alive at the same time."
      ),
      (
        two, threads.map(Step.born), "2 threads were started, but none was seen to begin your own code."
      ),
      (
        two, (threads + [Step.thread(3)]).map(Step.born) + [.held(Step.thread(1))],
        "Only 1 thread was started to do your work; 2 are asked for."
      ),
    ] as [(ConcurrencyCheck, [JournalEntry.Event], String)])
  func `what is missing is said`(_ check: ConcurrencyCheck, events: [JournalEntry.Event], message: String) {
    let findings = Self.judge(check, events).findings
    #expect(findings.map(\.message) == [message])
    #expect(findings.map(\.verdict) == [.notConcurrent])
  }

  @Test(arguments: [
    ("a\n\nb\n", 0, "Both lines were printed by the main thread: target=f() calls f at once; pass target=f."),
    ("a\n", 0, "The only line was printed by the main thread: target=f() calls f at once; pass target=f."),
    ("", 0, "Nothing was printed, so no thread or process printed anything."),
    ("a\nb\n", 1, "Only 1 of the threads and processes printed anything; 2 are asked to."),
  ])
  func `who printed is counted by the kernel`(_ output: String, writers: Int, message: String) {
    let events =
      Self.threads.map(Step.born) + [Step.wrote(Step.main)] + Self.threads.prefix(writers).map(Step.wrote)
    let findings = Self.judge(ConcurrencyCheck(threads: 2, writers: 2), events, output: output).findings
    #expect(findings.map(\.message) == [message])
  }

  @Test func `the program's own main thread at the gate is no worker`() {
    let events = Self.threads.map(Step.born) + [.held(Step.main), .held(Step.thread(1))]
    #expect(!Self.judge(Self.two, events).isPass)
  }

  @Test func `nothing is said where births cannot be counted`() {
    let usage = ResourceUsage(threadsBorn: nil, processesBorn: nil)
    #expect(
      Self.judge(Self.two, [], usage: usage)
        == .skipped("Births of threads and processes cannot be counted on this machine."))
  }

  @Test func `only the runs that can show it are judged`() {
    #expect(Self.two.judge([.make()]) == .skipped("There is no stretched run that could be judged."))
    let stretched = Run.make(.make(events: Step.together(Self.threads)), mode: .stretched)
    #expect(Self.two.judge([.make(.make(termination: .deadlock)), stretched]).isPass)
    #expect(!ConcurrencyCheck(threads: 1).needsStretchedRun)
    #expect(ConcurrencyCheck(threads: 1).judge([.make(.make(events: [Step.born(Step.thread(1))]))]).isPass)
  }

  @Test func `a stretched run that a limit ended is judged by what it showed`() {
    #expect(Self.judge(Self.two, Step.together(Self.threads), termination: .wallTimeLimit).isPass)
    let findings = Self.judge(Self.two, [], termination: .exited(1)).findings
    #expect(findings.first?.details == "The run in which this was looked at did not end well, see there.")
  }
}
