/// Finds the events in the lines of one stream.
///
/// Where it is known who wrote a line, it is whole and is matched as a whole; it counts for each event whose form it
/// has. Elsewhere events are found anywhere in it, so that lines torn by threads still count, and a line that is not
/// made of events alone is matched as a whole.
struct EventReader {
  /// The forms' indices in the check.
  private let forms: [Int]
  private var matchers: [LineMatcher]
  private var scanner: LineScanner?

  /// An event in a line.
  struct Match {
    /// The form's index in the check.
    var form: Int
    var values: [EventValue]
    /// The same for events that are the same piece of the line.
    var piece: Int
  }

  /// A reader of a stream.
  /// - Parameters:
  ///   - forms: all forms of the check; those of other streams are left out.
  ///   - onErrors: whether the stream is standard error.
  ///   - isAttributed: whether lines are known to be whole.
  init(_ forms: [EventForm], onErrors: Bool, isAttributed: Bool) {
    self.forms = forms.indices.filter { forms[$0].isPrinted(onErrors: onErrors) }
    let patterns = self.forms.map { forms[$0].pattern }
    matchers = patterns.map(LineMatcher.init)
    scanner = isAttributed ? nil : LineScanner(patterns)
  }

  /// Whether there is anything to find.
  var isEmpty: Bool { forms.isEmpty }

  /// The events in a line, and whether it is made of nothing else.
  mutating func read(_ line: [UInt8]) -> (matches: [Match], isWhole: Bool) {
    scanner?.scan(line)
    if let scanner, scanner.coversLine { return (matches(scanner), true) }
    var whole: [Match] = []
    for index in matchers.indices {
      if let values = matchers[index].values(in: line) {
        whole.append(Match(form: forms[index], values: values, piece: 0))
      }
    }
    return whole.isEmpty ? (scanner.map(matches) ?? [], false) : (whole, true)
  }

  private func matches(_ scanner: LineScanner) -> [Match] {
    scanner.matches.map { Match(form: forms[$0.pattern], values: $0.values, piece: $0.range.lowerBound) }
  }
}
