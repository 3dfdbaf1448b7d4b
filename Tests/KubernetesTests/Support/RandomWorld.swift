import Documents
import Kubernetes
import TestSupport
import Traffic

/// A small cluster by chance: two namespaces, two pods each, a host-network pod, addresses outside, and policies that
/// use every form the API has, with the odd spellings that evaluators get wrong.
struct RandomWorld {
  private(set) var policies: [Node] = []
  private(set) var namespaces: [String: [String: String]] = [:]
  private(set) var ends: [NaiveEvaluator.End] = []

  static let ports = [53, 79, 80, 81, 8080, 65535]
  static let transports = ["TCP", "UDP", "SCTP"]

  init(_ random: inout SeededRandom) {
    for (index, name) in ["x", "y"].enumerated() {
      // A namespace that no object describes still has its own name as a label.
      if Bool.random(using: &random) {
        namespaces[name] = Self.labels(&random)
      }
      for pod in 0..<2 {
        let address = pod == 0 ? "10.0.\(index).\(pod + 1)" : "fd00::\(index):\(pod + 1)"
        ends.append(
          .init(
            namespace: name, labels: Self.labels(&random), ports: Self.containerPorts(&random),
            address: Int.random(in: 0..<4, using: &random) == 0 ? nil : address))
      }
    }
    ends.append(.init(namespace: "x", labels: ["a": "1"], address: "10.0.9.1", isHostNetwork: true))
    for address in ["10.0.0.9", "192.0.2.1", "2001:db8::1"] { ends.append(.init(address: address)) }
    for index in 0..<Int.random(in: 0...4, using: &random) {
      let namespace = ["x", "y"].randomElement(using: &random) ?? "x"
      policies.append(policyNode("p\(index)", in: namespace, Self.specification(&random)))
    }
  }

  private static func labels(_ random: inout SeededRandom) -> [String: String] {
    var labels: [String: String] = [:]
    for key in ["a", "b"] where Bool.random(using: &random) {
      labels[key] = ["", "1", "2"].randomElement(using: &random)
    }
    return labels
  }

  private static func containerPorts(
    _ random: inout SeededRandom
  ) -> [(name: String, number: Int, protocol: String)] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in
      (
        ["http", "dns"].randomElement(using: &random) ?? "http",
        ports.randomElement(using: &random) ?? 80,
        transports.randomElement(using: &random) ?? "TCP"
      )
    }
  }

  private static func specification(_ random: inout SeededRandom) -> Plain {
    var members: [Node.Member] = []
    if Int.random(in: 0..<4, using: &random) > 0 {
      members.append(.init("podSelector", selector(&random).node))
    }
    let types: [Plain] = [
      nil, nil, [], [], ["Ingress"], ["Egress"], ["Egress", "Ingress"], ["Ingress", "Ingress"],
    ]
    if Bool.random(using: &random), let types = types.randomElement(using: &random) {
      members.append(.init("policyTypes", types.node))
    }
    for (section, peers) in [("ingress", "from"), ("egress", "to")] {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: break
      case 1: members.append(.init(section, Bool.random(using: &random) ? .null : .sequence([])))
      default:
        let count = Int.random(in: 1...3, using: &random)
        members.append(.init(section, .sequence((0..<count).map { _ in rule(peers, &random).node })))
      }
    }
    return Plain(node: Node(.mapping(members)))
  }

  private static func rule(_ peersName: String, _ random: inout SeededRandom) -> Plain {
    var members: [Node.Member] = []
    switch Int.random(in: 0..<6, using: &random) {
    case 0: break
    case 1: members.append(.init(peersName, .sequence([])))
    default:
      let count = Int.random(in: 1...2, using: &random)
      members.append(.init(peersName, .sequence((0..<count).map { _ in peer(&random).node })))
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1: members.append(.init("ports", .null))
    default:
      let count = Int.random(in: 1...2, using: &random)
      members.append(.init("ports", .sequence((0..<count).map { _ in port(&random).node })))
    }
    return Plain(node: Node(.mapping(members)))
  }

  private static func peer(_ random: inout SeededRandom) -> Plain {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return ["podSelector": selector(&random)]
    case 1: return ["namespaceSelector": namespaceSelector(&random)]
    case 2, 3: return ["namespaceSelector": namespaceSelector(&random), "podSelector": selector(&random)]
    case 4: return ["podSelector": selector(&random), "namespaceSelector": nil]
    default:
      let blocks: [Plain] = [
        ["cidr": "0.0.0.0/0"], ["cidr": "::/0"], ["cidr": "10.0.0.1/32"], ["cidr": "fd00::/16"],
        ["cidr": "10.0.0.0/16", "except": ["10.0.0.0/24"]], ["cidr": "10.0.0.0/8", "except": []],
        ["cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "192.0.2.1/32"]],
      ]
      return ["ipBlock": blocks.randomElement(using: &random) ?? ["cidr": "::/0"]]
    }
  }

  private static func port(_ random: inout SeededRandom) -> Plain {
    let forms: [Plain] = [
      [:], ["protocol": "UDP"], ["port": 80], ["port": 79, "endPort": 81], ["port": "http"],
      ["port": "dns", "protocol": "UDP"], ["protocol": "SCTP", "port": 53], ["port": 8080, "endPort": 65535],
      ["port": 80, "protocol": nil, "endPort": nil], ["port": 53, "protocol": "UDP"],
    ]
    return forms.randomElement(using: &random) ?? [:]
  }

  private static func namespaceSelector(_ random: inout SeededRandom) -> Plain {
    Bool.random(using: &random)
      ? selector(&random)
      : [
        "matchLabels": [
          "kubernetes.io/metadata.name": Bool.random(using: &random) ? "x" : "y"
        ]
      ]
  }

  private static func selector(_ random: inout SeededRandom) -> Plain {
    let key: Plain = ["a", "b", "c"].randomElement(using: &random) ?? "a"
    let forms: [Plain] = [
      [:], ["matchLabels": [:]], ["matchLabels": ["a": "1"]], ["matchLabels": ["b": ""]],
      ["matchLabels": ["a": "1", "b": "2"]],
      ["matchExpressions": [["key": key, "operator": "In", "values": ["1", ""]]]],
      ["matchExpressions": [["key": key, "operator": "NotIn", "values": ["1"]]]],
      ["matchExpressions": [["key": key, "operator": "Exists"]]],
      ["matchExpressions": [["key": key, "operator": "DoesNotExist", "values": []]]],
      ["matchLabels": ["a": "1"], "matchExpressions": [["key": key, "operator": "NotIn", "values": ["2"]]]],
    ]
    return forms.randomElement(using: &random) ?? [:]
  }
}

extension NaiveEvaluator.End {
  /// The same end for the evaluator under test.
  var party: Party {
    let address = address.flatMap { Address($0) }
    guard let namespace else { return .address(address ?? Address(v4: 0)) }
    let ports = ports.compactMap { port in
      Transport(name: port.protocol).map {
        ContainerPort(name: port.name, number: UInt16(clamping: port.number), transport: $0)
      }
    }
    let traits = PodTraits(
      namespace: namespace, labels: labels, ports: ports, usesHostNetwork: isHostNetwork)
    return .pod(traits, address: address)
  }
}
