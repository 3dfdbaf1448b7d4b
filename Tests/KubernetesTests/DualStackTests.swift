import Documents
import Kubernetes
import Testing
import Traffic

/// Pods with an address of each family: a connection shows the addresses of one of them.
@Suite struct DualStackTests {
  static let pairs: [(source: [String], destination: [String], families: [Family])] = [
    (["10.0.0.1"], ["10.0.0.2"], [.v4]),
    (["10.0.0.1", "fd00::1"], ["10.0.0.2", "fd00::2"], [.v4, .v6]),
    (["10.0.0.1", "fd00::1"], ["fd00::2", "10.0.0.2"], [.v6, .v4]),
    (["10.0.0.1", "fd00::1"], ["fd00::2"], [.v6]),
    (["fd00::1"], ["10.0.0.2", "fd00::2"], [.v6]),
    (["fd00::1"], ["10.0.0.2"], []),
    ([], ["fd00::2", "10.0.0.2"], [.v6, .v4]),
    (["fd00::1"], [], [.v6]),
    ([], [], []),
  ]

  @Test(
    "the families of a pair are those in common, the destination's preferred one first", arguments: pairs)
  func families(source: [String], destination: [String], families: [Family]) {
    #expect(Self.dual("a", source).families(to: Self.dual("b", destination)) == families)
  }

  @Test("of several addresses of one family, the first counts")
  func oneOfEach() throws {
    let addresses = PodAddresses(try ["10.0.0.1", "10.0.0.2", "fd00::1"].map { try #require(Address($0)) })
    #expect(addresses.all.map(\.description) == ["10.0.0.1", "fd00::1"])
    #expect(addresses[.v4] == Address("10.0.0.1") && addresses[.v6] == Address("fd00::1"))
    #expect(PodAddresses(Address("fd00::1"))[.v4] == nil && PodAddresses([]).isEmpty)
  }

  static let blocks: [(block: String, v4: Bool, v6: Bool)] = [
    ("10.0.0.0/8", true, false), ("fd00::/8", false, true), ("0.0.0.0/0", true, false), ("::/0", false, true),
    ("10.0.0.2/32", false, false),
  ]

  @Test("a block sees the address that the connection shows", arguments: blocks)
  func block(_ block: String, v4: Bool, v6: Bool) throws {
    let set = try policies(["ingress": [["from": [["ipBlock": ["cidr": "\(block)"]]]]]])
    let (source, destination) = (
      Self.dual("x", ["10.0.0.1", "fd00::1"]), Self.dual("default", ["10.0.0.2", "fd00::2"])
    )
    for (family, expected) in [(Family.v4, v4), (.v6, v6)] {
      let verdict = set.verdict(from: source, to: destination, port: 80, transport: .tcp, over: family)
      #expect(verdict.isAllowed == expected, "\(family)")
      let open = set.open(from: source, to: destination, over: family)
      #expect(open == (expected ? .all : .none), "\(family)")
      let gate = set.gate(
        .ingress, from: set.standing(of: source), to: set.standing(of: destination), over: family)
      #expect(gate.open == open, "\(family)")
    }
    let unasked = set.verdict(from: source, to: destination, port: 80, transport: .tcp)
    #expect(unasked.isAllowed == v4)
    #expect(unasked.notes.contains(.differs(over: .v6, isAllowed: v6)) == (v4 != v6))
  }

  @Test("an address outside is reached over its own family")
  func outside() throws {
    let set = try policies([
      "policyTypes": ["Egress"], "egress": [["to": [["ipBlock": ["cidr": "2001:db8::/32"]]]]],
    ])
    let source = Self.dual("default", ["10.0.0.1", "fd00::1"])
    let verdict = set.verdict(from: source, to: address("2001:db8::1"), port: 443, transport: .tcp)
    #expect(verdict.isAllowed && verdict.notes.isEmpty)
    #expect(!set.allows(source, address("192.0.2.1")))
  }

  @Test("ends without a family in common are said to be cut off, whatever policies say")
  func cutOff() throws {
    let set = try policies(["podSelector": ["matchLabels": ["a": "1"]]])
    let verdict = set.verdict(
      from: Self.dual("x", ["10.0.0.1"]), to: Self.dual("default", ["fd00::2"]), port: 80, transport: .tcp)
    #expect(verdict.notes == [.noCommonFamily])
    let asked = set.verdict(
      from: Self.dual("x", ["10.0.0.1"]), to: Self.dual("default", ["10.0.0.2"]), port: 80, transport: .tcp,
      over: .v6)
    #expect(asked.notes == [.noAddress(of: .v6)])
  }

  @Test("a pod is known as itself by either address")
  func itself() throws {
    let set = try policies(["podSelector": [:]])
    let whole = Self.dual("default", ["10.0.0.1", "fd00::1"])
    #expect(
      set.verdict(from: whole, to: Self.dual("default", ["fd00::1"]), port: 1, transport: .tcp).notes == [
        .toItself
      ])
    #expect(!set.allows(whole, Self.dual("default", ["fd00::2"])))
  }

  @Test("a machine is known by its address, and a note says where plugins differ")
  func node() throws {
    let node = try Party.node(#require(Address("192.0.2.7")))
    let set = try policies([
      "policyTypes": ["Ingress", "Egress"],
      "ingress": [["from": [["ipBlock": ["cidr": "192.0.2.0/24"]]], "ports": [["port": 80]]]],
      "egress": [["to": [["ipBlock": ["cidr": "192.0.2.0/24"]]]]],
    ])
    let server = pod("default", [:])
    #expect(set.verdict(from: node, to: server, port: 80, transport: .tcp).notes == [.blockOnNode(.ingress)])
    #expect(set.verdict(from: server, to: node, port: 80, transport: .tcp).notes == [.blockOnNode(.egress)])
    let denied = set.verdict(from: node, to: server, port: 81, transport: .tcp)
    #expect(!denied.isAllowed && denied.notes == [.sourceIsNode])
  }

  @Test(
    "a pod that is over is no party", arguments: ["Running", "Pending", "Succeeded", "Failed", "Unknown"])
  func over(phase: String) throws {
    let object: Plain = [
      "kind": "Pod", "metadata": ["name": "p", "namespace": "x"],
      "status": ["phase": "\(phase)", "podIPs": [["ip": "fd00::1"], ["ip": "10.0.0.1"]]],
    ]
    guard case .pod(let pod) = try ClusterObject.read(object.node) else {
      Issue.record("no pod")
      return
    }
    let isOver = phase == "Succeeded" || phase == "Failed"
    let expected = try ["fd00::1", "10.0.0.1"].map { try #require(Address($0)) }
    #expect(pod.party?.addresses.all == (isOver ? nil : expected))
  }

  private static func dual(_ namespace: String, _ addresses: [String]) -> Party {
    .pod(
      PodTraits(namespace: namespace, labels: [:]),
      addresses: PodAddresses(addresses.compactMap { Address($0) }))
  }
}
