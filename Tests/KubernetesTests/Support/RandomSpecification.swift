import Documents
import TestSupport

// The specifications of policies by chance.
extension RandomWorld {
  static func specification(_ random: inout SeededRandom) -> Plain {
    var members: [Node.Member] = []
    if !one(in: 4, &random) {
      members.append(.init("podSelector", one(in: 6, &random) ? .null : selector(&random).node))
    }
    let types: [Plain] = [
      nil, [], ["Ingress"], ["Egress"], ["Egress"], ["Egress", "Ingress"], ["Ingress", "Egress"],
      ["Ingress", "Ingress"], ["Egress", "Egress"],
    ]
    if !one(in: 3, &random), let types = types.randomElement(using: &random) {
      members.append(.init("policyTypes", types.node))
    }
    for (section, peers) in [("ingress", "from"), ("egress", "to")] {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: break
      case 1: members.append(.init(section, Bool.random(using: &random) ? .null : .sequence([])))
      default:
        let count = Int.random(in: 1...3, using: &random)
        members.append(.init(section, .sequence((0..<count).map { _ in rule(peers, &random) })))
      }
    }
    return Plain(node: Node(.mapping(members)))
  }

  private static func rule(_ peersName: String, _ random: inout SeededRandom) -> Node {
    var members: [Node.Member] = []
    for (name, element) in [(peersName, peer), ("ports", port)] {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: break
      case 1: members.append(.init(name, Bool.random(using: &random) ? .null : .sequence([])))
      default:
        let count = Int.random(in: 1...2, using: &random)
        members.append(.init(name, .sequence((0..<count).map { _ in element(&random).node })))
      }
    }
    return Node(.mapping(members))
  }

  private static func peer(_ random: inout SeededRandom) -> Plain {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return ["podSelector": selector(&random)]
    case 1: return ["namespaceSelector": namespaceSelector(&random)]
    case 2, 3: return ["namespaceSelector": namespaceSelector(&random), "podSelector": selector(&random)]
    case 4: return ["podSelector": selector(&random), "namespaceSelector": nil]
    default:
      let blocks: [Plain] = [
        ["cidr": "0.0.0.0/0"], ["cidr": "::/0"], ["cidr": "10.0.0.1/32"], ["cidr": "fd00::/16"],
        ["cidr": "10.0.0.0/16", "except": ["10.0.0.0/30"]], ["cidr": "10.0.0.0/8", "except": []],
        ["cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "192.0.2.1/32"]],
        ["cidr": "10.0.0.0/29", "except": nil],
        ["cidr": "fd00::/8", "except": ["fd00::/125"]], ["cidr": "fd00::4/126"],
      ]
      return ["ipBlock": blocks.randomElement(using: &random) ?? ["cidr": "::/0"], "podSelector": nil]
    }
  }

  private static func port(_ random: inout SeededRandom) -> Plain {
    let forms: [Plain] = [
      [:], ["protocol": "UDP"], ["protocol": "SCTP"], ["port": 80], ["port": 79, "endPort": 81],
      ["port": "http"], ["port": "http", "protocol": "TCP"], ["port": "dns", "protocol": "UDP"],
      ["port": "http", "protocol": "SCTP"], ["port": "nobody"], ["protocol": "SCTP", "port": 53],
      ["port": 8080, "endPort": 65535], ["port": 80, "protocol": nil, "endPort": nil],
      ["port": 53, "protocol": "UDP"], ["port": 65535, "endPort": 65535],
      ["port": 1, "endPort": 53, "protocol": "UDP"],
    ]
    return forms.randomElement(using: &random) ?? [:]
  }

  private static func namespaceSelector(_ random: inout SeededRandom) -> Plain {
    let name: Plain = ["x", "y", "z"].randomElement(using: &random) ?? "x"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return ["matchLabels": ["kubernetes.io/metadata.name": name]]
    case 1:
      return [
        "matchExpressions": [["key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": [name]]]
      ]
    default: return selector(&random)
    }
  }

  private static func selector(_ random: inout SeededRandom) -> Plain {
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      return [[:], ["matchLabels": [:]], ["matchLabels": nil, "matchExpressions": []]]
        .randomElement(using: &random) ?? [:]
    case 1: return ["matchLabels": ["a": value(&random)]]
    case 2: return ["matchLabels": ["a": value(&random), "b": value(&random)]]
    case 3: return ["matchLabels": ["a": value(&random)], "matchExpressions": [requirement(&random)]]
    case 4: return ["matchExpressions": [requirement(&random), requirement(&random)]]
    default: return ["matchExpressions": [requirement(&random)]]
    }
  }

  private static func requirement(_ random: inout SeededRandom) -> Plain {
    let key: Plain = ["a", "b", "c"].randomElement(using: &random) ?? "a"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return ["key": key, "operator": "In", "values": [value(&random), value(&random)]]
    case 1: return ["key": key, "operator": "NotIn", "values": [value(&random)]]
    case 2: return ["key": key, "operator": "Exists", "values": nil]
    default: return ["key": key, "operator": "DoesNotExist", "values": []]
    }
  }

  private static func value(_ random: inout SeededRandom) -> Plain {
    ["", "1", "2"].randomElement(using: &random) ?? ""
  }
}
