public import Documents
import Traffic

/// Makes every mutant of some policies that has one thing changed.
public struct MutantMaking {
  /// The mutants, in the order of the policies.
  public private(set) var mutants: [PolicyMutant] = []
  private let policies: [Node]
  /// For each port of a pod or a Service the ports at the other side of a translation.
  private let translations: [Int: Set<Int>]
  private var number = 0

  /// The mutants of these policies among Services with these ports: theirs, and their pods'.
  public init(of policies: [Node], services: [(port: Int, target: Int)]) {
    self.policies = policies.map(\.bare)
    var translations: [Int: Set<Int>] = [:]
    for service in services where service.port != service.target {
      translations[service.target, default: []].insert(service.port)
      translations[service.port, default: []].insert(service.target)
    }
    self.translations = translations
    for index in policies.indices {
      number = index
      change()
    }
  }

  private var policy: Node { policies[number] }
  private var namespace: String { policy["metadata"]?["namespace"]?.string ?? "" }

  private mutating func add(
    _ change: PolicyMutant.Change, _ words: String, _ path: [NodeStep], _ other: Node?
  ) {
    let changed: Node? = path.isEmpty ? other : policy.replacing(path, with: other)
    var all = policies
    if let changed { all[number] = changed } else { all.remove(at: number) }
    let name = policy["metadata"]?["name"]?.string ?? ""
    mutants.append(
      PolicyMutant(
        change: change, place: "\(namespace)/\(name)\(words.isEmpty ? "" : " \(words)")",
        namespace: namespace,
        policies: all, before: policy, after: changed))
  }

  private mutating func change() {
    add(.policyRemoved, "", [], nil)
    changeSides()
    changeSelector("podSelector", [.member("spec"), .member("podSelector")])
    for (section, peers) in [("ingress", "from"), ("egress", "to")] {
      let path: [NodeStep] = [.member("spec"), .member(section)]
      for index in (policy.node(at: path)?.sequence ?? []).indices {
        let rule = path + [.item(index)]
        add(.ruleRemoved, "\(section) \(index)", rule, nil)
        changePeers("\(section) \(index)", rule + [.member(peers)])
        changePorts("\(section) \(index)", rule + [.member("ports")])
      }
    }
  }

  private mutating func changeSides() {
    let path: [NodeStep] = [.member("spec"), .member("policyTypes")]
    let sides = policy.node(at: path)?.sequence ?? []
    for (index, side) in sides.enumerated() {
      // An empty list would mean what is absent means: the last side becomes the other one.
      let other: Node? = sides.count > 1 ? nil : .string(side.string == "Egress" ? "Ingress" : "Egress")
      add(.sideDropped, side.string ?? "", path + [.item(index)], other)
    }
  }

  private mutating func changeSelector(_ words: String, _ path: [NodeStep]) {
    for member in policy.node(at: path + [.member("matchLabels")])?.mapping ?? [] {
      let label = path + [.member("matchLabels"), .member(member.key)]
      let value = member.value.string ?? ""
      add(.keyDropped, "\(words) \(member.key)=\(value)", label, nil)
      add(.valueChanged, "\(words) \(member.key)=\(value)", label, .string(value + "-2"))
    }
  }

  private mutating func changePeers(_ words: String, _ path: [NodeStep]) {
    let peers = policy.node(at: path)?.sequence ?? []
    for (index, peer) in peers.enumerated() {
      let own = path + [.item(index)]
      add(.peerRemoved, "\(words) peer \(index)", own, nil)
      changeSelector("\(words) peer \(index) podSelector", own + [.member("podSelector")])
      changeSelector("\(words) peer \(index) namespaceSelector", own + [.member("namespaceSelector")])
      changeBlock("\(words) peer \(index)", own + [.member("ipBlock")])
      if peer["podSelector"] != nil, peer["namespaceSelector"] != nil {
        let parts = ["namespaceSelector", "podSelector"].map {
          Node(.mapping([.init($0, peer[$0] ?? .null)]))
        }
        add(
          .either, "\(words) peer \(index)", path, .sequence(peers[..<index] + parts + peers[(index + 1)...]))
      }
    }
    for (one, other) in zip(peers.indices, peers.indices.dropFirst()) {
      let members = (peers[one].mapping ?? []) + (peers[other].mapping ?? [])
      guard Set(members.map(\.key)) == ["namespaceSelector", "podSelector"], members.count == 2 else {
        continue
      }
      let merged = [Node(.mapping(members))]
      add(
        .both, "\(words) peers \(one) and \(other)", path,
        .sequence(peers[..<one] + merged + peers[(other + 1)...]))
    }
  }

  private mutating func changeBlock(_ words: String, _ path: [NodeStep]) {
    guard let block = policy.node(at: path) else { return }
    for (index, hole) in (block["except"]?.sequence ?? []).enumerated() {
      add(
        .exceptionDropped, "\(words) except \(hole.string ?? "")", path + [.member("except"), .item(index)],
        nil)
    }
    guard let text = block["cidr"]?.string, let prefix = Prefix(text),
      let wider = Prefix(prefix.base, length: prefix.length - 1)
    else { return }
    add(.blockWidened, "\(words) \(text)", path + [.member("cidr")], .string(wider.description))
  }

  private mutating func changePorts(_ words: String, _ path: [NodeStep]) {
    for (index, port) in (policy.node(at: path)?.sequence ?? []).enumerated() {
      let own = path + [.item(index)]
      let name = port["protocol"]?.string ?? "TCP"
      let number = port["port"]?.integer ?? 0
      let words = "\(words) port \(number)/\(name)"
      add(.portRemoved, words, own, nil)
      add(.nextPort, words, own + [.member("port")], .integer(number + 1))
      add(.otherProtocol, words, own + [.member("protocol")], .string(name == "TCP" ? "UDP" : "TCP"))
      for other in translations[number, default: []].sorted() {
        add(.servicePort, "\(words) is \(other)", own + [.member("port")], .integer(other))
      }
    }
  }
}
