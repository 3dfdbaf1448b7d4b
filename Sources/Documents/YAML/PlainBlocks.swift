/// Reads the plainest YAML: mappings and lists line by line, of short texts and numbers that need no quotes.
///
/// Nearly all that this program writes is of that kind, and reading it takes a fifth of the time that libyaml takes. There
/// is no answer to anything else: quotes, text with spaces, anchors, tags, what stands on several lines, and whatever isn't
/// laid out as it should be. Where there is one it is the one that libyaml's reader gives, places included.
struct PlainBlocks {
  private let bytes: [UInt8]
  /// The line that is read next; behind the last one there is none.
  private var line = Line()
  private var isAtEnd = false
  private var isWhole = true

  /// What is left of a line: where it begins and ends, and how far from the left it begins.
  private struct Line {
    var number = 0
    var indent = 0
    var start = 0
    var end = -1
  }

  /// Longer texts and names than this, deeper levels, and mappings of more members are left to others.
  private static let (longest, longestName, deepest, widest) = (1 << 16, 128, 16, 64)

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one document that a text holds; nil where it is not as plain as that.
  static func read(_ bytes: [UInt8]) -> Node? {
    guard bytes.count <= longest, bytes.last == newline else { return nil }
    var reader = PlainBlocks(bytes)
    reader.step()
    guard reader.isInside(0), let node = reader.mapping(at: 0, depth: 1) else { return nil }
    return reader.isAtEnd && reader.isWhole ? node : nil
  }
}

// Lines.
extension PlainBlocks {
  /// Goes to the next line that is no comment.
  private mutating func step() {
    var (number, end) = (line.number, line.end)
    while true {
      let start = end + 1
      guard start < bytes.count else {
        isAtEnd = true
        return
      }
      number += 1
      end = start
      while bytes[end] != Self.newline {
        // Beyond ASCII, and below it, much is not allowed, or is more than one byte wide.
        guard bytes[end] >= Self.space, bytes[end] < 0x7F else { return giveUp() }
        end += 1
      }
      var begin = start
      while bytes[begin] == Self.space { begin += 1 }
      guard begin < end else { return giveUp() }
      if bytes[begin] == UInt8(ascii: "#") { continue }
      line = Line(number: number, indent: begin - start, start: begin, end: end)
      return
    }
  }

  private mutating func giveUp() { (isWhole, isAtEnd) = (false, true) }

  /// Whether the next line begins as far from the left as this.
  private func isInside(_ indent: Int) -> Bool { !isAtEnd && line.indent == indent }

  /// Whether the next line begins with the mark of an element.
  private var isElement: Bool {
    line.start + 1 < line.end && bytes[line.start] == UInt8(ascii: "-") && bytes[line.start + 1] == Self.space
  }

  /// The place of a byte of the line.
  private func position(of place: Int) -> Position {
    Position(line: line.number, column: line.indent + 1 + place - line.start)
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
}

// Mappings, sequences and scalars; nil where something is not plain.
extension PlainBlocks {
  private mutating func mapping(at indent: Int, depth: Int) -> Node? {
    guard depth <= Self.deepest else { return nil }
    let position = position(of: line.start)
    var members: [Node.Member] = []
    while isInside(indent) {
      guard let colon, members.count < Self.widest else { return nil }
      let name = String(decoding: bytes[line.start..<colon], as: UTF8.self)
      // Names that some reader takes for anything but text are not plain, and no name stands twice.
      guard PlainScalar(name) == .text, !Self.hold(members, name) else { return nil }
      let place = self.position(of: line.start)
      let value: Node?
      if colon + 1 == line.end {
        step()
        value = block(within: indent, depth: depth + 1)
      } else {
        value = scalar(from: colon + 2)
        step()
      }
      guard let value else { return nil }
      members.append(Node.Member(name, value, at: place))
    }
    // What stands farther to the right belongs to nothing.
    guard isAtEnd || line.indent < indent else { return nil }
    return Node(.mapping(members), at: position)
  }

  /// What stands on the lines below a name: farther to the right, or a list right below it.
  private mutating func block(within indent: Int, depth: Int) -> Node? {
    guard !isAtEnd else { return nil }
    if isElement, line.indent >= indent { return sequence(at: line.indent, depth: depth) }
    return line.indent > indent ? mapping(at: line.indent, depth: depth) : nil
  }

  private mutating func sequence(at indent: Int, depth: Int) -> Node? {
    guard depth <= Self.deepest else { return nil }
    let position = position(of: line.start)
    var nodes: [Node] = []
    while isInside(indent), isElement {
      // What is left of the line stands where the element's further lines stand.
      line.start += 2
      line.indent += 2
      guard bytes[line.start] != Self.space, !isElement else { return nil }
      let node: Node?
      if colon != nil {
        node = mapping(at: line.indent, depth: depth + 1)
      } else {
        node = scalar(from: line.start)
        step()
      }
      guard let node else { return nil }
      nodes.append(node)
    }
    guard isAtEnd || line.indent <= indent, !nodes.isEmpty else { return nil }
    return Node(.sequence(nodes), at: position)
  }

  /// The place of the colon behind the name that the line begins with; nil where there is none.
  private var colon: Int? {
    var end = line.start
    while end < line.end, Self.isInName(bytes[end]) { end += 1 }
    guard Self.isLetter(bytes[line.start]), end - line.start <= Self.longestName, end < line.end,
      bytes[end] == UInt8(ascii: ":"), end + 1 == line.end || bytes[end + 1] == Self.space
    else { return nil }
    return end
  }

  /// Whether one of the members has this name; by their places, for each is several pieces of memory.
  private static func hold(_ members: [Node.Member], _ name: String) -> Bool {
    for place in members.indices where members[place].key == name { return true }
    return false
  }

  /// The scalar that the rest of a line is, or the empty mapping or sequence.
  private func scalar(from start: Int) -> Node? {
    let position = position(of: start)
    let rest = bytes[start..<line.end]
    if rest.elementsEqual("{}".utf8) { return Node(.mapping([]), at: position) }
    if rest.elementsEqual("[]".utf8) { return Node(.sequence([]), at: position) }
    guard let first = rest.first, Self.isLetter(first) || Self.isDigit(first), rest.last != UInt8(ascii: ":"),
      rest.allSatisfy({ Self.isInName($0) || $0 == UInt8(ascii: ":") })
    else { return nil }
    let scalar = YAMLScalar(text: String(decoding: rest, as: UTF8.self), tag: nil, isPlain: true)
    return try? scalar.node(at: position)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Letters, digits and the marks of Kubernetes names, which mean nothing to YAML behind a letter or a digit.
  private static func isInName(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }
}
