/// The product as a whole.
public enum Threadmark {
  /// The version of threadmark, as reports name it.
  public static let version = "0.1.0"
}
