/// What a Kubernetes list says of its items.
///
/// The items of a typed list, such as a PodList, do not say what they are: the list's own kind does.
struct KubernetesList {
  /// The name of the member that says what an object is.
  static let kind = "kind"
  private static let version = "apiVersion"
  private static let items = "items"

  /// The members by which an object says what it is.
  static let naming: Shape = [kind: .all, version: .all]

  /// Whether the list says what it is.
  let isNamed: Bool
  private let itemKind: String?
  private let itemVersion: String?

  /// What a list with these members says.
  init(members: [Node.Member]) {
    let list = Node(.mapping(members))
    let kind = list[Self.kind]?.string
    isNamed = kind != nil
    // A plain `List` says nothing: its items do.
    let isTyped = kind.map { $0.hasSuffix("List") && $0 != "List" } ?? false
    itemKind = isTyped ? kind.map { String($0.dropLast("List".count)) } : nil
    itemVersion = list[Self.version]?.string
  }

  /// An item that says what it is.
  func named(_ item: Node) -> Node {
    guard let itemKind, case .mapping(var members) = item.value, item[Self.kind] == nil else { return item }
    members.insert(Node.Member(Self.kind, .string(itemKind)), at: 0)
    if let itemVersion, item[Self.version] == nil {
      members.insert(Node.Member(Self.version, .string(itemVersion)), at: 0)
    }
    var copy = item
    copy.value = .mapping(members)
    return copy
  }

  /// Whether a node is a list.
  static func isList(_ node: Node) -> Bool { node[items]?.sequence != nil }

  /// A node, or if it is a list its items, and theirs in turn.
  static func flatten(_ node: Node) -> [Node] {
    guard case .mapping(let members) = node.value, let items = node[items]?.sequence else { return [node] }
    let list = KubernetesList(members: members)
    return items.flatMap { flatten($0).map(list.named) }
  }
}
