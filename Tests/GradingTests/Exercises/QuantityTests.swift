import Testing

@testable import Grading

struct QuantityTests {
  @Test(
    arguments: [
      ("10s", .seconds(10)), ("500ms", .milliseconds(500)), ("2m", .seconds(120)), ("10 s", .seconds(10)),
      ("0s", .zero), ("10", nil), ("s", nil), ("", nil), ("-1s", nil), ("1.5s", nil), ("10S", nil), ("1h", nil),
      ("1s 2ms", nil), ("٣s", nil), ("99999999999999999s", nil),
    ] as [(String, Duration?)])
  func `a duration is a whole number with a unit`(text: String, duration: Duration?) {
    #expect(Quantity.duration(text) == duration)
  }

  @Test(
    arguments: [
      ("4096", 4096), ("0", 0), ("1 MB", 1_000_000), ("256 MiB", 256 << 20), ("1GiB", 1 << 30), ("2 kB", 2000),
      ("3 KiB", 3072), ("5B", 5), ("MB", nil), ("1.5 MB", nil), ("1 TB", nil), ("-1", nil), ("1mb", nil), ("", nil),
      ("999999999999999 GiB", nil), ("1_000", nil),
    ] as [(String, Int?)])
  func `a size is a whole number with or without a unit`(text: String, size: Int?) {
    #expect(Quantity.size(text) == size)
  }

  @Test(
    arguments: [
      ("langauge", "language"), ("memroy", "memory"), ("proceses", "processes"), ("Entry", "entry"),
      ("titel", "title"), ("scenario", "scenarios"), ("x", nil), ("speed", nil), ("", nil),
    ] as [(String, String?)])
  func `the nearest name is found when it is near`(name: String, nearest: String?) {
    let names = ["language", "memory", "processes", "entry", "title", "scenarios"]
    #expect(Suggestion.nearest(to: name, among: names) == nearest)
  }

  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "acbd", 1), ("ca", "abc", 3),
  ])
  func `the distance counts slips of the pen`(left: String, right: String, distance: Int) {
    #expect(Suggestion.distance(Array(left), Array(right)) == distance)
  }
}
