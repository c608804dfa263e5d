extension TestSuite {
  /// The suite with the outputs of its test cases in its own, since Ant's schema has no place for them elsewhere.
  ///
  /// Each has a heading `=== name ===`. Together they have at most 64 KiB: when they would have more, all are cut to
  /// the same size, so that none is lost. Other failed attempts become text.
  var forAnt: TestSuite {
    let bare = testCases.map { testCase in
      TestCase(testCase.name, time: testCase.time, outcome: testCase.outcome.withoutAttempts)
    }
    return TestSuite(
      name, timestamp: timestamp, hostname: hostname, properties: properties, testCases: bare,
      systemOut: TestSuite.joined(testCases.map(\.outputSection), after: systemOut),
      systemErr: TestSuite.joined(testCases.map(\.errorSection), after: systemErr))
  }

  private static func joined(_ sections: [Section], after own: XMLText) -> XMLText {
    var size = XMLText.outputLimit
    while true {
      let texts = [own.cut(toBytes: size).value] + sections.map { $0.text(cutToBytes: size) }
      let text = XMLText(texts.filter { !$0.isEmpty }.joined(separator: "\n"))
      if text.value.utf8.count <= XMLText.outputLimit || size == 0 { return text }
      size = size > 256 ? size / 2 : 0
    }
  }
}

/// What one test case printed, and the heading that says so.
private struct Section {
  var heading: XMLText
  var parts: [XMLText]

  /// The heading and the parts; empty when there are no parts.
  ///
  /// A line that looks like a heading was printed by a program and is indented.
  func text(cutToBytes size: Int) -> String {
    let lines = parts.filter { !$0.isEmpty }.flatMap { part in
      part.cut(toBytes: size).value.split(separator: "\n", omittingEmptySubsequences: false)
    }
    guard !lines.isEmpty else { return "" }
    let shown = lines.map { $0.hasPrefix("===") ? " \($0)" : String($0) }
    return (["=== \(heading) ==="] + shown).joined(separator: "\n")
  }
}

extension TestCase {
  fileprivate var outputSection: Section {
    let attachments = attachments.map { XMLText("attachment: \($0.path)") }
    let attempts = outcome.attempts.flatMap { attempt in
      [
        XMLText("failed attempt (\(attempt.failure.type.rawValue)): \(attempt.failure.explanation.text)"),
        attempt.systemOut,
      ]
    }
    return Section(heading: name, parts: attachments + [systemOut] + attempts)
  }

  fileprivate var errorSection: Section {
    Section(heading: name, parts: [systemErr] + outcome.attempts.map(\.systemErr))
  }
}

extension Outcome {
  fileprivate var attempts: [FailedAttempt] {
    switch self {
    case .passed(let flaky): flaky
    case .failure(_, let rerun, let flaky): rerun + flaky
    case .error, .skipped: []
    }
  }

  fileprivate var withoutAttempts: Outcome {
    switch self {
    case .passed: .passed
    case .failure(let failure, _, _): .failure(failure)
    case .error, .skipped: self
    }
  }
}
