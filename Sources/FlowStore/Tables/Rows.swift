/// What a table gave: values that are whole, and how many rows were not.
struct Rows<Value> {
  private(set) var values: [Value] = []
  /// Rows that no version of this program could have written.
  private(set) var refused: Int

  init(refused: Int = 0) { self.refused = refused }

  /// Takes a row in, or counts it.
  mutating func take(_ value: Value?) {
    if let value {
      values.append(value)
    } else {
      refused += 1
    }
  }

  /// The same rows as other values; one that can't be such a value is counted too.
  func map<Other>(_ transform: (Value) -> Other?) -> Rows<Other> {
    var rows = Rows<Other>(refused: refused)
    rows.values.reserveCapacity(values.count)
    for value in values { rows.take(transform(value)) }
    return rows
  }

  /// Puts the values in the order that people and tests rely on.
  mutating func sort(by isBefore: (Value, Value) -> Bool) { values.sort(by: isBefore) }
}

/// SQL that adds the new count to the one that is there, and stops at the largest there is.
///
/// A sum beyond it would become a floating-point number, which a STRICT table refuses. NULL stays NULL.
func adding(_ column: String) -> String {
  """
  \(column) = CASE WHEN \(column) > 9223372036854775807 - excluded.\(column)
    THEN 9223372036854775807 ELSE \(column) + excluded.\(column) END
  """
}
