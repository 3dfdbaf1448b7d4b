/// Every word of one kind that a store holds, to read rows with: by number, and by its place in the order of words.
struct Glossary<Entry: Word> {
  /// The words in order: the rank of each is one more than its place.
  let words: [Entry]
  /// The rank of each number, 0 for one that no word has: numbers are given out one after the other.
  private let ranks: [UInt32]
  /// The ranks of numbers beyond those, of which there are few and mostly none.
  private let others: [Int64: UInt32]

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
    // Where many words were forgotten there are fewer than numbers; a hostile store may give any number.
    var ranks = [UInt32](repeating: 0, count: found.count * 4 + 1)
    var others: [Int64: UInt32] = [:]
    for (place, entry) in found.enumerated() {
      let rank = UInt32(clamping: place + 1)
      if let id = Int(exactly: entry.id), ranks.indices.contains(id) {
        if ranks[id] == 0 { ranks[id] = rank }
      } else if others[entry.id] == nil {
        others[entry.id] = rank
      }
    }
    self.ranks = ranks
    self.others = others
  }

  private static func entry(in row: borrowing Statement) -> (id: Int64, word: Entry)? {
    guard let id = row.integer(0), let word = Entry(from: row) else { return nil }
    return (id, word)
  }

  /// The word that a row means by this number.
  func word(_ id: Int64?) -> Entry? { rank(id).flatMap { word(rank: $0) } }

  /// Where the word of this number stands among all words, from 1: smaller words have smaller ranks.
  func rank(_ id: Int64?) -> Int64? {
    guard let id else { return nil }
    let isNear = id >= 0 && id < Int64(ranks.count)
    let rank = isNear ? ranks[Int(id)] : others[id] ?? 0
    return rank > 0 ? Int64(rank) : nil
  }

  /// The word of a rank that `rank(_:)` gave; nil for 0, which stands for no word.
  func word(rank: Int64) -> Entry? { rank > 0 ? words[Int(rank) - 1] : nil }
}
