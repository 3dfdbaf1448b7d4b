/// Walks over a short text, a pattern at a time.
struct ByteMatcher {
  private var rest: ArraySlice<UInt8>

  /// The whole of a text.
  init(_ text: [UInt8]) { rest = text[...] }

  /// Whether nothing is left.
  var isAtEnd: Bool { rest.isEmpty }

  /// Steps over one of these characters; false where none of them comes next.
  mutating func one(of characters: StaticString) -> Bool {
    guard let byte = rest.first, characters.description.utf8.contains(byte) else { return false }
    rest.removeFirst()
    return true
  }

  /// Steps over digits, at most so many, and says how many there were.
  mutating func digits(atMost limit: Int = .max) -> Int {
    let found = rest.prefix(limit).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest.removeFirst(found)
    return found
  }

  /// Steps over any number of these characters, and says how many there were.
  mutating func any(of characters: StaticString) -> Int {
    let set = characters.description.utf8
    let found = rest.prefix { set.contains($0) }.count
    rest.removeFirst(found)
    return found
  }
}
