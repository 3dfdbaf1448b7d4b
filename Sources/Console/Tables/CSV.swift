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
    let isFormula = visible.first.map { "=+-@".contains($0) } ?? false
    let harmless = isFormula ? "'" + visible : visible
    guard harmless.contains(where: { $0 == "," || $0 == "\"" }) else { return harmless }
    let doubled = harmless.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    return "\"\(doubled)\""
  }
}
