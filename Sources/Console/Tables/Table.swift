/// Rows of one kind, laid out in columns.
public struct Table<Row> {
  /// What is shown of a row, from left to right.
  public let columns: [Column<Row>]
  /// The rows, in their order.
  public let rows: [Row]

  /// A table.
  public init(_ rows: [Row], columns: [Column<Row>]) {
    self.rows = rows
    self.columns = columns
  }
}

/// One thing that is shown of every row.
public struct Column<Row> {
  /// The heading; empty for remarks.
  public let title: String
  /// Which side the cells line up at.
  public let alignment: Alignment
  /// The heading in CSV.
  let key: String
  let cell: (Row) -> String
  let style: (Row) -> Style?

  /// Which side the cells line up at.
  public enum Alignment: Hashable, Sendable {
    /// Text.
    case left
    /// Numbers.
    case right
  }

  /// A column; its heading in CSV is the title in small letters, unless it is given.
  public init(
    _ title: String, _ alignment: Alignment = .left, key: String? = nil,
    style: @escaping (Row) -> Style? = { _ in nil }, cell: @escaping (Row) -> String
  ) {
    self.title = title
    self.alignment = alignment
    self.key = key ?? title.lowercased()
    self.cell = cell
    self.style = style
  }
}

// For people.
extension Table {
  /// The table as text: headings, two spaces between columns, nothing after the last cell of a line.
  public func text(colored: Bool = false) -> String {
    let cells = rows.map { row in columns.map { VisibleText.escaped($0.cell(row)) } }
    let lines = [columns.map(\.title)] + cells
    let widths = columns.indices.map { column in lines.map { VisibleText.width($0[column]) }.max() ?? 0 }
    var text = line(lines[0], widths, [])
    for (row, cells) in zip(rows, cells) {
      text += line(cells, widths, colored ? columns.map { $0.style(row) } : [])
    }
    return text
  }

  private func line(_ cells: [String], _ widths: [Int], _ styles: [Style?]) -> String {
    let last = cells.lastIndex { !$0.isEmpty } ?? 0
    var line = ""
    for (column, cell) in cells.enumerated().prefix(last + 1) {
      if column > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[column] - VisibleText.width(cell))
      let shown = styles.isEmpty ? cell : styles[column]?.applied(to: cell, true) ?? cell
      if columns[column].alignment == .right {
        line += padding + shown
      } else {
        line += column == last ? shown : shown + padding
      }
    }
    return line + "\n"
  }
}
