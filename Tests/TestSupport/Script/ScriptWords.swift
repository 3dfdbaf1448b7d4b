import Traffic

/// One line of a script, read word by word.
struct ScriptWords {
  let line: Int
  /// Whether the line stands under the unindented one above it.
  let isIndented: Bool
  private var rest: ArraySlice<Substring>

  /// The words of a line before its comment; nil when there are none.
  init?(_ text: Substring, line: Int) {
    let said = text.prefix { $0 != "#" }
    let words = said.split(separator: " ")
    guard !words.isEmpty else { return nil }
    self.line = line
    isIndented = said.first == " "
    rest = words[...]
  }

  var isEmpty: Bool { rest.isEmpty }

  /// Whether the line says who calls whom.
  var isAboutAnEdge: Bool { rest.contains("->") }

  func problem(_ message: String) -> ScriptError { ScriptError(line: line, message: message) }

  mutating func next(_ wanted: String) throws(ScriptError) -> String {
    guard let word = rest.popFirst() else { throw problem("\(wanted) is missing") }
    return String(word)
  }

  /// Steps over a word when it comes next.
  mutating func take(_ word: String) -> Bool {
    guard rest.first.map({ $0 == word }) == true else { return false }
    rest.removeFirst()
    return true
  }

  mutating func expect(_ word: String) throws(ScriptError) {
    guard take(word) else { throw problem("`\(word)` is missing before `\(rest.first ?? "the end")`") }
  }

  mutating func remaining() -> [String] {
    defer { rest = [] }
    return rest.map(String.init)
  }

  func expectEnd() throws(ScriptError) {
    if let word = rest.first { throw problem("`\(word)` is not understood here") }
  }

  mutating func address(_ wanted: String) throws(ScriptError) -> Address {
    let word = try next(wanted)
    guard let address = Address(word) else { throw problem("`\(word)` is no address") }
    return address
  }

  /// A port and its transport, as `8080/TCP`.
  mutating func port() throws(ScriptError) -> ServedPort {
    let word = try next("a port")
    let parts = word.split(separator: "/")
    guard parts.count == 2, let number = UInt16(parts[0]), let transport = Transport(name: parts[1]) else {
      throw problem("`\(word)` is no port such as `8080/TCP`")
    }
    return ServedPort(number: number, transport: transport)
  }

  /// A time of day, as `08:58:10.4`, on the day of `day`.
  mutating func time(on day: Instant) throws(ScriptError) -> Instant {
    let word = try next("a time")
    guard let instant = Instant("\(day.description.prefix(11))\(word)Z") else {
      throw problem("`\(word)` is no time such as `08:58:10` or `08:58:10.4`")
    }
    return instant
  }

  /// A stretch of time, as `95s` or `2m`, in seconds.
  mutating func seconds() throws(ScriptError) -> Int64 {
    let word = try next("a duration")
    let unit: Int64 = word.hasSuffix("m") ? 60 : 1
    guard word.hasSuffix("m") || word.hasSuffix("s"), let number = Int64(word.dropLast()),
      (1...3600).contains(number)
    else { throw problem("`\(word)` is no duration such as `95s` or `2m`") }
    return number * unit
  }
}

/// A port that somebody serves.
struct ServedPort: Hashable, CustomStringConvertible {
  let number: UInt16
  let transport: Transport

  var description: String { "\(number)/\(transport)" }
}
