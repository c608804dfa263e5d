import Grading

extension Report {
  /// How many submissions got each verdict, accepted ones first, then in the order of precedence; none with zero.
  var verdictCounts: [(verdict: Verdict, count: Int)] {
    let counts = Dictionary(grouping: submissions, by: \.verdict).mapValues(\.count)
    return ([.accepted] + Verdict.precedence.filter { $0 != .accepted }).compactMap { verdict in
      counts[verdict].map { (verdict, $0) }
    }
  }
}

extension SubmissionReport {
  /// What tells most in one sentence: the first finding that named the verdict, else the first one, else why nothing
  /// could be said; empty for an accepted submission.
  var summary: String {
    guard verdict != .accepted else { return "" }
    let findings = checks.flatMap(\.findings)
    if let finding = findings.first(where: { $0.verdict == verdict }) ?? findings.first { return finding.message }
    let silent = checks.first { $0.status == .error } ?? checks.first { $0.status == .skipped }
    return silent?.evidence.first ?? ""
  }
}
