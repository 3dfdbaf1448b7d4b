import Testing

@testable import Review

@Suite("Ways to the metadata service are found")
struct MetadataReachableTests {
  private func found(_ text: String) throws -> [String] {
    try LintScene(text, rule: .metadataReachable).lines
  }
  private func block(_ cidr: String, _ except: String = "", ports: String = "") -> String {
    Written.egress("api", "{to: [{ipBlock: {cidr: '\(cidr)', except: [\(except)]}}], ports: [\(ports)]}")
  }

  @Test("through a broad block and through a rule without peers")
  func reachable() throws {
    #expect(
      try found(block("0.0.0.0/0", "10.0.0.0/8")) == [
        "5 metadata-reachable: `shop/api`, egress rule 0, lets its pods reach the metadata service at 169.254.169.254"
      ])
    #expect(
      try found(Written.egress("api", "{ports: [{port: 80}]}")) == [
        "5 metadata-reachable: `shop/api`, egress rule 0, names no peers, so its pods reach the metadata service at "
          + "169.254.169.254"
      ])
    #expect(try found(block("169.254.0.0/16")).count == 1)
    #expect(try found(block("::/0")).first?.contains("fd00:ec2::254") == true)
    #expect(try found(block("0.0.0.0/0", ports: "{port: 1, endPort: 1024}")).count == 1)
  }

  @Test("not where the address is cut out, the port is another, or the block is another family's")
  func sound() throws {
    #expect(try found(block("0.0.0.0/0", "169.254.169.254/32")) == [])
    #expect(try found(block("0.0.0.0/0", "169.254.0.0/16")) == [])
    #expect(try found(block("0.0.0.0/0", ports: "{port: 443}")) == [])
    #expect(try found(block("0.0.0.0/0", ports: "{port: 80, protocol: UDP}")) == [])
    #expect(try found(block("0.0.0.0/0", ports: "{port: http}")) == [])
    #expect(try found(block("::/0", "'fd00::/8'")) == [])
    #expect(try found(block("10.0.0.0/8")) == [])
    #expect(try found(Written.egress("api", "{ports: [{port: 53, protocol: UDP}]}")) == [])
    #expect(try found(Written.egress("api", "{to: [{namespaceSelector: {}}]}")) == [])
  }

  @Test("not where somebody wrote that one address, or the policy says nothing of egress")
  func meant() throws {
    #expect(try found(block("169.254.169.254/32")) == [])
    #expect(try found(block("169.254.170.23/32")) == [])
    #expect(try found(Written.policy("a", "podSelector: {}, policyTypes: [Ingress], egress: [{}]")) == [])
  }
}
