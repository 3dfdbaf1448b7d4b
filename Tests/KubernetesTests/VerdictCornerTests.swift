import Kubernetes
import Testing
import Traffic

/// The questions that other evaluators answer wrongly, one by one.
@Suite struct VerdictCornerTests {
  @Test("`NotIn` chooses pods that lack the label")
  func notInAbsent() throws {
    let set = try policies([
      "podSelector": [
        "matchExpressions": [["key": "tier", "operator": "NotIn", "values": ["front"]]]
      ]
    ])
    #expect(!set.allows(stranger, pod("default", [:])))
    #expect(!set.allows(stranger, pod("default", ["tier": "back"])))
    #expect(set.allows(stranger, pod("default", ["tier": "front"])))
  }

  @Test("an empty value in `matchLabels` asks for the label, with that value")
  func emptyValue() throws {
    let set = try policies(["podSelector": ["matchLabels": ["edge": ""]]])
    #expect(!set.allows(stranger, pod("default", ["edge": ""])))
    #expect(set.allows(stranger, pod("default", [:])))
    #expect(set.allows(stranger, pod("default", ["edge": "yes"])))
  }

  @Test("`egress: []` alone isolates ingress and leaves egress open")
  func emptyEgress() throws {
    let set = try policies(["podSelector": [:], "egress": []])
    #expect(set.allows(pod("default", [:]), outside))
    #expect(!set.allows(outside, pod("default", [:])))
  }

  @Test("the order of `policyTypes` means nothing")
  func typesInAnyOrder() throws {
    let set = try policies(["podSelector": [:], "policyTypes": ["Egress", "Ingress"]])
    #expect(!set.allows(pod("default", [:]), outside))
    #expect(!set.allows(outside, pod("default", [:])))
  }

  @Test("a section outside `policyTypes` has no effect, and is kept")
  func deadSection() throws {
    let set = try policies(["podSelector": [:], "policyTypes": ["Ingress"], "egress": [[:]]])
    #expect(set.allows(pod("default", [:]), outside))
    #expect(set.policies.map(\.egress.count) == [1])
  }

  @Test("an empty port beside a UDP port opens all of TCP and all of UDP")
  func emptyPort() throws {
    let set = try policies(["ingress": [["ports": [[:], ["protocol": "UDP"]]]]])
    let open = set.open(from: stranger, to: pod("default", [:]))
    #expect(open.terms == ["TCP/all", "UDP/all"])
  }

  @Test("a block covers a pod's address, and a note says that network plugins differ")
  func blockOnPod() throws {
    let set = try policies(["ingress": [["from": [["ipBlock": ["cidr": "10.0.0.0/8"]]]]]])
    let verdict = set.verdict(
      from: pod("web", [:], at: "10.1.2.3"), to: pod("default", [:]), port: 80, transport: .tcp)
    #expect(verdict.isAllowed)
    #expect(verdict.notes == [.blockOnPod(.ingress)])
    let byAddress = set.verdict(from: address("10.1.2.3"), to: pod("default", [:]), port: 80, transport: .tcp)
    #expect(byAddress.isAllowed && byAddress.notes.isEmpty)
  }

  @Test("no note about blocks where a selector lets the pod through as well")
  func blockBesideSelector() throws {
    let set = try policies([
      "ingress": [["from": [["ipBlock": ["cidr": "10.0.0.0/8"]], ["namespaceSelector": [:]]]]]
    ])
    let verdict = set.verdict(
      from: pod("web", [:], at: "10.1.2.3"), to: pod("default", [:]), port: 80, transport: .tcp)
    #expect(verdict.isAllowed && verdict.notes.isEmpty)
  }

  @Test("a named port in a rule without `to` opens it on pods, and on no address outside")
  func namedPortForAnyone() throws {
    let set = try policies(["policyTypes": ["Egress"], "egress": [["ports": [["port": "http"]]]]])
    let server = pod("web", [:], ports: [ContainerPort(name: "http", number: 8080)])
    #expect(set.open(from: pod("default", [:]), to: server).terms == ["TCP/8080"])
    #expect(set.open(from: pod("default", [:]), to: outside).isEmpty)
  }

  @Test("a named port is each destination pod's own number")
  func namedPortPerPod() throws {
    let set = try policies(["policyTypes": ["Egress"], "egress": [["ports": [["port": "http"]]]]])
    let one = pod("web", ["app": "a"], ports: [ContainerPort(name: "http", number: 80)])
    let two = pod("web", ["app": "b"], ports: [ContainerPort(name: "http", number: 8080)])
    #expect(set.open(from: pod("default", [:]), to: one).terms == ["TCP/80"])
    #expect(set.open(from: pod("default", [:]), to: two).terms == ["TCP/8080"])
  }

  @Test("one port name for TCP and for UDP is told apart by the protocol")
  func namedPortPerProtocol() throws {
    let set = try policies(["ingress": [["ports": [["port": "dns", "protocol": "UDP"]]]]])
    let server = pod(
      "default", [:],
      ports: [
        ContainerPort(name: "dns", number: 53, transport: .udp),
        ContainerPort(name: "dns", number: 5353, transport: .tcp),
      ])
    #expect(set.open(from: stranger, to: server).terms == ["UDP/53"])
  }

