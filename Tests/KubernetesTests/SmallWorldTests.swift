import Documents
import Kubernetes
import TestSupport
import Testing
import Traffic

/// All small worlds: every policy of one rule from a small grammar, between every two ends of a small cluster.
@Suite struct SmallWorldTests {
  static let subjects: [Plain] = [
    nil, ["matchLabels": ["a": ""]],
    ["matchExpressions": [["key": "a", "operator": "In", "values": ["", "1"]]]],
    ["matchExpressions": [["key": "a", "operator": "NotIn", "values": ["1"]]]],
    ["matchExpressions": [["key": "a", "operator": "DoesNotExist"]]],
  ]
  static let types: [Plain] = [nil, [], ["Ingress"], ["Egress"], ["Egress", "Ingress"]]
  static let peers: [Plain] = [
    nil, [], [["podSelector": [:]]], [["podSelector": ["matchLabels": ["a": "1"]]]],
    [["namespaceSelector": [:]]],
    [["namespaceSelector": ["matchExpressions": [["key": "n", "operator": "Exists"]]]]],
    [
      [
        "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "e"]],
        "podSelector": ["matchLabels": ["a": ""]],
      ]
    ],
    [
      ["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "e"]]],
      ["podSelector": ["matchLabels": ["a": ""]]],
    ],
    [["ipBlock": ["cidr": "10.0.0.0/8", "except": ["10.0.0.0/30"]]]],
  ]
  static let ports: [Plain] = [
    nil, [[:]], [["protocol": "UDP"], ["port": 8080]], [["port": 79, "endPort": 81]], [["port": "http"]],
  ]
  static let asked: [(UInt16, Transport)] = [(80, .tcp), (8080, .tcp)]

  @Test("a second evaluator answers alike in every small world", arguments: subjects.indices)
  func all(subject: Int) throws {
    let cluster = try World(Self.cluster, outside: ["10.0.0.2", "192.0.2.1"])
    let ends = cluster.names.compactMap { cluster.ends[$0] }
    #expect(ends.count == 8)
    var worlds = 0
    for spec in Self.specifications(subject: Self.subjects[subject]) {
      let node = policyNode("t", in: "d", spec)
      let set = PolicySet(
        [try NetworkPolicy(node, file: "t.yaml", defaultNamespace: "d")], namespaces: ["d": ["n": "1"]])
      let naive = NaiveEvaluator(policies: [node], namespaces: ["d": ["n": "1"]])
      let standings = ends.map { set.standing(of: $0.party) }
      for (source, one) in zip(ends, standings) {
        for (destination, other) in zip(ends, standings) {
          for (port, transport) in Self.asked {
            worlds += 1
            let isAllowed = set.allows(from: one, to: other, port: port, transport: transport)
            let expected = naive.allows(
              from: source.naive, to: destination.naive, port: Int(port), protocol: transport.name)
            if isAllowed != expected {
              Issue.record(
                "\(source.naive.name) to \(destination.naive.name) on \(port)/\(transport) is \(isAllowed) in \(spec.node)"
              )
            }
          }
        }
      }
    }
    // Five kinds of policyTypes; a section that is absent, empty, or has one rule; 64 pairs of ends, two ports.
    #expect(worlds == 5 * 2 * (2 + Self.peers.count * Self.ports.count) * 64 * Self.asked.count)
  }

  @Test("the small worlds are 300,800")
  func count() {
    let sections = 2 * (2 + Self.peers.count * Self.ports.count)
    #expect(Self.subjects.count * Self.types.count * sections * 64 * Self.asked.count == 300_800)
  }

  /// Two namespaces, one without labels of its own; pods with every value of one label; a port name with two numbers.
  private static var cluster: [Node] {
    let labels: [(String, Plain)] = [("absent", [:]), ("empty", ["a": ""]), ("one", ["a": "1"])]
    return ["d", "e"].enumerated().flatMap { index, namespace in
      labels.enumerated().map { number, label -> Node in
        let pod: Plain = [
          "kind": "Pod", "metadata": ["name": "\(label.0)", "namespace": "\(namespace)", "labels": label.1],
          "spec": [
            "containers": [
              ["ports": [["name": "http", "containerPort": Plain(node: .integer(index == 0 ? 80 : 8080))]]]
            ]
          ],
          "status": ["podIPs": [["ip": "10.0.\(index + 1).\(number + 1)"]]],
        ]
        return pod.node
      }
    }
  }

  private static func specifications(subject: Plain) -> [Plain] {
    let rules: [Plain] = peers.flatMap { peers in ports.map { ["peers": peers, "ports": $0] } }
    return types.flatMap { types in
      [("ingress", "from"), ("egress", "to")].flatMap { section, name -> [Plain] in
        let sections: [Plain] =
          [nil, []]
          + rules.map { rule in
            let members: [(String, Node)] = [
              (name, rule.node["peers"] ?? .null), ("ports", rule.node["ports"] ?? .null),
            ]
            return Plain(node: .sequence([Node(.mapping(members.map { Node.Member($0, $1) }))]))
          }
        return sections.map { rules in
          let members: [(String, Node)] = [
            ("podSelector", subject.node), ("policyTypes", types.node), (section, rules.node),
          ]
          return Plain(node: Node(.mapping(members.map { Node.Member($0, $1) })))
        }
      }
    }
  }
}
