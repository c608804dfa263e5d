import Sandboxing

extension TerminationStatus {
  /// Whether the program ran at all and was not broken off by the harness; other runs are nobody's to judge.
  var isJudgeable: Bool {
    switch self {
    case .notStarted, .cancelled: false
    default: true
    }
  }
}
