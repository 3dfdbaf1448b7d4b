/// The members of a mapping while it is read: no name twice, and merge keys as go-yaml takes them.
struct MemberList {
  /// The members so far.
  private(set) var members: [Node.Member] = []
  /// Where each name stands; only kept once there are too many members to look through.
  private var places: [String: Int] = [:]
  /// Names that only a merge key has given so far.
  private var merged: Set<String> = []

  /// Fewer are found faster by looking at each.
  private static let few = 12

  /// Adds a member that the mapping names itself.
  mutating func add(_ member: consuming Node.Member) throws(DocumentError) {
    guard let place = place(of: member.key) else {
      append(member)
      return
    }
    guard merged.remove(member.key) != nil else {
      throw DocumentError(
        .duplicateName(member.key, first: members[place].position), at: member.position)
    }
    members[place] = member
  }

  /// Adds the members of a mapping, or of each in a sequence, the first of which counts most.
  ///
  /// Members that stand before the merge key give way to it. The YAML type repository wants the opposite, but this
  /// is what go-yaml version 2 does, and so what the cluster gets.
  mutating func merge(_ node: Node, at position: Position) throws(DocumentError) {
    switch node.value {
    case .mapping(let others): for member in others { replace(member) }
    case .sequence(let nodes):
      for node in nodes.reversed() {
        guard case .mapping(let others) = node.value else { throw DocumentError(.unmergeable, at: position) }
        for member in others { replace(member) }
      }
    case .null, .bool, .number, .string: throw DocumentError(.unmergeable, at: position)
    }
  }

  private mutating func replace(_ member: Node.Member) {
    if let place = place(of: member.key) {
      members[place] = member
    } else {
      merged.insert(member.key)
      append(member)
    }
  }

  private mutating func append(_ member: consuming Node.Member) {
    // Most mappings of a manifest have one or two, and growing step by step is what costs.
    if members.isEmpty { members.reserveCapacity(2) }
    members.append(member)
    let last = members.count - 1
    if members.count > Self.few {
      places[members[last].key] = last
    } else if members.count == Self.few {
      for (place, member) in members.enumerated() { places[member.key] = place }
    }
  }

  private func place(of name: String) -> Int? {
    guard members.count < Self.few else { return places[name] }
    // By the index, so that only the names are looked at: a closure would be given a copy of each whole member.
    var place = 0
    while place < members.count {
      if members[place].key == name { return place }
      place += 1
    }
    return nil
  }
}
