import Testing

@testable import Review

@Suite("Ports that are very many or given twice are found")
struct PortRangeTests {
  private func lines(_ ports: String, types: String = "[Ingress]") throws -> [String] {
    try LintScene(
      "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: \(types)\n  ingress:\n  - ports:\n"
        + ports, rule: .portRanges
    ).lines.map { $0.replacing("port-range: `shop/api`, ingress rule 0", with: "") }
  }

  @Test("ranges beyond a thousand ports, with their number")
  func large() throws {
    #expect(
      try lines("    - {port: 80}\n    - {port: 30000, endPort: 32767}")
        == ["9 , opens `TCP/30000-32767`: 2768 ports"])
    #expect(try lines("    - {port: 2000, endPort: 2999}") == [])
    #expect(try lines("    - {port: 2000, endPort: 3000}").count == 1)
    #expect(
      try lines("    - {protocol: UDP, port: 1, endPort: 65535}") == ["8 , opens `UDP/1-65535`: 65535 ports"])
  }

  @Test("ports that lie in, overlap or equal others, at the one that is too much")
  func twice() throws {
    #expect(
      try lines("    - {port: 8080}\n    - {port: 8000, endPort: 8100}") == [
        "8 : `TCP/8080` lies in `TCP/8000-8100`"
      ])
    #expect(
      try lines("    - {port: 50, endPort: 60}\n    - {port: 60, endPort: 70}") == [
        "9 : `TCP/60-70` overlaps `TCP/50-60`"
      ])
    #expect(try lines("    - {port: 80}\n    - {port: 80, protocol: TCP}") == ["9 : `TCP/80` is given twice"])
    #expect(try lines("    - {port: 80}\n    - {}") == ["8 : `TCP/80` lies in `TCP/all`"])
    #expect(
      try lines("    - {port: 1, endPort: 90}\n    - {port: 5}\n    - {port: 80, endPort: 100}")
        == ["9 : `TCP/5` lies in `TCP/1-90`", "10 : `TCP/80-100` overlaps `TCP/1-90`"])
    // What reaches further takes the place of what it overlaps.
    #expect(
      try lines("    - {port: 1, endPort: 90}\n    - {port: 80, endPort: 100}\n    - {port: 95}")
        == ["9 : `TCP/80-100` overlaps `TCP/1-90`", "10 : `TCP/95` lies in `TCP/80-100`"])
  }

  @Test(
    "not ports that only touch, of two protocols, by name, or of one number",
    arguments: [
      "    - {port: 50, endPort: 60}\n    - {port: 61, endPort: 70}",
      "    - {port: 53}\n    - {port: 53, protocol: UDP}",
      "    - {port: http}\n    - {port: 80}", "    - {port: 80, endPort: 80}",
      "    - {}\n    - {protocol: UDP}",
      "    - {port: http}\n    - {protocol: UDP, port: http}",
    ])
  func notFound(ports: String) throws {
    #expect(try lines(ports) == [])
  }

  @Test("not in rules without effect, which another rule tells")
  func withoutEffect() throws {
    #expect(try lines("    - {port: 1, endPort: 65535}", types: "[Egress]") == [])
  }
}
