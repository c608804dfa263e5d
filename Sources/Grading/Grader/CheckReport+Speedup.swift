extension CheckReport {
  /// What a check of speedup concluded from a measurement.
  init(_ specification: CheckSpecification, _ check: SpeedupCheck, on measurement: SpeedupMeasurement) {
    self.init(
      id: specification.id, title: specification.title, kind: SpeedupCheck.name, status: .passed, points: 0,
      maximumPoints: specification.points, attempts: measurement.judgedEvidence.pairs.count,
      duration: measurement.runs.reduce(0) { $0 + $1.wall })
    switch check.judge(measurement) {
    case .passed(let evidence):
      self.evidence = evidence
      points = specification.points
    case .failed(let findings):
      status = .failed
      self.findings = findings
      failedAttempts = attempts
    case .skipped(let reason):
      status = .skipped
      evidence = [reason]
    }
    if !measurement.runs.isEmpty { speedup = SpeedupReport(measurement, check) }
  }
}

extension SpeedupReport {
  /// What a measurement was for a check.
  init(_ measurement: SpeedupMeasurement, _ check: SpeedupCheck) {
    let limit = check.limit(in: measurement)
    let points = measurement.plan.variants.compactMap { id -> Point? in
      guard let evidence = measurement.evidence[id], let speedup = evidence.estimate else { return nil }
      let interval = evidence.interval
      return Point(
        scenario: id, workers: measurement.workers[id] ?? 1, speedup: speedup, low: interval?.lowerBound,
        high: interval?.upperBound, pairs: evidence.pairs.count)
    }
    self.init(
      kind: measurement.plan.kind, baseline: measurement.baseline.scenario,
      reference: measurement.reference, judged: measurement.plan.judged, cpus: measurement.cpus,
      attainable: measurement.attainable.isEmpty ? nil : measurement.attainable.median,
      samples: measurement.attainable.isEmpty ? nil : measurement.attainable,
      threshold: (limit.lowerBound * limit.upperBound).squareRoot(), isUpperLimit: check.isUpperLimit,
      startUp: measurement.startUp, work: measurement.work, points: points.sorted { $0.workers < $1.workers },
      runs: measurement.runs, facts: measurement.facts)
  }
}
