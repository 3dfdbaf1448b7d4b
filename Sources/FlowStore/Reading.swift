internal import Synchronization
public import Traffic

extension Store {
  /// The facts of the hours from `from` to before `until`, sorted by key.
  public func facts(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> [Fact] {
    guard let hours = Self.hours(from, until) else { return [] }
    return try read { connection, refusals throws(StoreError) in
      refusals.forget(FactTable.table)
      let words = try Glossaries(in: connection, noting: &refusals)
      return try FactTable.read(hours, in: words, from: connection, noting: &refusals).facts
    }
  }

  /// What recorders saw sent in the name of the clients that it names, sorted by key: it is no fact of theirs.
  public func spoofed(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> [Fact] {
    guard isFilled, let hours = Self.hours(from, until) else { return [] }
    // What of the words is damaged is told where facts are read.
    var refusals = Refusals()
    let words = try Glossaries(in: connection, noting: &refusals)
    return try FactTable.spoofed(hours, in: words, from: connection)
  }

  /// The facts of the hours from `from` to before `until` as rows of numbers: by hour, and within one in an order of the
  /// store's own.
  public func conversations(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> Conversations {
    let none = Conversations([], addresses: [], recorders: [])
    guard isFilled, let hours = Self.hours(from, until) else { return none }
    var refusals = refused.withLock { $0 }
    refusals.forget(FactTable.table)
    let words = try Glossaries(in: connection, noting: &refusals)
    let found = try FactTable.numbers(hours, in: words, from: connection, noting: &refusals)
    refused.withLock { [refusals] kept in kept = refusals }
    return found
  }

  /// Walks through the facts of the hours from `from` to before `until`, a portion at a time, so that all of them need
  /// never be in memory: by hour, and within one in an order of the store's own, which stays while nothing is written.
  public func walkFacts(
    from: Int64? = nil, until: Int64? = nil, _ take: ([Fact]) -> Void
  ) throws(StoreError) {
    guard isFilled, let hours = Self.hours(from, until) else { return }
    var refusals = refused.withLock { $0 }
    refusals.forget(FactTable.table)
    let words = try Glossaries(in: connection, noting: &refusals)
    try FactTable.walk(hours, in: words, from: connection, noting: &refusals, take)
    refused.withLock { [refusals] kept in kept = refusals }
  }

  /// The DNS facts of the hours from `from` to before `until`, sorted by key.
  public func dnsFacts(from: Int64? = nil, until: Int64? = nil) throws(StoreError) -> [DNSFact] {
    guard let hours = Self.hours(from, until) else { return [] }
    return try read { connection, refusals throws(StoreError) in
      refusals.forget(DNSTable.table)
      let words = try Glossaries(in: connection, noting: &refusals)
      return try DNSTable.read(hours, in: words, from: connection, noting: &refusals)
    }
  }

  /// What was missed, in the order of time.
  public func losses() throws(StoreError) -> [Loss] {
    try read { connection, refusals throws(StoreError) in
      try LossTable.read(from: connection, noting: &refusals)
    }
  }

  /// When nothing was recorded, in the order of time.
  public func gaps() throws(StoreError) -> [Gap] {
    try read { connection, refusals throws(StoreError) in
      try GapTable.read(from: connection, noting: &refusals)
    }
  }

  /// The frames that taught nothing, by recorder and reason.
  public func passed() throws(StoreError) -> [PassedFrames] {
    try read { connection, refusals throws(StoreError) in
      try PassedTable.read(from: connection, noting: &refusals)
    }
  }

  /// The capture files that were imported, by name.
  public func imports() throws(StoreError) -> [ImportedFile] {
    try read { connection, refusals throws(StoreError) in
      try ImportTable.read(from: connection, noting: &refusals)
    }
  }

  /// Whether a capture file with this fingerprint was imported.
  public func hasImported(_ fingerprint: String) throws(StoreError) -> Bool {
    guard isFilled else { return false }
    return try ImportTable.contains(fingerprint, in: connection)
  }

  /// The cluster's objects by kind, namespace, name, uid and look.
  public func objects() throws(StoreError) -> [StoredObject] {
    try read { connection, refusals throws(StoreError) in
      try ObjectTable.read(from: connection, noting: &refusals)
    }
  }

  /// Hands over the same objects one after the other, so that the rows of a whole cluster need never be in memory.
  public func walkObjects(_ take: (StoredObject) -> Void) throws(StoreError) {
    guard isFilled else { return }
    var refusals = refused.withLock { $0 }
    try ObjectTable.walk(connection, noting: &refusals, take)
    refused.withLock { [refusals] kept in kept = refusals }
  }

  /// The lists of the cluster's objects that were kept, in the order of time.
  public func lists() throws(StoreError) -> [StoredList] {
    try read { connection, refusals throws(StoreError) in
      try ListTable.read(from: connection, noting: &refusals)
    }
  }

  /// The rows that were left out of what was read, by table: they are not what was written, or make no sense.
  ///
  /// A table that is read again is counted again and not twice.
  public var refusals: [RefusedRows] { refused.withLock { $0.all } }

  /// How many rows were left out of what was read.
  public var refusedRows: Int { refusals.reduce(0) { $0 + $1.count } }

  private func read<Value>(
    _ body: (borrowing Connection, inout Refusals) throws(StoreError) -> [Value]
  ) throws(StoreError) -> [Value] {
    guard isFilled else { return [] }
    var refusals = refused.withLock { $0 }
    let values = try body(connection, &refusals)
    refused.withLock { [refusals] kept in kept = refusals }
    return values
  }

  private static func hours(_ from: Int64?, _ until: Int64?) -> ClosedRange<Int64>? {
    let first = from ?? .min
    guard let until else { return first...Int64.max }
    return first < until ? first...(until - 1) : nil
  }
}
