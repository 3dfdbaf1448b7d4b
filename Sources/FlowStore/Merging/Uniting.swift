internal import Traffic

extension Store {
  /// Takes in what other stores hold: all of it and for good when this returns, none of it when it throws.
  ///
  /// Rows are what one recorder saw in one hour, all of it; of two with one key the larger counts, from the earliest to
  /// the latest moment. So a store may come twice, and the order of stores does not matter.
  public mutating func unite(with paths: [String]) throws(StoreError) -> [Share] {
    try begin()
    do throws(StoreError) {
      var taker = try Writer(to: connection, for: .copies)
      var shares: [Share] = []
      for path in paths {
        let other = try Store(at: path, for: .reading)
        shares.append(try take(other, named: path, with: &taker))
      }
      try connection.execute("COMMIT")
      return shares
    } catch {
      undo()
      throw error
    }
  }

  private func take(
    _ other: borrowing Store, named path: String, with taker: inout Writer
  ) throws(StoreError) -> Share {
    var share = Share(of: path)
    guard other.isFilled else { return share }
    let imports = try imports(of: other)
    try taker.add(
      Batch(losses: try other.losses(), gaps: try other.gaps(), passed: try other.passed(), imports: imports))
    let objects = try other.objects()
    try taker.keep(objects, try other.lists())
    share.objects = objects.count
    // An hour at a time, so that the memory does not grow with the store.
    var refusals = Refusals()
    let words = try Glossaries(in: other.connection, noting: &refusals)
    for hour in try FactTable.table.hours(in: other.connection) {
      let (facts, spoofed) = try FactTable.read(
        hour...hour, in: words, from: other.connection, noting: &refusals)
      share.facts += facts.count
      try taker.add(Batch(facts: facts, spoofed: spoofed))
    }
    for hour in try DNSTable.table.hours(in: other.connection) {
      let names = try DNSTable.read(hour...hour, in: words, from: other.connection, noting: &refusals)
      share.names += names.count
      try taker.add(Batch(dns: names))
    }
    for refused in other.refusals { refusals.note(refused) }
    share.refusals = refusals.all
    return share
  }

  /// The capture files of a store that are not in this one, or that it names by an earlier name.
  ///
  /// One file may have been imported on two machines. Which of the two names stays is no matter, but must not depend on
  /// the order of stores.
  private func imports(of other: borrowing Store) throws(StoreError) -> [ImportedFile] {
    let known = Dictionary(
      try imports().map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
    return try other.imports().filter { file in known[file.fingerprint].map { file < $0 } ?? true }
  }
}

extension ImportedFile {
  fileprivate static func < (one: ImportedFile, other: ImportedFile) -> Bool {
    if one.name != other.name { return one.name < other.name }
    if one.recorder != other.recorder { return one.recorder < other.recorder }
    if one.packets != other.packets { return one.packets < other.packets }
    guard let seen = one.seen, let others = other.seen else { return one.seen == nil && other.seen != nil }
    return (seen.lowerBound, seen.upperBound) < (others.lowerBound, others.upperBound)
  }
}

extension SealedTable {
  /// The hours of which a table holds rows, whatever they are.
  fileprivate func hours(in connection: borrowing Connection) throws(StoreError) -> [Int64] {
    let next = try connection.prepare("SELECT min(hour) FROM \(name) WHERE hour > ?1 OR ?1 IS NULL")
    var hours: [Int64] = []
    while true {
      try next.bind(1, hours.last)
      let hour = try next.step() ? next.integer(0) : nil
      next.reset()
      guard let hour else { return hours }
      hours.append(hour)
    }
  }
}
