/// What a table gave: values that are whole, and the rows that were not.
struct Rows<Value> {
  private let table: SealedTable
  private(set) var values: [Value] = []
  /// Rows that are not what was written, or that no version of this program could have written.
  private(set) var refused: RefusedRows

  init(of table: SealedTable) {
    self.table = table
    refused = RefusedRows(of: table.name)
  }

  /// Makes room for so many values.
  mutating func reserve(_ count: Int) { values.reserveCapacity(count) }

  /// Begins anew where the values were taken over, with room for so many.
  mutating func renew(_ count: Int) {
    values = []
    values.reserveCapacity(count)
  }

  /// Lets the values go, but not what was refused.
  mutating func empty() { values.removeAll(keepingCapacity: true) }

  /// Takes a row in, or counts it; what it says is asked only when it is what was written.
  mutating func take(_ row: borrowing Statement, as value: @autoclosure () -> Value?) {
    if table.isWhole(row), let value = value() {
      values.append(value)
    } else {
      refused.add(table.key(of: row))
    }
  }

  /// Takes in what a row says, or counts the row where it says nothing that can be believed.
  mutating func take(_ row: borrowing Statement, checked value: Value?) {
    if let value { values.append(value) } else { refused.add(table.key(of: row)) }
  }

  /// Puts the values in the order that people and tests rely on.
  mutating func sort(by isBefore: (Value, Value) -> Bool) { values.sort(by: isBefore) }
}
