import Documents
import TestSupport

/// The objects of a small cluster by chance: three namespaces, two pods each, addresses outside, and policies that use every
/// form the API has, with the odd spellings that evaluators get wrong.
struct RandomWorld {
  private(set) var objects: [Node] = []

  static let ports = [53, 79, 80, 81, 8080, 65535]
  static let outside = ["10.0.0.9", "192.0.2.1", "2001:db8::1", "fd00::9"]

  init(_ random: inout SeededRandom) {
    for (index, name) in ["x", "y", "z"].enumerated() {
      // A namespace that no object describes still has its own name as a label.
      if Int.random(in: 0..<3, using: &random) > 0 {
        objects.append(Self.namespace(name, &random).node)
      }
      for number in 1...2 { objects.append(Self.pod("p\(number)", name, index * 2 + number, &random).node) }
    }
    for index in 0..<Int.random(in: 0...4, using: &random) {
      let namespace = ["x", "y", "z"].randomElement(using: &random) ?? "x"
      objects.append(policyNode("p\(index)", in: namespace, Self.specification(&random)))
    }
  }

  /// The world as both evaluators see it.
  func world() throws -> World { try World(objects, outside: Self.outside) }

  private static func namespace(_ name: String, _ random: inout SeededRandom) -> Plain {
    var labels = self.labels(&random)
    // Nobody can choose this label: the API server sets it to the name.
    if one(in: 4, &random) { labels["kubernetes.io/metadata.name"] = "y" }
    return ["kind": "Namespace", "metadata": ["name": "\(name)", "labels": plain(labels)]]
  }

  private static func pod(
    _ name: String, _ namespace: String, _ number: Int, _ random: inout SeededRandom
  ) -> Plain {
    let (v4, v6): (Plain, Plain) = (["ip": "10.0.0.\(number)"], ["ip": "fd00::\(number)"])
    let addresses: [Plain] = [[], [v4], [v4], [v6], [v4, v6], [v4, v6], [v6, v4]]
    var phase: Plain = "Running"
    if one(in: 10, &random) { phase = Bool.random(using: &random) ? "Succeeded" : "Failed" }
    return [
      "kind": "Pod",
      "metadata": ["name": "\(name)", "namespace": "\(namespace)", "labels": plain(labels(&random))],
      "spec": [
        "hostNetwork": Plain(node: .bool(one(in: 8, &random))),
        "containers": [["ports": containerPorts(&random)], ["ports": containerPorts(&random)]],
      ],
      "status": ["phase": phase, "podIPs": addresses.randomElement(using: &random) ?? []],
    ]
  }

  private static func containerPorts(_ random: inout SeededRandom) -> Plain {
    let ports = (0..<Int.random(in: 0...2, using: &random)).map { _ -> Node in
      let port: Plain = [
        "name": ["http", "dns"].randomElement(using: &random) ?? "http",
        "containerPort": Plain(node: .integer(Self.ports.randomElement(using: &random) ?? 80)),
        "protocol": ["TCP", "UDP", "SCTP", nil].randomElement(using: &random) ?? nil,
      ]
      return port.node
    }
    return Plain(node: .sequence(ports))
  }

  private static func labels(_ random: inout SeededRandom) -> [String: String] {
    var labels: [String: String] = [:]
    for key in ["a", "b"] where Bool.random(using: &random) {
      labels[key] = ["", "1", "2"].randomElement(using: &random)
    }
    return labels
  }

  private static func plain(_ labels: [String: String]) -> Plain {
    Plain(
      node: Node(.mapping(labels.sorted { $0.key < $1.key }.map { Node.Member($0.key, .string($0.value)) })))
  }

  static func one(in count: Int, _ random: inout SeededRandom) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }
}
