extension JUnitReport {
  /// Every output and all details: what may be cut.
  var texts: [XMLText] {
    suites.flatMap { [$0.systemOut, $0.systemErr] + $0.testCases.flatMap(\.texts) }
  }

  /// The same results with every output and all details cut to a size.
  func cut(toBytes size: Int) -> JUnitReport {
    JUnitReport(
      suites.map { suite in
        TestSuite(
          suite.name, timestamp: suite.timestamp, hostname: suite.hostname, properties: suite.properties,
          testCases: suite.testCases.map { $0.cut(toBytes: size) }, systemOut: suite.systemOut.cut(toBytes: size),
          systemErr: suite.systemErr.cut(toBytes: size))
      })
  }
}

extension TestCase {
  fileprivate var texts: [XMLText] { [systemOut, systemErr] + outcome.texts }

  fileprivate func cut(toBytes size: Int) -> TestCase {
    TestCase(
      name, time: time, outcome: outcome.cut(toBytes: size), attachments: attachments,
      systemOut: systemOut.cut(toBytes: size), systemErr: systemErr.cut(toBytes: size))
  }
}

extension Outcome {
  fileprivate var texts: [XMLText] {
    switch self {
    case .passed(let flaky): flaky.flatMap(\.texts)
    case .failure(let failure, let rerun, let flaky): [failure.explanation.details] + (rerun + flaky).flatMap(\.texts)
    case .error(let explanation), .skipped(let explanation): [explanation.details]
    }
  }

  fileprivate func cut(toBytes size: Int) -> Outcome {
    switch self {
    case .passed(let flaky): .passed(flakyFailures: flaky.map { $0.cut(toBytes: size) })
    case .failure(let failure, let rerun, let flaky):
      .failure(
        failure.cut(toBytes: size), rerunFailures: rerun.map { $0.cut(toBytes: size) },
        flakyFailures: flaky.map { $0.cut(toBytes: size) })
    case .error(let explanation): .error(explanation.cut(toBytes: size))
    case .skipped(let explanation): .skipped(explanation.cut(toBytes: size))
    }
  }
}

extension FailedAttempt {
  fileprivate var texts: [XMLText] { [failure.explanation.details, systemOut, systemErr] }

  fileprivate func cut(toBytes size: Int) -> FailedAttempt {
    FailedAttempt(
      failure.cut(toBytes: size), systemOut: systemOut.cut(toBytes: size), systemErr: systemErr.cut(toBytes: size))
  }
}

extension Failure {
  fileprivate func cut(toBytes size: Int) -> Failure {
    Failure(type, explanation.cut(toBytes: size))
  }
}

extension Explanation {
  fileprivate func cut(toBytes size: Int) -> Explanation {
    Explanation(message, details: details.cut(toBytes: size))
  }
}
