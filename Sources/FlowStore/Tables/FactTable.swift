internal import Traffic

/// Conversations at rest.
struct FactTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "facts",
    key: ["hour", "recorder", "client", "server", "target", "dialled", "place"], values: [.tally])

  private let upsert: TallyUpsert

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try TallyUpsert(Self.table, in: connection, for: arrival)
  }

  /// Adds facts, in the order of the tree: three times cheaper than in any other.
  func add(
    _ facts: [Fact], areSpoofed: Bool = false, recorders: inout Lexicon<String>,
    addresses: inout Lexicon<Address>
  ) throws(StoreError) {
    var rows: [FactRow] = []
    rows.reserveCapacity(facts.count)
    for fact in facts {
      rows.append(
        try FactRow(fact, isSpoofed: areSpoofed, recorders: &recorders, addresses: &addresses))
    }
    rows.sort()
    for row in rows { try row.write(to: upsert) }
  }

  /// The facts of these hours, sorted by key, and apart from them what was sent in another's name.
  static func read(
    _ hours: ClosedRange<Int64>, in words: Glossaries, from connection: borrowing Connection,
    noting refusals: inout Refusals
  ) throws(StoreError) -> (facts: [Fact], spoofed: [Fact]) {
    let statement = try connection.prepare("\(table.selectUnchecked) WHERE hour BETWEEN ?1 AND ?2")
    try statement.bind(1, hours.lowerBound)
    try statement.bind(2, hours.upperBound)
    var rows = Rows<FactRow>(of: table)
    while try statement.step() {
      rows.take(statement, checked: FactRow(from: statement, words))
    }
    // Sorted while they are plain numbers: by rank, which is the order of the words.
    rows.sort(by: <)
    refusals.add(rows.refused)
    return (
      facts: rows.values.lazy.filter { !$0.isSpoofed }.compactMap { $0.fact(in: words) },
      spoofed: rows.values.lazy.filter(\.isSpoofed).compactMap { $0.fact(in: words) }
    )
  }

  /// What was sent in another's name in these hours, sorted by key; damaged rows are told where facts are read.
  static func spoofed(
    _ hours: ClosedRange<Int64>, in words: Glossaries, from connection: borrowing Connection
  ) throws(StoreError) -> [Fact] {
    let statement = try connection.prepare(
      "\(table.selectUnchecked) WHERE hour BETWEEN ?1 AND ?2 AND target & ?3 = ?3")
    try statement.bind(1, hours.lowerBound)
    try statement.bind(2, hours.upperBound)
    try statement.bind(3, FactRow.mark)
    var rows: [FactRow] = []
    while try statement.step() {
      if let row = FactRow(from: statement, words) { rows.append(row) }
    }
    return rows.sorted().compactMap { $0.fact(in: words) }
  }

  /// Hands over the facts of these hours, a portion at a time: by hour, then in the order of the tree.
  static func walk(
    _ hours: ClosedRange<Int64>, in words: Glossaries, from connection: borrowing Connection,
    noting refusals: inout Refusals, _ take: ([Fact]) -> Void
  ) throws(StoreError) {
    let statement = try connection.prepare("\(table.selectUnchecked) WHERE hour BETWEEN ?1 AND ?2")
    try statement.bind(1, hours.lowerBound)
    try statement.bind(2, hours.upperBound)
    var rows = Rows<Fact>(of: table)
    rows.reserve(portion)
    while try statement.step() {
      // No closure, which would hold on to all words anew for each row.
      var fact: Fact?
      if let row = FactRow(from: statement, words) {
        if row.isSpoofed { continue }
        fact = row.fact(in: words)
      }
      rows.take(statement, checked: fact)
      if rows.values.count == portion {
        take(rows.values)
        rows.empty()
      }
    }
    if !rows.values.isEmpty { take(rows.values) }
    refusals.add(rows.refused)
  }

  /// The facts of these hours as numbers: by hour, then in the order of the tree.
  static func numbers(
    _ hours: ClosedRange<Int64>, in words: Glossaries, from connection: borrowing Connection,
    noting refusals: inout Refusals
  ) throws(StoreError) -> Conversations {
    let statement = try connection.prepare("\(table.selectUnchecked) WHERE hour BETWEEN ?1 AND ?2")
    try statement.bind(1, hours.lowerBound)
    try statement.bind(2, hours.upperBound)
    // Portions, so that nothing that was read is moved to where there is room for more.
    var portions: [[Conversations.Row]] = []
    var rows = Rows<Conversations.Row>(of: table)
    rows.reserve(portion)
    while try statement.step() {
      var row: Conversations.Row?
      if let read = FactRow(from: statement, words) {
        if read.isSpoofed { continue }
        row = read.numbers
      }
      rows.take(statement, checked: row)
      if rows.values.count == portion {
        portions.append(rows.values)
        rows.renew(portion)
      }
    }
    if !rows.values.isEmpty { portions.append(rows.values) }
    refusals.add(rows.refused)
    return Conversations(portions, addresses: words.addresses.words, recorders: words.recorders.words)
  }

  /// Large enough that a call costs nothing beside it, small enough for the cache of a processor.
  private static let portion = 1_024
}
