extension CheckKind {
  /// `check: exit`, which has no keys of its own.
  static let exit = CheckKind(ExitCheck.self, keys: []) { _ in ExitCheck() }
}
