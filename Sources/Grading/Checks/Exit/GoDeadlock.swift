/// The deadlock that Go's own runtime finds: it says so on standard error and ends the program with status 2.
///
/// A program that only pretends to be in deadlock fails like one that is.
enum GoDeadlock {
  private static let message = "fatal error: all goroutines are asleep - deadlock!"

  /// The finding on a program's end; nil where Go said nothing of the kind.
  static func finding(_ status: Int, _ errors: String) -> Finding? {
    guard status == 2 else { return nil }
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0 == message }) else { return nil }
    return Finding(
      .deadlock, "Deadlock: Go found all goroutines asleep.",
      details: lines[start...].dropFirst().filter { !$0.isEmpty }.prefix(24).map { $0.prefix(300) }
        .joined(separator: "\n"))
  }
}
