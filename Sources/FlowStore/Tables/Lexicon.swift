/// The numbers of one kind of word, given out as the words come.
struct Lexicon<Entry: Word>: ~Copyable {
  private var ids: [Entry: Int64] = [:]
  /// The word that was asked for last: rows come sorted, and so many ask for the same one.
  private var latest: (word: Entry, id: Int64)?
  private let find: Statement
  private let add: Statement
  private let renumber: Statement
  private let path: String
}

extension Lexicon {
  init(_ table: String, in connection: borrowing Connection) throws(StoreError) {
    let column = Entry.column
    let next = "(SELECT coalesce(max(id), 0) + 1 FROM \(table))"
    self.init(
      find: try connection.prepare(
        "SELECT id, digest = seal(id, \(column)) FROM \(table) WHERE \(column) = ?1"),
      add: try connection.prepare(
        "INSERT INTO \(table) SELECT \(next), ?1, seal(\(next), ?1) WHERE true RETURNING id"),
      renumber: try connection.prepare(
        "UPDATE \(table) SET id = \(next), digest = seal(\(next), \(column)) WHERE \(column) = ?1 RETURNING id"
      ),
      path: connection.path)
  }

  /// The number of a word, a new one when nobody used it before.
  mutating func id(of word: Entry) throws(StoreError) -> Int64 {
    if let latest, latest.word == word { return latest.id }
    let id = try number(of: word)
    latest = (word, id)
    return id
  }

  private mutating func number(of word: Entry) throws(StoreError) -> Int64 {
    if let known = ids[word] { return known }
    // What a scan of the whole address space teaches must not fill the memory.
    if ids.count >= Self.limit { forget() }
    try word.bind(to: find)
    let isKnown = try find.step()
    let known = find.integer(0)
    let isWhole = find.integer(1) == 1
    find.reset()
    let id: Int64?
    if !isKnown {
      id = try answer(of: add, to: word)
    } else if isWhole {
      id = known
    } else {
      // Not what was written: nobody knows what the rows with that number meant. They stay refused, and what comes now
      // gets a number that none of them has.
      id = try answer(of: renumber, to: word)
    }
    // Only another schema than ours answers no number.
    guard let id else { throw .damaged(path: path, message: "a table of words has no numbers") }
    ids[word] = id
    return id
  }

  /// Forgets which numbers were given: a transaction that gave some was undone, or another process wrote.
  mutating func forget() {
    ids.removeAll(keepingCapacity: true)
    latest = nil
  }

  private func answer(of statement: borrowing Statement, to word: Entry) throws(StoreError) -> Int64? {
    try word.bind(to: statement)
    guard try statement.step() else { return nil }
    let id = statement.integer(0)
    try statement.run()
    return id
  }

  private static var limit: Int { 1 << 20 }
}
