import Documents

/// A step from a node to one within it.
enum NodeStep {
  case member(String)
  case item(Int)
}

extension Node {
  /// The node at the end of a path.
  func node(at path: [NodeStep]) -> Node? {
    path.reduce(Optional(self)) { node, step in
      switch step {
      case .member(let name): node?[name]
      case .item(let index): node?.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
  }

  /// The same with another node, or none, at the end of a path that is there.
  func replacing(_ path: some Collection<NodeStep>, with other: Node?) -> Node {
    guard let step = path.first else { return other ?? self }
    let rest = path.dropFirst()
    switch step {
    case .member(let name):
      let members = (mapping ?? []).compactMap { member -> Member? in
        guard member.key == name else { return member }
        if rest.isEmpty { return other.map { Member(name, $0) } }
        return Member(name, member.value.replacing(rest, with: other))
      }
      return Node(.mapping(members))
    case .item(let number):
      let items = (sequence ?? []).enumerated().compactMap { index, item -> Node? in
        guard index == number else { return item }
        return rest.isEmpty ? other : item.replacing(rest, with: other)
      }
      return .sequence(items)
    }
  }
}
