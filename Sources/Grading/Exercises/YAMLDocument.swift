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
      return YAMLValue(node: root, name: "The file", lines: SourceLines(text), problems: problems)
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
    guard let invalid = bytes.firstInvalidUTF8 else {
      // libyaml skips a byte order mark only where it guesses the encoding.
      let mark = Array("\u{feff}".utf8)
      return String(decoding: bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...], as: UTF8.self)
    }
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
  var position: SourcePosition? { mark.map(SourcePosition.init) }
}

extension SourcePosition {
  /// A place as Yams tells it.
  init(_ mark: Mark) {
    self.init(line: mark.line, column: mark.column)
  }
}

extension ProblemList {
  /// Reports why Yams could not read a text.
  fileprivate func report(_ error: any Error, in text: String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let origin = context.map { " \($0.text) from line \($0.mark.line)" } ?? ""
      let advice =
        problem.contains("cannot start any token")
        ? "Indent with spaces, not with tabs; put text that begins with a special character in quotes."
        : "Look at indentation, colons, brackets and quotes here and just above."
      report("This is not YAML: \(problem)\(origin).", advice: advice, at: SourcePosition(mark))
    case .composer(nil, let problem, let mark, _):
      report(
        "This is not YAML: \(problem).", advice: "Write the value out, or put it in quotes.", at: SourcePosition(mark))
    case .composer(_, _, let mark, _):
      report("A second document begins here.", advice: "Keep one; remove the line ---.", at: SourcePosition(mark))
    case .duplicatedKeysInMapping(let names, let context):
      report(
        "These keys stand more than once in one mapping: \(names.sorted().map(\.quoted).listed).",
        advice: "Keep one of each.", at: SourcePosition(context.mark))
    case .reader(let problem, let offset, _, _):
      let before = offset.map { Array(text.prefix($0).utf8) }
      report(
        "This is not YAML: \(problem).", advice: "Remove the character.",
        at: before.map { SourcePosition(ofByte: $0.count, in: $0) })
    default: report("This is not YAML: \(error).", at: nil)
    }
  }
}
