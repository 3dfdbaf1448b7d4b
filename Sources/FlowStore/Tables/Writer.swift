internal import Traffic

/// The prepared statements and known numbers of a store that is open for writing.
struct Writer: ~Copyable {
  private let facts: FactTable
  private let dns: DNSTable
  private let losses: LossTable
  private let gaps: GapTable
  private let passed: PassedTable
  private let imports: ImportTable
  private let objects: ObjectTable
  private let lists: ListTable
  private var recorders: Lexicon<String>
  private var addresses: Lexicon<Address>
  private var names: Lexicon<String>
  private let foreignCommits: Statement
  private var seenCommits: Int64?
}

extension Writer {
  init(to connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    self.init(
      facts: try FactTable(in: connection, for: arrival), dns: try DNSTable(in: connection, for: arrival),
      losses: try LossTable(in: connection, for: arrival), gaps: try GapTable(in: connection),
      passed: try PassedTable(in: connection, for: arrival),
      imports: try ImportTable(in: connection, for: arrival),
      objects: try ObjectTable(in: connection, for: arrival), lists: try ListTable(in: connection),
      recorders: try Lexicon("recorders", in: connection),
      addresses: try Lexicon("addresses", in: connection), names: try Lexicon("names", in: connection),
      // Changes when any other connection commits, and never by what this one does.
      foreignCommits: try connection.prepare("PRAGMA data_version"), seenCommits: nil)
  }

  /// Adds a batch, inside a transaction.
  mutating func add(_ batch: Batch) throws(StoreError) {
    try forgetForeignNumbers()
    try imports.add(batch.imports, recorders: &recorders)
    try facts.add(batch.facts, recorders: &recorders, addresses: &addresses)
    try facts.add(batch.spoofed, areSpoofed: true, recorders: &recorders, addresses: &addresses)
    try dns.add(batch.dns, recorders: &recorders, addresses: &addresses, names: &names)
    try losses.add(batch.losses, recorders: &recorders)
    try gaps.add(batch.gaps, recorders: &recorders)
    try passed.add(batch.passed, recorders: &recorders)
  }

  /// Keeps objects and what lists show, inside a transaction.
  mutating func keep(_ kept: some Sequence<StoredObject>, _ shown: [StoredList]) throws(StoreError) {
    try objects.keep(kept)
    try lists.keep(shown)
  }

  /// Forgets the numbers that a transaction gave, because it was undone.
  mutating func forget() {
    recorders.forget()
    addresses.forget()
    names.forget()
  }

  /// Another process may have taken out what we remember the number of.
  private mutating func forgetForeignNumbers() throws(StoreError) {
    guard try foreignCommits.step() else { return }
    let commits = foreignCommits.integer(0)
    try foreignCommits.run()
    if commits != seenCommits { forget() }
    seenCommits = commits
  }
}
