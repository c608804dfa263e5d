extension JUnitReport {
  /// Bytes of all outputs and details: the document has at least as many.
  var textSize: Int {
    suites.reduce(0) { sum, suite in
      suite.testCases.reduce(sum + suite.systemOut.size + suite.systemErr.size) { $0 + $1.textSize }
    }
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
  fileprivate var textSize: Int {
    systemOut.size + systemErr.size + outcome.textSize
  }

  fileprivate func cut(toBytes size: Int) -> TestCase {
    TestCase(
      name, time: time, outcome: outcome.cut(toBytes: size), attachments: attachments,
      systemOut: systemOut.cut(toBytes: size), systemErr: systemErr.cut(toBytes: size))
  }
}

extension Outcome {
  fileprivate var textSize: Int {
    switch self {
    case .passed(let flaky): flaky.textSize
    case .failure(let failure, let rerun, let flaky):
      failure.explanation.details.size + rerun.textSize + flaky.textSize
    case .error(let explanation), .skipped(let explanation): explanation.details.size
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

extension [FailedAttempt] {
  fileprivate var textSize: Int {
    reduce(0) { $0 + $1.failure.explanation.details.size + $1.systemOut.size + $1.systemErr.size }
  }
}

extension FailedAttempt {
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

extension XMLText {
  fileprivate var size: Int { value.utf8.count }
}