  @Test("a namespace without an object is found by its name label", arguments: [true, false])
  func namespaceByName(isListed: Bool) throws {
    let spec: Plain = [
      "ingress": [
        ["from": [["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "web"]]]]]
      ]
    ]
    let set = try policies(spec, namespaces: isListed ? ["web": ["team": "a"]] : [:])
    #expect(set.allows(pod("web", [:]), pod("default", [:])))
    #expect(!set.allows(pod("other", [:]), pod("default", [:])))
  }

  @Test("nothing overrides a namespace's name label")
  func namespaceNameIsFixed() throws {
    let spec: Plain = [
      "ingress": [
        ["from": [["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "web"]]]]]
      ]
    ]
    let set = try policies(spec, namespaces: ["liar": ["kubernetes.io/metadata.name": "web"]])
    #expect(!set.allows(pod("liar", [:]), pod("default", [:])))
  }

  @Test("a host-network pod is its node's address: no policy reaches it, no selector sees it")
  func hostNetwork() throws {
    let set = try policies([
      "podSelector": [:], "policyTypes": ["Ingress", "Egress"],
      "ingress": [["from": [["podSelector": [:]]]]], "egress": [["to": [["podSelector": [:]]]]],
    ])
    let host = pod("default", [:], at: "192.0.2.7", usesHostNetwork: true)
    #expect(set.allows(stranger, host))
    #expect(!set.allows(host, pod("default", [:])))
    #expect(!set.allows(pod("default", [:]), host))
    let verdict = set.verdict(from: host, to: stranger, port: 80, transport: .tcp)
    #expect(verdict.isAllowed && verdict.notes == [.sourceOnHostNetwork])
  }

  @Test("a block covers a host-network pod by its node's address")
  func hostNetworkByBlock() throws {
    let set = try policies(["ingress": [["from": [["ipBlock": ["cidr": "192.0.2.0/24"]]]]]])
    #expect(set.allows(pod("x", [:], at: "192.0.2.7", usesHostNetwork: true), pod("default", [:])))
  }

  @Test("a pod always reaches itself, but not its twin")
  func itself() throws {
    let set = try policies(["podSelector": [:], "policyTypes": ["Ingress", "Egress"]])
    let one = pod("default", [:], at: "10.0.0.1")
    let twin = pod("default", [:], at: "10.0.0.2")
    #expect(set.verdict(from: one, to: one, port: 80, transport: .tcp).notes == [.toItself])
    #expect(set.allows(one, one))
    #expect(!set.allows(one, twin))
    #expect(set.open(from: one, to: one) == .all)
    #expect(set.open(from: one, to: one, areReplicas: true).isEmpty)
  }

  @Test("an address that a finished pod left behind is judged as an address")
  func finishedPod() throws {
    let set = try policies(["ingress": [["from": [["namespaceSelector": [:]]]]]])
    #expect(set.allows(pod("web", [:], at: "10.0.0.9"), pod("default", [:])))
    #expect(!set.allows(address("10.0.0.9"), pod("default", [:])))
  }

  @Test("IPv4's block of everything holds no IPv6 address, nor the other way round")
  func families() throws {
    let v4 = try policies(["ingress": [["from": [["ipBlock": ["cidr": "0.0.0.0/0"]]]]]])
    #expect(v4.allows(address("192.0.2.1"), pod("default", [:])))
    #expect(!v4.allows(address("2001:db8::1"), pod("default", [:])))
    let v6 = try policies(["ingress": [["from": [["ipBlock": ["cidr": "::/0"]]]]]])
    #expect(!v6.allows(address("192.0.2.1"), pod("default", [:])))
    #expect(v6.allows(address("2001:db8::1"), pod("default", [:])))
  }

  @Test("what one peer cuts out of its block, another may let through")
  func exceptIsNoDenial() throws {
    let set = try policies([
      "ingress": [
        [
          "from": [
            ["ipBlock": ["cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]]],
            ["ipBlock": ["cidr": "10.1.1.0/24"]],
          ]
        ]
      ]
    ])
    #expect(set.allows(address("10.1.1.1"), pod("default", [:])))
    #expect(!set.allows(address("10.1.2.1"), pod("default", [:])))
  }

  @Test("one element with both selectors means both; two elements mean either")
  func andIsNotOr() throws {
    let both = try policies(
      [
        "ingress": [
          [
            "from": [
              [
                "namespaceSelector": ["matchLabels": ["env": "prod"]],
                "podSelector": ["matchLabels": ["a": "1"]],
              ]
            ]
          ]
        ]
      ], namespaces: ["prod": ["env": "prod"]])
    let either = try policies(
      [
        "ingress": [
          [
            "from": [
              ["namespaceSelector": ["matchLabels": ["env": "prod"]]],
              ["podSelector": ["matchLabels": ["a": "1"]]],
            ]
          ]
        ]
      ], namespaces: ["prod": ["env": "prod"]])
    let cases: [(Party, Bool, Bool)] = [
      (pod("prod", ["a": "1"]), true, true), (pod("prod", [:]), false, true),
      (pod("default", ["a": "1"]), false, true), (pod("other", ["a": "1"]), false, false),
    ]
    for (source, isBoth, isEither) in cases {
      #expect(both.allows(source, pod("default", [:])) == isBoth, "\(source)")
      #expect(either.allows(source, pod("default", [:])) == isEither, "\(source)")
    }
  }
}
