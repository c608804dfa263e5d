/// Durations and sizes as people write them: `10s`, `500ms`, `2m`, `256 MiB`, `4096`.
public enum Quantity {
  /// How durations are written, a sentence.
  public static let durationForms = "Write it like 10s, 500ms or 2m."
  /// How sizes are written, a sentence.
  public static let sizeForms = "Write it like 256 MiB, 1 MB or 4096 (bytes)."

  private static let durationUnits: [String: Duration] = ["ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60)]
  private static let sizeUnits: [String: Int] = [
    "": 1, "B": 1, "kB": 1000, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
  ]

  /// A duration; nil when the text is not one.
  public static func duration(_ text: String) -> Duration? {
    guard let (number, unit) = split(text), let factor = durationUnits[unit] else { return nil }
    return factor * number
  }

  /// A size in bytes; nil when the text is not one or the number too large.
  public static func size(_ text: String) -> Int? {
    guard let (number, unit) = split(text), let factor = sizeUnits[unit] else { return nil }
    let (size, isTooLarge) = number.multipliedReportingOverflow(by: factor)
    return isTooLarge ? nil : size
  }

  /// A whole number of at most 15 digits and what follows it, spaces between them left out.
  private static func split(_ text: String) -> (Int, String)? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard digits.count <= 15, let number = Int(digits) else { return nil }
    return (number, String(text[digits.endIndex...].drop { $0 == " " }))
  }

  /// A duration as `split` reads it.
  public static func text(_ duration: Duration) -> String {
    let milliseconds = duration / .milliseconds(1)
    return milliseconds < 1000 ? "\(Int(milliseconds))ms" : "\(Int(milliseconds / 1000))s"
  }

  /// A number, without a fraction where it has none.
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  /// A size as `split` reads it, in the largest unit that divides it.
  public static func text(size: Int) -> String {
    for (unit, factor) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where size >= factor && size % factor == 0 {
      return "\(size / factor) \(unit)"
    }
    return "\(size) bytes"
  }
}
