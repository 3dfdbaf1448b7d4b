/// A piece of a YAML or JSON document, with the place it was read from.
public struct Node: Hashable, Sendable {
  /// What it says.
  public var value: Value
  private var place: Position
  private var remarks = Remarks.none

  /// A node that says `value`.
  public init(_ value: Value, at position: Position? = nil) {
    self.value = value
    place = position ?? .nowhere
  }

  /// What a node can say.
  public enum Value: Hashable, Sendable {
    /// Nothing.
    case null
    /// True or false.
    case bool(Bool)
    /// A number, in JSON's spelling.
    case number(String)
    /// Text.
    case string(String)
    /// Nodes in order.
    case sequence([Node])
    /// Named nodes in order.
    case mapping([Member])
  }

  /// One named node of a mapping.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var key: String
    private var place: Position
    private var remarks = Remarks.none
    /// The node it names.
    public var value: Node

    /// A member with this name.
    public init(_ key: String, _ value: Node, at position: Position? = nil) {
      self.key = key
      self.value = value
      place = position ?? .nowhere
    }
  }
}

// What it can tell of its source.
extension Node {
  /// Where it begins in its source; nil for a node that was made.
  public var position: Position? {
    get { place == .nowhere ? nil : place }
    set { place = newValue ?? .nowhere }
  }

  /// Lines that the YAML writer prints above it, as comments.
  ///
  /// They are no part of what it says.
  public var comment: [String] {
    get { remarks.comment }
    set { remarks = Remarks(comment: newValue, spelling: spelling) }
  }

  /// How YAML spelled a plain scalar, where JSON spells its value another way, or other readers take it for another.
  ///
  /// `012` is read as 10, `yes` as true, nothing at all as null; `1:30` as text here, and as 90 elsewhere.
  public var spelling: String? {
    get { remarks.spelling }
    set { remarks = Remarks(comment: comment, spelling: newValue) }
  }
}

extension Node.Member {
  /// Where the name begins in its source.
  public var position: Position? {
    get { place == .nowhere ? nil : place }
    set { place = newValue ?? .nowhere }
  }

  /// How YAML spelled the name, where not every reader takes it for this text: `on` is read as `true`.
  public var spelling: String? {
    get { remarks.spelling }
    set { remarks = Remarks(comment: [], spelling: newValue) }
  }
}

// What it can tell.
extension Node {
  /// The first member with this name; nil where there is none or this is no mapping.
  public subscript(key: String) -> Node? {
    guard case .mapping(let members) = value else { return nil }
    // By their places: a closure would be given a copy of each whole member.
    for place in members.indices where members[place].key == key { return members[place].value }
    return nil
  }

  /// The node at the end of a path of member names.
  public subscript(path: [String]) -> Node? {
    path.reduce(Optional(self)) { node, key in node?[key] }
  }

  /// The text of a string.
  public var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The value of a whole number.
  public var integer: Int? {
    if case .number(let text) = value { Int(text) } else { nil }
  }

  /// The value of a truth value.
  public var bool: Bool? {
    if case .bool(let claim) = value { claim } else { nil }
  }

  /// The nodes of a sequence.
  public var sequence: [Node]? {
    if case .sequence(let nodes) = value { nodes } else { nil }
  }

  /// The members of a mapping.
  public var mapping: [Member]? {
    if case .mapping(let members) = value { members } else { nil }
  }

  /// Whether it says nothing.
  public var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// What it says alone: without places, comments and spellings.
  public var bare: Node {
    switch value {
    case .null, .bool, .number, .string: Node(value)
    case .sequence(let nodes): Node(.sequence(nodes.map(\.bare)))
    case .mapping(let members): Node(.mapping(members.map { Member($0.key, $0.value.bare) }))
    }
  }
}

// How it is made.
extension Node {
  /// Text.
  public static func string(_ text: String) -> Node { Node(.string(text)) }

  /// A whole number.
  public static func integer(_ number: some BinaryInteger) -> Node { Node(.number(String(number))) }

  /// True or false.
  public static func bool(_ claim: Bool) -> Node { Node(.bool(claim)) }

  /// Nothing.
  public static var null: Node { Node(.null) }

  /// Nodes in order.
  public static func sequence(_ nodes: [Node]) -> Node { Node(.sequence(nodes)) }

  /// Named nodes, in the order given.
  public static func mapping(_ members: KeyValuePairs<String, Node>) -> Node {
    Node(.mapping(members.map { Member($0.key, $0.value) }))
  }

  /// The same node with the members of every mapping in the order Kustomize prints.
  public func sortedKeys() -> Node {
    var copy = self
    switch value {
    case .null, .bool, .number, .string: break
    case .sequence(let nodes): copy.value = .sequence(nodes.map { $0.sortedKeys() })
    case .mapping(let members):
      let sorted = members.map { member in
        var member = member
        member.value = member.value.sortedKeys()
        return member
      }
      copy.value = .mapping(KeyOrder.sorted(sorted))
    }
    return copy
  }

  /// The same node with lines of comment above it.
  public func commented(_ lines: [String]) -> Node {
    var copy = self
    copy.comment = lines
    return copy
  }
}
