import Kubernetes
import TestSupport
import Testing
import Traffic

@Suite struct PortSetTests {
  @Test("ports that touch become one range, ports of two protocols never do")
  func canonical() throws {
    let set = try ports((.tcp, 80, 80), (.tcp, 81, 90), (.udp, 1, 2), (.tcp, 65535, 65535), (.tcp, 85, 100))
    #expect(set.terms == ["TCP/80-100", "TCP/65535", "UDP/1-2"])
    #expect(set.description == "TCP/80-100, TCP/65535, UDP/1-2")
  }

  @Test("everything is `all`, one whole protocol is named, nothing is `none`")
  func words() {
    #expect(PortSet.all.description == "all")
    #expect(PortSet.none.description == "none")
    #expect(PortSet(.sctp, .whole).description == "SCTP/all")
    let whole = Transport.allCases.reduce(PortSet.none) { $0.union(PortSet($1, .whole)) }
    #expect(whole == .all)
  }

  @Test("a port range cannot be reversed and cannot hold port 0")
  func ranges() {
    #expect(PortRange(2, through: 1) == nil)
    #expect(PortRange(0) == nil)
    #expect(PortRange(0, through: 5) == nil)
    #expect(PortRange(1, through: .max) == .whole)
    #expect(PortRange(80, through: 80)?.count == 1)
  }

  @Test(
    "union, intersection and subtraction do to each port what their names say",
    arguments: (0..<20).map { UInt64(7_000 + $0) })
  func laws(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let (one, other) = (try someSet(&random), try someSet(&random))
      let (union, common, rest) = (one.union(other), one.intersection(other), one.subtracting(other))
      for port in Self.probes {
        for transport in Transport.allCases {
          let (a, b) = (one.contains(port, transport), other.contains(port, transport))
          let isRight =
            union.contains(port, transport) == (a || b) && common.contains(port, transport) == (a && b)
            && rest.contains(port, transport) == (a && !b)
          if !isRight { Issue.record("seed \(seed): \(transport)/\(port) of \(one) and \(other)") }
        }
      }
      // One form for one set: what is the same set by another way is the same value.
      #expect(common.union(rest) == one, "seed \(seed): \(one) and \(other)")
      #expect(one.subtracting(rest) == common, "seed \(seed): \(one) and \(other)")
    }
  }

  private static let probes: [UInt16] = Array(1...12) + Array(65524...65535)

  private func someSet(_ random: inout SeededRandom) throws -> PortSet {
    var set = PortSet.none
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let one = Self.probes.randomElement(using: &random) ?? 1
      let other = Self.probes.randomElement(using: &random) ?? 1
      let transport = Transport.allCases.randomElement(using: &random) ?? .tcp
      set = set.union(PortSet(transport, try #require(PortRange(min(one, other), through: max(one, other)))))
    }
    return set
  }

  private func ports(_ parts: (Transport, UInt16, UInt16)...) throws -> PortSet {
    try parts.reduce(.none) { set, part in
      set.union(PortSet(part.0, try #require(PortRange(part.1, through: part.2))))
    }
  }
}
