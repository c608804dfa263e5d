/// How the values that were printed differ from those asked for, each counted as often as it occurs.
struct ValueDifference {
  /// Values asked for that were never printed.
  private(set) var missing: [EventValue] = []
  /// Values that were printed, but less often than asked for, with both numbers.
  private(set) var rare: [(value: EventValue, printed: Int, asked: Int)] = []
  /// Values that were printed more often than asked for, with both numbers.
  private(set) var surplus: [(value: EventValue, printed: Int, asked: Int)] = []

  /// Compares.
  init(printed: [EventValue], asked: [EventValue]) {
    let printedCounts = printed.reduce(into: [EventValue: Int]()) { $0[$1, default: 0] += 1 }
    let askedCounts = asked.reduce(into: [EventValue: Int]()) { $0[$1, default: 0] += 1 }
    for value in asked.firstOccurrences {
      let (count, wanted) = (printedCounts[value] ?? 0, askedCounts[value] ?? 0)
      if count == 0 {
        missing.append(value)
      } else if count < wanted {
        rare.append((value, count, wanted))
      }
    }
    for value in printed.firstOccurrences {
      let (count, wanted) = (printedCounts[value] ?? 0, askedCounts[value] ?? 0)
      if count > wanted { surplus.append((value, count, wanted)) }
    }
  }

  /// Whether there is none.
  var isEmpty: Bool { missing.isEmpty && rare.isEmpty && surplus.isEmpty }

  /// The difference in sentences that name who printed: "Thread 1 never printed 3", and the like.
  func sentences(about subject: String) -> String {
    var sentences: [String] = []
    if !missing.isEmpty { sentences.append("\(subject) never printed \(OrderWords.list(missing)).") }
    if let (value, printed, asked) = rare.first {
      sentences.append(
        "\(subject) printed \(OrderWords.quoted(value)) \(OrderWords.times(printed)), not \(OrderWords.times(asked)).")
    }
    if let (value, printed, asked) = surplus.first {
      let text = "\(subject) printed \(OrderWords.quoted(value))"
      sentences.append(
        asked == 0
          ? "\(text), which is not asked for."
          : "\(text) \(OrderWords.times(printed)), not \(OrderWords.times(asked)).")
    }
    return sentences.joined(separator: " ")
  }
}

extension [EventValue] {
  /// Each value once, where it first occurs.
  var firstOccurrences: [EventValue] {
    var seen: Set<EventValue> = []
    return filter { seen.insert($0).inserted }
  }
}
