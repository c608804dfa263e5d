/// How sure a decision on speedup is: the one place where the chances of error are chosen.
public enum SpeedupPromise {
  /// The most that the chance may be that a program fails although it is fast enough.
  public static let wrongFailure = 1.0 / 1000
  /// The most that the chance may be that a program passes although it is too slow.
  public static let wrongPass = 1.0 / 100
  /// The fewest pairs that a decision rests on.
  public static let fewestPairs = 3
  /// After so many pairs without a decision it is left open.
  public static let mostPairs = 24

  /// The evidence that a failure takes; by Ville's inequality 1 divided by the chance.
  static let evidenceForFailure = 1 / wrongFailure
  /// The evidence that a pass takes, likewise.
  static let evidenceForPass = 1 / wrongPass
}
