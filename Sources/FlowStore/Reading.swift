internal import Synchronization
public import Traffic

extension Store {
  /// The facts of the hours from `from` to before `until`, sorted by key.
  public func facts(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> [Fact] {
    guard let hours = Self.hours(from, until) else { return [] }
    return try read("facts") { connection throws(StoreError) in try FactTable.read(hours, from: connection) }
  }

  /// The DNS facts of the hours from `from` to before `until`, sorted by key.
  public func dnsFacts(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> [DNSFact] {
    guard let hours = Self.hours(from, until) else { return [] }
    return try read("dns") { connection throws(StoreError) in try DNSTable.read(hours, from: connection) }
  }

  /// What was missed, in the order of time.
  public func losses() throws(StoreError) -> [Loss] {
    try read("losses") { connection throws(StoreError) in try LossTable.read(from: connection) }
  }

  /// When nothing was recorded, in the order of time.
  public func gaps() throws(StoreError) -> [Gap] {
    try read("gaps") { connection throws(StoreError) in try GapTable.read(from: connection) }
  }

  /// The frames that taught nothing, by recorder and reason.
  public func passed() throws(StoreError) -> [PassedFrames] {
    try read("passed") { connection throws(StoreError) in try PassedTable.read(from: connection) }
  }

  /// The capture files that were imported, by name.
  public func imports() throws(StoreError) -> [ImportedFile] {
    try read("imports") { connection throws(StoreError) in try ImportTable.read(from: connection) }
  }

  /// Whether a capture file with this fingerprint was imported.
  public func hasImported(_ fingerprint: String) throws(StoreError) -> Bool {
    guard isFilled else { return false }
    return try ImportTable.contains(fingerprint, in: connection)
  }

  /// The cluster's objects by kind, namespace, name and uid.
  public func objects() throws(StoreError) -> [StoredObject] {
    try read("objects") { connection throws(StoreError) in try ObjectTable.read(from: connection) }
  }

  /// How many rows were left out of what was read, because no netpol-learn could have written them.
  ///
  /// A table that is read again is counted again and not twice.
  public var refusedRows: Int { refused.withLock { $0.values.reduce(0, +) } }

  private func read<Value>(
    _ table: String, _ body: (borrowing Connection) throws(StoreError) -> Rows<Value>
  ) throws(StoreError) -> [Value] {
    guard isFilled else { return [] }
    let rows = try body(connection)
    refused.withLock { $0[table] = rows.refused }
    return rows.values
  }

  private static func hours(_ from: Int64?, _ until: Int64?) -> ClosedRange<Int64>? {
    let first = from ?? .min
    guard let until else { return first...Int64.max }
    return first < until ? first...(until - 1) : nil
  }
}
