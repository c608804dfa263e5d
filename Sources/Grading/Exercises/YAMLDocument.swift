import Yams

/// A YAML file read as a tree of positioned values, refusing what could make reading it expensive.
enum YAMLDocument {
  /// The most bytes of a file; exercises have about a thousand.
  static let maximumSize = 1 << 20
  /// The most levels of nesting.
  static let maximumDepth = 32
  /// The most values, counting what aliases repeat as often as they repeat it.
  static let maximumValues = 10_000
  /// The most aliases: few enough that aliases of aliases cannot grow a file much before its values are counted.
  static let maximumAliases = 8

  /// Reads a file's bytes.
  /// - Returns: the root; nil when a problem was reported.
  static func root(of bytes: [UInt8], reportingTo problems: ProblemList) -> YAMLValue? {
    guard let text = text(bytes, problems) else { return nil }
    if let position = positionOfExcessAlias(in: text) {
      problems.report(
        "There are more than \(maximumAliases) aliases (*name).", advice: "Write the values out.", at: position)
      return nil
    }
    do {
      let root = try Yams.Parser(yaml: text, encoding: .utf8).singleRoot()
      guard let root, root.null == nil || root.scalar?.style != .plain else {
        problems.report("The file is empty.", advice: "Begin with `schemaVersion: 1`.", at: nil)
        return nil
      }
      var count = 0
      guard isSmall(root, depth: 1, count: &count, problems) else { return nil }
      return YAMLValue(node: root, name: "the file", lines: SourceLines(text), problems: problems)
    } catch {
      problems.report(error, in: text)
      return nil
    }
  }

  private static func text(_ bytes: [UInt8], _ problems: ProblemList) -> String? {
    guard bytes.count <= maximumSize else {
      problems.report("The file has \(bytes.count) bytes; the most is \(Quantity.text(size: maximumSize)).", at: nil)
      return nil
    }
    guard let invalid = bytes.firstInvalidUTF8 else { return String(decoding: bytes, as: UTF8.self) }
    problems.report(
      "The text is not UTF-8.", advice: "Save it with the encoding UTF-8.",
      at: SourcePosition(ofByte: invalid, in: bytes))
    return nil
  }

  /// Yams compares the keys of each mapping, and so visits what an alias in a key stands for; hence a look beforehand.
  private static func positionOfExcessAlias(in text: String) -> SourcePosition? {
    var (line, column, aliases) = (1, 0, 0)
    var previous: Unicode.Scalar = "\n"
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      column += 1
      let beginsToken = " \t\r\n[{,:".unicodeScalars.contains(previous)
      if scalar == "*", beginsToken, let next, next.properties.isAlphabetic || next.properties.numericType != nil {
        aliases += 1
        if aliases > maximumAliases { return SourcePosition(line: line, column: column) }
      }
      if scalar == "\n" { (line, column) = (line + 1, 0) }
      previous = scalar
    }
    return nil
  }

  /// Whether the tree is within the limits, aliases resolved; reports when not.
  private static func isSmall(_ node: Node, depth: Int, count: inout Int, _ problems: ProblemList) -> Bool {
    count += 1
    guard depth <= maximumDepth, count <= maximumValues else {
      let what =
        depth > maximumDepth ? "nested deeper than \(maximumDepth) levels" : "more than \(maximumValues) values"
      problems.report("The file is too large: \(what).", at: node.position)
      return false
    }
    switch node {
    case .scalar, .alias: return true
    case .sequence(let items):
      return items.allSatisfy { isSmall($0, depth: depth + 1, count: &count, problems) }
    case .mapping(let pairs):
      return pairs.allSatisfy { key, value in
        isSmall(key, depth: depth + 1, count: &count, problems)
          && isSmall(value, depth: depth + 1, count: &count, problems)
      }
    }
  }
}

extension Node {
  /// Where the value begins.
  var position: SourcePosition? { mark.map { SourcePosition(line: $0.line, column: $0.column) } }
}

extension ProblemList {
  /// Reports why Yams could not read a text.
  fileprivate func report(_ error: any Error, in text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report(
        "This is not YAML: \(problem).",
        advice: "Look at indentation, colons, brackets and quotes here and just above.",
        at: SourcePosition(line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let names, let context):
      let keys = names.sorted().map(\.quoted).joined(separator: ", ")
      report(
        "In one mapping stands more than once: \(keys).", advice: "Keep one of them.",
        at: SourcePosition(line: context.mark.line, column: context.mark.column))
    case .reader(let problem, let offset, _, _):
      let before = offset.map { Array(text.prefix($0).utf8) }
      report(
        "This is not YAML: \(problem).", advice: "Remove the character.",
        at: before.map { SourcePosition(ofByte: $0.count, in: $0) })
    default: report("This is not YAML: \(error).", at: nil)
    }
  }
}
