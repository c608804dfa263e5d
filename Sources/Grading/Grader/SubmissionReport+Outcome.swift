import Sandboxing

extension SubmissionReport {
  /// The report on a submission that ran: its verdict and points follow from the checks.
  init(
    id: String, exercise: Exercise, runs: [Run], measurements: [SpeedupPlan: SpeedupMeasurement] = [:], notes: [String]
  ) {
    var checks = exercise.checks.map { specification in
      if let check = specification.check as? SpeedupCheck, let measurement = measurements[check.plan] {
        return CheckReport(specification, check, on: measurement)
      }
      return Judgement(specification, on: runs.filter { $0.scenario == specification.scenario }).report
    }
    let first = exercise.checks.firstIndex { $0.scenario == runs.first?.scenario }
    if let first, let run = runs.first, checks.allSatisfy({ $0.timeline == nil }) {
      checks[first].timeline = Timeline(run)
    }
    self.init(
      id: id, verdict: Verdict(of: checks), points: checks.reduce(0) { $0 + $1.points },
      maximumPoints: exercise.maximumPoints, checks: checks,
      notes: (notes + runs.flatMap(\.trace.remarks)).withoutRepetitions, duration: 0)
  }

  /// The report on a submission of which nothing could be run: the first check says why, nothing can be said of others.
  init(id: String, exercise: Exercise, notRun finding: Finding, notes: [String] = []) {
    let checks = exercise.checks.enumerated().map { index, specification in
      var check = CheckReport(specification, status: index == 0 ? .failed : .skipped)
      if index == 0 { check.findings = [finding] } else { check.evidence = ["Nothing could be run."] }
      return check
    }
    self.init(
      id: id, verdict: finding.verdict, points: 0, maximumPoints: exercise.maximumPoints, checks: checks, notes: notes,
      duration: 0)
  }

  /// The report on a submission that could not be marked, through no fault of its own.
  init(id: String, exercise: Exercise, failure: any Error) {
    let checks = exercise.checks.map { specification in
      var check = CheckReport(specification, status: .error)
      check.evidence = [String(describing: failure)]
      return check
    }
    self.init(
      id: id, verdict: .judgeError, points: 0, maximumPoints: exercise.maximumPoints, checks: checks, duration: 0)
  }
}

extension CheckReport {
  /// A check that judged nothing.
  fileprivate init(_ specification: CheckSpecification, status: Status) {
    self.init(
      id: specification.id, title: specification.title, kind: type(of: specification.check).name, status: status,
      points: 0, maximumPoints: specification.points, attempts: 0)
  }
}

extension Verdict {
  /// The verdict that hides the others; skipped checks count only where nothing failed and points hang on them.
  init(of checks: [CheckReport]) {
    let verdicts = Set(checks.flatMap { $0.findings.map(\.verdict) })
    let isInconclusive = checks.contains { $0.status == .skipped && $0.maximumPoints > 0 }
    self = Verdict.precedence.first(where: verdicts.contains) ?? (isInconclusive ? .inconclusive : .accepted)
  }
}

extension [String] {
  /// Each text once, where it stands first.
  fileprivate var withoutRepetitions: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
