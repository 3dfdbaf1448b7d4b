/// Rows of one table that were left out of what was read: they are not what was written, or make no sense.
public struct RefusedRows: Hashable, Sendable {
  /// The table, by the name that it has in the file.
  public let table: String
  /// How many they are.
  public private(set) var count = 0
  /// The keys of the first of them, in words.
  public private(set) var keys: [String] = []

  /// None yet.
  init(of table: String) { self.table = table }

  /// Counts a row.
  mutating func add(_ key: @autoclosure () -> String) {
    count += 1
    if keys.count < Self.told { keys.append(key()) }
  }

  /// Counts further rows.
  mutating func add(_ others: RefusedRows) {
    count += others.count
    keys += others.keys.prefix(Self.told - keys.count)
  }

  /// More would help nobody to find out what happened.
  private static let told = 5
}
