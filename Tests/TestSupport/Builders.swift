public import Grading
public import Sandboxing

/// An execution that printed a text.
public func makeResult(
  _ output: String = "", errors: String = "", _ termination: TerminationStatus = .exited(0),
  wallTime: Duration = .milliseconds(20)
) -> ExecutionResult {
  var journal = [JournalEntry(time: 1, event: .bytes(.standardOutput, Array(output.utf8)))]
  if !errors.isEmpty { journal.append(JournalEntry(time: 2, event: .bytes(.standardError, Array(errors.utf8)))) }
  return ExecutionResult(termination: termination, usage: ResourceUsage(wallTime: wallTime), journal: journal)
}

/// A run of an execution.
public func makeRun(
  _ result: ExecutionResult = makeResult(), scenario: String = "plain", attempt: Int = 1, mode: RunMode = .plain
) -> Run {
  Run(scenario: scenario, attempt: attempt, mode: mode, result: result, trace: Trace(result: result))
}

/// An exercise; with one scenario and one check unless told otherwise.
public func makeExercise(
  language: String = "python", entry: String = "printers.py", limits: Limits = Limits(),
  scenarios: [Scenario] = [Scenario(id: "plain")], checks: [CheckSpecification] = [makeCheck()]
) -> Exercise {
  Exercise(
    id: "threaded-printers", folder: "/exercises/threaded-printers", title: "Two threads that print",
    language: language, entry: entry, limits: limits, scenarios: scenarios, checks: checks)
}

/// A check of an exercise; it asks for the output `right` unless told otherwise.
public func makeCheck(
  _ id: String = "output", points: Int = 10, scenario: String = "plain", check: any Check = OutputCheck("right")
) -> CheckSpecification {
  CheckSpecification(id: id, title: "The check \(id)", points: points, scenario: scenario, check: check)
}
