import Yams

/// A value of a YAML file with its place and what messages call it; what it is not, it reports.
struct YAMLValue {
  let node: Node
  let name: String
  let lines: SourceLines
  let problems: ProblemList

  func report(_ message: String, advice: String = "") {
    problems.report(message, advice: advice, at: node.position)
  }

  /// A value inside this one.
  func child(_ node: Node, named name: String) -> YAMLValue {
    YAMLValue(node: node, name: name, lines: lines, problems: problems)
  }

  /// The place of a character of a text, counted from 0 in Unicode scalars.
  func position(of offset: Int) -> SourcePosition? {
    guard let scalar = node.scalar else { return node.position }
    return lines.position(of: offset, in: scalar)
  }

  /// Text; a number or a date must be in quotes to be one.
  func text() -> String? {
    if let scalar = node.scalar, node.tag == Tag(.str) { return scalar.string }
    let advice = node.scalar.map { $0.string.isEmpty ? "" : "Write it in quotes: \"\($0.string.visible)\"." } ?? ""
    return refuse(as: "text", advice: advice)
  }

  /// Text or anything else that is written like one word, just as it is written.
  func literal(as expected: String = "text") -> String? {
    if let scalar = node.scalar, !isNull { return scalar.string }
    return refuse(as: expected)
  }

  /// A whole number in a range.
  func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
    guard let scalar = node.scalar, let number = Int(scalar.string) else { return refuse(as: "a whole number") }
    guard scalar.style == .plain else { return refuse(as: "a whole number", advice: "Write it without quotes.") }
    return number.checked(in: range, self, String.init)
  }

  /// A number in a range, with or without a fraction.
  func number(in range: ClosedRange<Double>) -> Double? {
    guard let scalar = node.scalar, let number = Double(scalar.string), number.isFinite else {
      return refuse(as: "a number")
    }
    guard scalar.style == .plain else { return refuse(as: "a number", advice: "Write it without quotes.") }
    return number.checked(in: range, self, Quantity.text)
  }

  /// `true` or `false`.
  func boolean() -> Bool? {
    guard let scalar = node.scalar, scalar.style == .plain, let value = Bool(scalar.string) else {
      return refuse(as: "true or false")
    }
    return value
  }

  /// A duration such as `10s`.
  func duration(in range: ClosedRange<Duration>) -> Duration? {
    guard let scalar = node.scalar, let value = Quantity.duration(scalar.string) else {
      return refuse(as: "a duration", advice: Quantity.durationForms)
    }
    return value.checked(in: range, self, Quantity.text)
  }

  /// A size such as `256 MiB`, in bytes.
  func size(in range: ClosedRange<Int>) -> Int? {
    guard let scalar = node.scalar, let value = Quantity.size(scalar.string) else {
      return refuse(as: "a size", advice: Quantity.sizeForms)
    }
    return value.checked(in: range, self, Quantity.text(size:))
  }

  /// One of a few names.
  func name(among names: [String], what: String, listedAs list: String) -> String? {
    guard let text = literal() else { return nil }
    if names.contains(text) { return text }
    report("There is no \(what) \(text.quoted).", advice: Suggestion.advice(for: text, among: names, listedAs: list))
    return nil
  }

  /// The values of a list.
  func list() -> [YAMLValue]? {
    guard let items = node.sequence else { return refuse(as: "a list") }
    return items.enumerated().map { child($0.element, named: "item \($0.offset + 1) of \(name)") }
  }

  /// Whether it is a list.
  var isList: Bool { node.sequence != nil }

  /// Whether it is a mapping.
  var isMapping: Bool { node.mapping != nil }

  /// Whether it is written as one word or text that is this.
  func isWritten(_ text: String) -> Bool { node.scalar?.string == text }

  /// The keys and values of a mapping.
  func mapping() -> YAMLMapping? {
    guard let mapping = node.mapping else { return refuse(as: "a mapping (`key: value`)") }
    return YAMLMapping(self, mapping)
  }

  private var isNull: Bool { node.scalar?.style == .plain && node.tag == Tag(.null) }

  /// Reports that the value is something else, and gives nil.
  func refuse<Value>(as expected: String, advice: String = "") -> Value? {
    let actual =
      switch node {
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .scalar where isNull: "nothing"
      case .scalar(let scalar): scalar.string.prefix(60).description.quoted
      case .alias: "an alias"
      }
    report("\(name) must be \(expected), but here is \(actual).", advice: advice)
    return nil
  }
}

extension Comparable {
  /// The value itself where it is in the range; otherwise the problem is reported.
  fileprivate func checked(in range: ClosedRange<Self>, _ value: YAMLValue, _ text: (Self) -> String) -> Self? {
    if range.contains(self) { return self }
    value.report(
      "\(value.name) must be between \(text(range.lowerBound)) and \(text(range.upperBound)), but it is \(text(self)).")
    return nil
  }
}
