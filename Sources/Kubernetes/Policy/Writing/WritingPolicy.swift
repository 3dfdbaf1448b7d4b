public import Documents
import Traffic

extension NetworkPolicy {
  /// The policy as an object: nothing left to a default, every key in alphabetical order.
  ///
  /// Alphabetical is what Kustomize prints, so nothing moves when it passes through there.
  public var node: Node {
    .object([
      ("apiVersion", .string("networking.k8s.io/v1")),
      ("kind", .string("NetworkPolicy")),
      (
        "metadata",
        .object([
          ("annotations", annotations.isEmpty ? nil : .texts(annotations)),
          ("labels", labels.isEmpty ? nil : .texts(labels)),
          ("name", .string(name)),
          ("namespace", .string(namespace)),
        ])
      ),
      (
        "spec",
        .object([
          ("egress", egress.isEmpty ? nil : .sequence(egress.map { $0.node(.egress) })),
          ("ingress", ingress.isEmpty ? nil : .sequence(ingress.map { $0.node(.ingress) })),
          ("podSelector", subject.node),
          ("policyTypes", .sequence(isolates.directions.map { .string($0.policyType) })),
        ])
      ),
    ])
  }
}

extension Rule {
  fileprivate func node(_ direction: PolicyDirection) -> Node {
    let (from, to) =
      switch direction {
      case .ingress: (peers.node, Node?.none)
      case .egress: (Node?.none, peers.node)
      }
    return Node.object([("from", from), ("ports", ports.node), ("to", to)]).commented(note)
  }
}

extension Peers {
  fileprivate var node: Node? {
    switch self {
    case .anyone: nil
    case .only(let peers): .sequence(peers.map(\.node))
    }
  }
}

extension Peer {
  fileprivate var node: Node {
    switch self {
    case .pods(let pods): .object([("podSelector", pods.node)])
    case .namespaces(let namespaces): .object([("namespaceSelector", namespaces.node)])
    case .podsIn(let namespaces, let pods):
      .object([("namespaceSelector", namespaces.node), ("podSelector", pods.node)])
    case .block(let prefix, let except):
      .object([
        (
          "ipBlock",
          .object([
            ("cidr", .string("\(prefix)")),
            ("except", except.isEmpty ? nil : .sequence(except.map { .string("\($0)") })),
          ])
        )
      ])
    }
  }
}

extension Ports {
  fileprivate var node: Node? {
    switch self {
    case .every: nil
    case .only(let ports): .sequence(ports.map(\.node))
    }
  }
}

extension PolicyPort {
  fileprivate var node: Node {
    let (port, endPort): (Node?, Node?) =
      switch self {
      case .all: (nil, nil)
      case .named(_, let name): (.string(name), nil)
      case .range(_, let range):
        (.integer(range.first), range.count == 1 ? nil : .integer(range.last))
      }
    return .object([("endPort", endPort), ("port", port), ("protocol", .string(transport.name))])
  }
}

extension LabelSelector {
  /// The selector as an object; `{}` for everything.
  public var node: Node {
    .object([
      ("matchExpressions", requirements.isEmpty ? nil : .sequence(requirements.map(\.node))),
      ("matchLabels", labels.isEmpty ? nil : .texts(labels)),
    ])
  }
}

extension LabelRequirement {
  fileprivate var node: Node {
    .object([
      ("key", .string(key)),
      ("operator", .string(operatorName)),
      ("values", values.isEmpty ? nil : .sequence(values.map { .string($0) })),
    ])
  }
}

extension Node {
  /// A mapping of those members that are there.
  fileprivate static func object(_ members: [(String, Node?)]) -> Node {
    var kept: [Member] = []
    kept.reserveCapacity(members.count)
    for case (let key, let node?) in members { kept.append(Member(key, node)) }
    return Node(.mapping(kept))
  }

  /// A mapping of texts, by key.
  fileprivate static func texts(_ texts: Labels) -> Node {
    Node(.mapping(texts.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) }))
  }
}
