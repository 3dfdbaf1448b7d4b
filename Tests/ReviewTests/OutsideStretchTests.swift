import Kubernetes
import Review
import Testing
import Traffic

@Suite struct OutsideStretchTests {
  @Test("every block and what it is cut out of is one party outside")
  func nested() throws {
    let set = try policies(("0.0.0.0/0", ["10.0.0.0/8"]), ("10.1.0.0/16", []), ("2001:db8::/32", []))
    #expect(
      told(NamedParty.outside(of: set)) == [
        "other IPv6 addresses: ::", "rest of 0.0.0.0/0: 0.0.0.0", "rest of 10.0.0.0/8: 10.0.0.0",
        "10.1.0.0/16: 10.1.0.0", "2001:db8::/32: 2001:db8::",
      ])
  }

  @Test("a block that others cover whole is no party, and a block's beginning may be another's")
  func covered() throws {
    let set = try policies(
      ("10.0.0.0/8", []), ("10.0.0.0/9", []), ("10.128.0.0/9", ["10.128.0.0/10"]))
    #expect(
      told(NamedParty.outside(of: set)) == [
        "other IPv6 addresses: ::", "other IPv4 addresses: 0.0.0.0", "10.0.0.0/9: 10.0.0.0",
        "rest of 10.128.0.0/9: 10.192.0.0", "10.128.0.0/10: 10.128.0.0",
      ])
  }

  @Test("without any block there are only the two families")
  func none() {
    #expect(
      NamedParty.outside(of: PolicySet([])).map(\.name) == ["other IPv6 addresses", "other IPv4 addresses"])
  }

  @Test("a block of IPv6 behind all of IPv4 is still cut out of what is around it")
  func families() throws {
    let set = try policies(
      ("::/0", []), ("::1:0:0/96", []), ("10.0.0.0/8", []), ("fd00::/8", []), ("fd00::/8", []))
    #expect(
      told(NamedParty.outside(of: set)) == [
        "rest of ::/0: ::", "::1:0:0/96: ::1:0:0", "other IPv4 addresses: 0.0.0.0", "10.0.0.0/8: 10.0.0.0",
        "fd00::/8: fd00::",
      ])
    let low = try policies(("::/0", []), ("::/1", []), ("10.0.0.0/8", []))
    #expect(told(NamedParty.outside(of: low)).contains("rest of ::/0: 8000::"))
  }

  private func told(_ parties: [NamedParty]) -> [String] {
    parties.map { party in party.name + ": " + (party.party.addresses.primary.map { "\($0)" } ?? "") }
  }

  private func policies(_ blocks: (String, [String])...) throws -> PolicySet {
    let peers = try blocks.map { block, except in
      Peer.block(try #require(Prefix(block)), except: except.compactMap { Prefix($0) })
    }
    return PolicySet([
      NetworkPolicy(
        namespace: "shop", name: "p", subject: .everything, isolates: .ingress,
        ingress: peers.map { Rule(.only($0), .every) })
    ])
  }
}
