import Documents
import Traffic

// How the fields of objects are read from documents and written back, in one place.
extension Node {
  /// The members that have a value, in the order given.
  init(kept members: [(String, Node?)]) {
    self.init(.mapping(members.compactMap { key, value in value.map { Node.Member(key, $0) } }))
  }

  /// A mapping of labels, by name.
  init(labels: Labels) {
    self.init(.mapping(labels.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) }))
  }

  /// The members as labels; `TextFields` has seen to it that each is text, and null is an empty one.
  var labels: Labels {
    var labels: Labels = [:]
    for member in mapping ?? [] {
      labels[member.key] = member.value.isNull ? "" : member.value.string
    }
    return labels
  }

  /// A moment in RFC 3339.
  var instant: Instant? { string.flatMap { Instant($0) } }

  /// An address as text.
  var address: Address? { string.flatMap { Address($0) } }

  /// A port number of 1 to 65535.
  var portNumber: UInt16? { integer.flatMap { UInt16(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 } }

  /// A protocol by name; TCP where none is said, as the API server fills in.
  static func transport(_ node: Node?) -> Transport? {
    guard let node, !node.isNull else { return .tcp }
    return node.string.flatMap { Transport(name: $0) }
  }
}

extension Sequence<Node> {
  /// A sequence, or nothing where there is no node.
  var nonEmpty: Node? {
    let nodes = Array(self)
    return nodes.isEmpty ? nil : .sequence(nodes)
  }
}
