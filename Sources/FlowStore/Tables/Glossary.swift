/// Every word of one kind that a store holds, to read rows with: by number, and by its place in the order of words.
struct Glossary<Entry: Word> {
  private let words: [Entry]
  private let places: [Int64: Int]

  init(of table: String, in connection: borrowing Connection) throws(StoreError) {
    let statement = try connection.prepare("SELECT id, \(Entry.column) FROM \(table)")
    var found: [(id: Int64, word: Entry)] = []
    while try statement.step() {
      // A damaged word is left out, and so is refused with each row that names it.
      if let id = statement.integer(0), let word = Entry(from: statement) { found.append((id, word)) }
    }
    found.sort { $0.word < $1.word }
    words = found.map(\.word)
    places = Dictionary(found.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
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
