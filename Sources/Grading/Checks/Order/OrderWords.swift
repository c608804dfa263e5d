/// The words that findings on the order of output share.
enum OrderWords {
  /// Values in a sentence, such as `1, 2 and 3`; many are cut short.
  static func list(_ values: [EventValue], limit: Int = 8) -> String {
    var words = values.prefix(limit).map(quoted)
    if values.count > limit { words.append("\(values.count - limit) more") }
    guard let last = words.popLast() else { return "nothing" }
    return words.isEmpty ? last : "\(words.joined(separator: ", ")) and \(last)"
  }

  /// A value for a sentence: a number as it is, a text in quotation marks, cut where it is long.
  static func quoted(_ value: EventValue) -> String { value.isNumber ? value.text : "\"\(cut(value.text))\"" }

  /// Text that is short enough for a sentence.
  static func cut(_ text: String, to limit: Int = 60) -> String {
    text.count > limit ? "\(text.prefix(limit))..." : text
  }

  /// `once`, `twice`, `3 times`.
  static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  /// A number of things, such as `1 line` or `3 lines`.
  static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension OrderWords {
  /// ` with the same item (3)`, for the end of a phrase; nothing where events are not told apart.
  static func same(_ capture: String?, _ event: OrderTranscript.Event) -> String {
    guard let capture, let value = event.values[capture] else { return "" }
    return " with the same \(capture) (\(quoted(value)))"
  }
}

extension EventValues {
  /// The value of a capture that need not be given.
  subscript(name: String?) -> EventValue? { name.flatMap { self[$0] } }
}
