// For other programs.
extension Table {
  /// The table as comma-separated values, RFC 4180, with a heading line.
  public var csv: String {
    ([columns.map(\.key)] + rows.map { row in columns.map { $0.cell(row) } })
      .map { $0.map(CSV.cell).joined(separator: ",") + "\r\n" }
      .joined()
  }
}

/// Comma-separated values.
enum CSV {
  /// A cell that is read back as text.
  ///
  /// A spreadsheet takes a cell that begins with one of these signs for a formula, and names come from
  /// whoever was on the network; the leading quote makes it text.
  static func cell(_ text: String) -> String {
    let visible = VisibleText.escaped(text)
    let isFormula = visible.utf8.first.map { "=+-@".utf8.contains($0) } ?? false
    let harmless = isFormula ? "'" + visible : visible
    guard harmless.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else {
      return harmless
    }
    // By scalar: a mark that combines with a quote or a comma makes one character of both, which readers of CSV don't.
    var doubled = String.UnicodeScalarView()
    for scalar in harmless.unicodeScalars {
      if scalar == "\"" { doubled.append(scalar) }
      doubled.append(scalar)
    }
    return "\"\(String(doubled))\""
  }
}
