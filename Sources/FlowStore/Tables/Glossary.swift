/// Every word of one kind that a store holds, to read rows with: by number, and by its place in the order of words.
struct Glossary<Entry: Word> {
  private let words: [Entry]
  private let places: [Int64: Int]

  init(
    of name: String, in connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) {
    let table = SealedTable(name, key: ["id"], values: [.fixed(Entry.column)])
    let statement = try connection.prepare(table.select)
    var rows = Rows<(id: Int64, word: Entry)>(of: table)
    // A damaged word is left out, and so each row that names it is refused too.
    while try statement.step() { rows.take(statement, as: Self.entry(in: statement)) }
    refusals.note(rows.refused)
    let found = rows.values.sorted { $0.word < $1.word }
    words = found.map(\.word)
    places = Dictionary(found.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func entry(in row: borrowing Statement) -> (id: Int64, word: Entry)? {
    guard let id = row.integer(0), let word = Entry(from: row) else { return nil }
    return (id, word)
  }

  /// The word that a row means by this number.
  func word(_ id: Int64?) -> Entry? {
    guard let id, let place = places[id] else { return nil }
    return words[place]
  }

  /// Where the word of this number stands among all words, from 1: smaller words have smaller ranks.
  func rank(_ id: Int64?) -> Int64? {
    guard let id, let place = places[id] else { return nil }
    return Int64(place) + 1
  }

  /// The word of a rank that `rank(_:)` gave; nil for 0, which stands for no word.
  func word(rank: Int64) -> Entry? { rank > 0 ? words[Int(rank) - 1] : nil }
}
