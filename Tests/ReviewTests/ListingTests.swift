import Generator
import Kubernetes
import Testing
import Traffic

@testable import Review

@Suite("Edges as lines of a table")
struct ListingTests {
  @Test("ports beside each other are a range, and of very many the first are told")
  func ports() {
    #expect(PortList.words([443]) == "443")
    #expect(PortList.words([8002, 22, 8000, 8001, 22, 65_535, 65_534]) == "22, 8000-8002, 65534-65535")
    #expect(PortList.fewWords([1, 3, 5, 7, 9, 11]) == "1, 3, 5, 7, 9, 11")
    #expect(PortList.fewWords([1, 3, 5, 7, 9, 11, 13, 15]) == "1, 3, 5, 7, 9, 11 and 2 more")
    #expect(PortList.words(Array(1...1000)) == "1-1000" && PortList.words([]).isEmpty)
  }

  @Test("a scan's ports share a line by server and by how far they came, and needs have a line each")
  func scan() throws {
    var market = try Market()
    for port: UInt16 in [22, 80, 81, 82, 443, 5432] {
      try market.saw("10.244.2.5", "10.244.1.6", port, .refused, times: 2)
    }
    for port: UInt16 in [25, 26] { try market.saw("10.244.2.5", "10.244.1.6", port, .attempted) }
    try market.saw("10.244.2.5", "10.244.1.5", 22, .refused)
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    try market.saw("10.244.1.5", "10.244.1.6", 8081)
    let edges = market.learned("shop").edges
    let lines = EdgeRow.rows(edges).map {
      "\($0.client) → \($0.server) \($0.port) \($0.tier.name) ×\($0.conversations) \($0.bin.rawValue)"
    }
    #expect(
      lines == [
        "shop/web → shop/api 8080/TCP used ×5 learned", "shop/web → shop/api 8081/TCP used ×5 learned",
        "other/guest → shop/api 22, 80-82, 443, 5432/TCP refused ×12 quarantined",
        "other/guest → shop/api 25-26/TCP attempted ×10 quarantined",
        "other/guest → shop/web 22/TCP refused ×5 quarantined",
      ])
    #expect(EdgeRow.each(of: edges).count == edges.count && edges.count == 11)
  }
}
