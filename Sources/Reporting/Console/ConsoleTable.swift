/// Rows of cells under headings, narrowed until the table fits the width.
public struct ConsoleTable: Sendable {
  private let style: ConsoleStyle
  private let columns: [String]
  /// Columns whose cells end where the column ends.
  public var rightAligned: Set<Int> = []
  /// What is narrowed when the table is too wide, one step after the other: a column, and the width it keeps.
  public var narrowing: [(column: Int, least: Int)] = []
  private var rows: [(cells: [String], paints: [Int: ConsoleStyle.Paint])] = []

  private static let gap = 2

  /// A table without rows.
  public init(style: ConsoleStyle, columns: [String]) {
    self.style = style
    self.columns = columns
  }

  /// Adds a row of visible, unpainted cells, one for each column.
  public mutating func add(_ cells: [String], paints: [Int: ConsoleStyle.Paint] = [:]) {
    precondition(cells.count == columns.count, "A row has a cell for each column.")
    rows.append((cells, paints))
  }

  /// The headings and the rows.
  public var lines: [String] {
    let widths = widths
    let headings = line(columns, widths, paints: [:])
    return [style.paint(headings, .bold)] + rows.map { line($0.cells, widths, paints: $0.paints) }
  }

  private var widths: [Int] {
    var widths = columns.indices.map { column in
      (rows.map { DisplayWidth.of($0.cells[column]) } + [DisplayWidth.of(columns[column])]).max() ?? 0
    }
    for (column, least) in narrowing {
      let excess = widths.reduce(Self.gap * (widths.count - 1), +) - style.width
      guard excess > 0 else { break }
      widths[column] = max(min(least, widths[column]), widths[column] - excess)
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int], paints: [Int: ConsoleStyle.Paint]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let cut = style.cut(cell, to: widths[column])
      let fill = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(cut)))
      let painted = paints[column].map { style.paint(cut, $0) } ?? cut
      let gap = column == 0 ? "" : String(repeating: " ", count: Self.gap)
      line += gap + (rightAligned.contains(column) ? fill + painted : painted + fill)
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
