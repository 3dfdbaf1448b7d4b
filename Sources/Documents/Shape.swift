/// Which members of a document are wanted.
///
/// Sequences are looked through: a shape says of each of their elements what it says of one. Anything but a
/// mapping is kept as it is.
public indirect enum Shape: Hashable, Sendable {
  /// Everything.
  case all
  /// The members with these names, and of each what its shape says.
  case members([String: Shape])

  /// What this shape wants, and what the other one wants.
  public func union(_ other: Shape) -> Shape {
    guard case .members(let mine) = self, case .members(let others) = other else { return .all }
    return .members(mine.merging(others) { $0.union($1) })
  }

  /// What is wanted of the member with this name; nil for nothing.
  public subscript(name: String) -> Shape? {
    switch self {
    case .all: .all
    case .members(let members): members[name]
    }
  }
}

extension Shape: ExpressibleByDictionaryLiteral {
  /// The members named; a name given twice wants what either says.
  public init(dictionaryLiteral elements: (String, Shape)...) {
    self = .members(Dictionary(elements) { $0.union($1) })
  }
}

extension Node {
  /// The same node with only the members that the shape wants.
  public func keeping(_ shape: Shape) -> Node {
    guard case .members = shape else { return self }
    var copy = self
    switch value {
    case .null, .bool, .number, .string: break
    case .sequence(let nodes): copy.value = .sequence(nodes.map { $0.keeping(shape) })
    case .mapping(let members):
      copy.value = .mapping(
        members.compactMap { member in
          guard let wanted = shape[member.key] else { return nil }
          var member = member
          member.value = member.value.keeping(wanted)
          return member
        })
    }
    return copy
  }
}
