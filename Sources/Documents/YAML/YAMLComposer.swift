/// Builds nodes from the events of a YAML text.
struct YAMLComposer: ~Copyable {
  private var events: EventParser
  private let limits: Limits
  private var anchors: [String: Anchor] = [:]
  private var nodes = 0
  private var aliases = 0
  /// The deepest level since the last anchor was opened.
  private var deepest = 0

  /// A composer at the beginning of a text.
  init(_ text: [UInt8], limits: Limits) throws(DocumentError) {
    guard text.count <= limits.bytes else { throw DocumentError(.tooManyBytes(limit: limits.bytes)) }
    let source = try SourceText(text)
    try source.checkUTF8()
    events = try EventParser(source.bytes[source.start...])
    self.limits = limits
  }

  /// What stands behind an anchor; nil while it is still being read.
  private enum Anchor {
    case open
    case done(Node, size: Int, height: Int)
  }

  /// The next document that is not empty; nil at the end of the text.
  mutating func next() throws(DocumentError) -> Node? {
    while true {
      switch try events.next() {
      case .streamEnd: return nil
      case .documentStart:
        anchors = [:]
        let root = try node(from: events.next(), depth: 0)
        if !root.isNull { return root }
      default: continue
      }
    }
  }

  /// The node that begins with an event.
  private mutating func node(from event: YAMLEvent, depth: Int) throws(DocumentError) -> Node {
    let position = events.position
    switch event {
    case .scalar: return try node(of: events.scalar(), at: position)
    case .alias: return try target(of: events.anchor ?? "", at: position, depth: depth)
    case .sequenceStart:
      return try anchored(events.anchor, depth: depth) { composer throws(DocumentError) in
        Node(.sequence(try composer.elements(depth: depth + 1)), at: position)
      }
    case .mappingStart:
      return try anchored(events.anchor, depth: depth) { composer throws(DocumentError) in
        Node(.mapping(try composer.members(depth: depth + 1)), at: position)
      }
    case .documentStart, .sequenceEnd, .mappingEnd, .streamEnd, .other:
      throw DocumentError(.cutShort, at: position)
    }
  }
}

// Scalars, sequences and mappings.
extension YAMLComposer {
  /// The node of the last event, which is a scalar.
  private mutating func node(of scalar: YAMLScalar, at position: Position) throws(DocumentError) -> Node {
    try count(1)
    let node = try scalar.node(at: position)
    if let anchor = events.anchor { anchors[anchor] = .done(node, size: 1, height: 0) }
    return node
  }

  private mutating func elements(depth: Int) throws(DocumentError) -> [Node] {
    var nodes: [Node] = []
    while true {
      let event = try events.next()
      if event == .sequenceEnd { return nodes }
      nodes.append(try node(from: event, depth: depth))
    }
  }

  private mutating func members(depth: Int) throws(DocumentError) -> [Node.Member] {
    var members = MemberList()
    while true {
      let event = try events.next()
      if event == .mappingEnd { return members.members }
      let position = events.position
      let key: Node
      if event == .scalar {
        let scalar = events.scalar()
        guard !scalar.isMerge else {
          try members.merge(try node(from: events.next(), depth: depth), at: position)
          continue
        }
        key = try node(of: scalar, at: position)
      } else {
        key = try node(from: event, depth: depth)
      }
      let name = try key.name(at: position)
      let value = try node(from: events.next(), depth: depth)
      var member = Node.Member(name.text, value, at: position)
      if let spelling = name.spelling { member.spelling = spelling }
      try members.add(member)
    }
  }
}

// Anchors and limits.
extension YAMLComposer {
  /// Reads a sequence or mapping, and remembers it under its anchor.
  private mutating func anchored(
    _ anchor: String?, depth: Int, _ read: (inout YAMLComposer) throws(DocumentError) -> Node
  ) throws(DocumentError) -> Node {
    guard depth < limits.depth else {
      throw DocumentError(.tooDeep(limit: limits.depth), at: events.position)
    }
    let (sizeBefore, deepestBefore) = (nodes, deepest)
    try count(1)
    deepest = max(deepest, depth + 1)
    guard let anchor else { return try read(&self) }
    anchors[anchor] = .open
    deepest = depth + 1
    let node = try read(&self)
    anchors[anchor] = .done(node, size: nodes - sizeBefore, height: deepest - depth)
    deepest = max(deepest, deepestBefore)
    return node
  }

  /// The node an alias stands for; it counts as if it had been written out.
  private mutating func target(
    of name: String, at position: Position, depth: Int
  ) throws(DocumentError) -> Node {
    aliases += 1
    guard aliases <= limits.aliases else {
      throw DocumentError(.tooManyAliases(limit: limits.aliases), at: position)
    }
    switch anchors[name] {
    case nil: throw DocumentError(.unknownAnchor(name), at: position)
    case .open: throw DocumentError(.endlessAnchor(name), at: position)
    case .done(let node, let size, let height):
      try count(size)
      guard depth + height <= limits.depth else {
        throw DocumentError(.tooDeep(limit: limits.depth), at: position)
      }
      deepest = max(deepest, depth + height)
      return node
    }
  }

  private mutating func count(_ more: Int) throws(DocumentError) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw DocumentError(.tooManyNodes(limit: limits.nodes), at: events.position)
    }
  }
}
