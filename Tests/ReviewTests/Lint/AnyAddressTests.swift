import Testing

@testable import Review

@Suite("Blocks of all addresses are found")
struct AnyAddressTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .anyAddress).lines }
  private let cut = "except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]"

  @Test("for ingress, on every port")
  func ingress() throws {
    #expect(
      try found(Written.ingress("api", "{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}")) == [
        "5 any-address: `shop/api`, ingress rule 0, lets 0.0.0.0/0 in on every port"
      ])
    #expect(
      try found(Written.ingress("api", "{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}")) == [])
    #expect(try found(Written.ingress("api", "{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}")) == [])
  }

  @Test("for egress, with private networks in them or on every port")
  func egress() throws {
    #expect(
      try found(Written.egress("api", "{to: [{ipBlock: {cidr: '::/0'}}], ports: [{port: 443}]}")) == [
        "5 any-address: `shop/api`, egress rule 0, reaches ::/0, private networks included"
      ])
    let open = "{to: [{ipBlock: {cidr: 0.0.0.0/0, \(cut)}}]}"
    #expect(
      try found(Written.egress("api", open)) == [
        "5 any-address: `shop/api`, egress rule 0, reaches 0.0.0.0/0 on every port"
      ])
    let halves = "{to: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}], ports: [{port: 443}]}"
    #expect(try found(Written.egress("api", halves)).count == 2)
  }

  @Test("not for the internet on a port, whose block leaves the private networks out")
  func internet() throws {
    #expect(
      try found(Written.egress("api", "{to: [{ipBlock: {cidr: 0.0.0.0/0, \(cut)}}], ports: [{port: 443}]}"))
        == [])
    let six = "{to: [{ipBlock: {cidr: '::/0', except: ['fc00::/7']}}], ports: [{port: 443}]}"
    #expect(try found(Written.egress("api", six)) == [])
    // A hole elsewhere is none of a private network.
    let other = "{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [192.0.2.0/24]}}], ports: [{port: 443}]}"
    #expect(try found(Written.egress("api", other)).count == 1)
  }
}
