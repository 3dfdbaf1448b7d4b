/// Reads the values of a JSON text one by one, and of a Kubernetes list its items.
///
/// A value is a list, as kubectl sees it, if it has a sequence named `items`. Only one item is held at a time, but
/// for items that do not say what they are in a list that says so only behind them.
public struct JSONStream {
  private var reader: JSONReader
  /// The lists within which the reader stands, outermost first.
  private var lists: [OpenList] = []
  /// Items to hand out before reading on, last first.
  private var ready: [Node] = []
  private var opened = 0
  /// Which list of the text the last value was in, the outermost one, from 0; nil for one that stands alone.
  public private(set) var list: Int?

  /// A stream at the beginning of a text.
  ///
  /// `kind` and `apiVersion` are kept of every object, whatever the shape says.
  public init(_ text: [UInt8], keeping shape: Shape = .all, limits: Limits = .cluster) throws(DocumentError) {
    try self.init(TextPieces(text, limit: limits.bytes), keeping: shape, limits: limits)
  }

  /// A stream at the beginning of a text that comes in pieces.
  init(_ pieces: TextPieces, keeping shape: Shape, limits: Limits) throws(DocumentError) {
    reader = try JSONReader(pieces, keeping: shape.union(KubernetesList.naming), limits: limits)
  }

  private struct OpenList {
    var members: MemberList
    var held: [Node] = []
    var isFirst = true
  }

  /// The next value; nil at the end of the text.
  public mutating func next() throws(DocumentError) -> Node? {
    while true {
      if let node = ready.popLast() { return node }
      if lists.isEmpty {
        list = nil
        guard try !reader.isAtEnd() else { return nil }
        if let node = try document() { return node }
      } else if let node = try item() {
        return node
      }
    }
  }
}

// How it works.
extension JSONStream {
  /// Each open list is an object and a sequence.
  private var depth: Int { 2 * lists.count }

  /// The next value; nil where it is a list, which is open then.
  private mutating func document() throws(DocumentError) -> Node? {
    guard try reader.cursor.peek() == UInt8(ascii: "{") else {
      return try reader.value(keeping: reader.root, depth: depth)
    }
    let position = reader.cursor.position
    try reader.begin(depth: depth + 1)
    var object = OpenList(members: MemberList())
    guard try members(of: &object, isFirst: true) else {
      return Node(.mapping(object.members.members), at: position)
    }
    if lists.isEmpty {
      list = opened
      opened += 1
    }
    lists.append(object)
    return nil
  }

  /// Reads members of an object up to its end, or up to the first item; true for the latter.
  private mutating func members(of object: inout OpenList, isFirst: Bool) throws(DocumentError) -> Bool {
    var isFirst = isFirst
    while try reader.next(isFirst, before: "}") {
      isFirst = false
      let (span, position) = try reader.name()
      let name = try reader.cursor.text(of: span, at: position)
      try reader.cursor.expect(":")
      if name == "items", try reader.cursor.peek() == UInt8(ascii: "[") {
        // Named once more, and the items before would be those of another list.
        try object.members.add(Node.Member(name, .null, at: position))
        try reader.begin(depth: depth + 2)
        return true
      }
      if let wanted = reader.shape(of: name, in: reader.root) {
        let node = try reader.value(keeping: wanted, depth: depth + 1)
        try object.members.add(Node.Member(name, node, at: position))
      } else {
        try reader.skip(depth: depth + 1)
      }
    }
    return false
  }

  /// The next item of the innermost list; nil where there is none to hand out yet.
  private mutating func item() throws(DocumentError) -> Node? {
    guard var list = lists.last else { return nil }
    let naming = KubernetesList(members: list.members.members)
    if try reader.next(list.isFirst, before: "]") {
      lists[lists.count - 1].isFirst = false
      guard let node = try document() else { return nil }
      if node[KubernetesList.kind] != nil || naming.isNamed { return naming.named(node) }
      lists[lists.count - 1].held.append(node)
      return nil
    }
    lists.removeLast()
    guard try !members(of: &list, isFirst: false) else {
      throw DocumentError(.duplicateName("items", first: nil), at: reader.cursor.position)
    }
    let complete = KubernetesList(members: list.members.members)
    ready = list.held.reversed().map(complete.named)
    return nil
  }
}
