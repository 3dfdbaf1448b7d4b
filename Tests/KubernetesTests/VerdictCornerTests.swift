import Kubernetes
import Testing
import Traffic

/// What the corners in files cannot say: ports as sets, parties without a pod, pods without an address.
@Suite struct VerdictCornerTests {
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

  @Test("a named port in a rule without `to` opens it on pods, and on no address outside")
  func namedPortForAnyone() throws {
    let set = try policies(["policyTypes": ["Egress"], "egress": [["ports": [["port": "http"]]]]])
    let server = pod("web", [:], ports: [ContainerPort(name: "http", number: 8080)])
    #expect(set.open(from: pod("default", [:]), to: server).terms == ["TCP/8080"])
    #expect(set.open(from: pod("default", [:]), to: outside).isEmpty)
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
}
