import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("The edges of every story are what it says")
struct TruthTests {
  /// One line of a story's truth.
  struct Line {
    let client: String
    let server: String
    let port: Int
    let transport: String
    let tier: String
    let conversations: Int
    let bin: String
    let reason: String
    let clientAddress: String
    let serverAddress: String

    init?(_ text: Substring) {
      let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 10, let port = Int(cells[2]), let conversations = Int(cells[5]) else { return nil }
      (client, server, self.port, transport, tier) = (cells[0], cells[1], port, cells[3], cells[4])
      (self.conversations, bin, reason) = (conversations, cells[6], cells[7])
      (clientAddress, serverAddress) = (cells[8], cells[9])
    }

    /// The edge as one word, with addresses where an end is no workload.
    var edge: String {
      let from = clientAddress == "-" ? client : clientAddress
      let to = serverAddress == "-" ? server : serverAddress
      return "\(from) \(to) \(port)/\(transport)"
    }

    func touches(_ namespace: String) -> Bool {
      client.hasPrefix(namespace + "/") || server.hasPrefix(namespace + "/")
    }
  }

  static func truth(_ sample: Sample) throws -> [Line] {
    let lines = try Repository.text(sample.truth).split(separator: "\n").dropFirst()
    return try lines.map { try #require(Line($0)) }
  }

  @Test("edge by edge: who, whom, port, tier, how often, bin and reason", arguments: Sample.all)
  func edges(sample: Sample) throws {
    let output = try Session.of(sample).run("flows", "-o", "json").output
    let edges = try #require(try JSON.read(Array(output.utf8)).sequence)
    let found = Dictionary(
      edges.map { (Self.word($0), $0) }, uniquingKeysWith: { first, _ in first })
    let truth = try Self.truth(sample)
    #expect(edges.count == truth.count)
    #expect(Set(found.keys) == Set(truth.map(\.edge)))
    for line in truth {
      guard let edge = found[line.edge] else { continue }
      #expect(edge["tier"]?.string == line.tier, "\(line.edge)")
      #expect(edge["conversations"]?.integer == line.conversations, "\(line.edge)")
      #expect(edge["bin"]?.string == line.bin, "\(line.edge)")
      let why = ([edge["reason"]?.string] + (edge["remarks"]?.sequence ?? []).map(\.string)).compactMap(
        \.self)
      #expect(line.reason == "-" || why.contains { $0.hasPrefix(line.reason) }, "\(line.edge): \(why)")
    }
  }

  @Test("the accounting equals the truth, bin by bin", arguments: Sample.all)
  func accounting(sample: Sample) throws {
    let session = try Session.of(sample)
    var namespaces: Set<String> = []
    for line in try Self.truth(sample) {
      for end in [line.client, line.server] where end.contains("/") {
        namespaces.insert(String(end.prefix { $0 != "/" }))
      }
    }
    for namespace in namespaces.sorted() { try expectAccounting(of: namespace, sample, session) }
  }

  private func expectAccounting(of namespace: String, _ sample: Sample, _ session: Session) throws {
    let outcome = try session.run("generate", "--ns", namespace, "-o", "json")
    let accounting = try #require(try JSON.read(Array(outcome.output.utf8))["accounting"])
    let truth = try Self.truth(sample).filter { $0.touches(namespace) }
    let bins = [
      "learned": "learned", "baseline": "baseline", "quarantined": "quarantined",
      "unattributed": "unattributed", "outOfScope": "out-of-scope",
    ]
    #expect(accounting["edges"]?["seen"]?.integer == truth.count)
    #expect(
      accounting["conversations"]?["seen"]?.integer == truth.reduce(0) { $0 + $1.conversations })
    for (key, bin) in bins {
      let expected = truth.filter { $0.bin == bin }
      #expect(accounting["edges"]?[key]?.integer == expected.count, "\(namespace) \(bin)")
      #expect(
        accounting["conversations"]?[key]?.integer == expected.reduce(0) { $0 + $1.conversations },
        "\(namespace) \(bin)")
    }
  }

  private static func word(_ edge: Node) -> String {
    func name(_ end: Node?) -> String {
      guard let workload = end?["workload"]?.string else { return end?["address"]?.string ?? "" }
      return "\(end?["namespace"]?.string ?? "")/\(workload)"
    }
    return
      "\(name(edge["client"])) \(name(edge["server"])) \(edge["port"]?.integer ?? 0)/\(edge["protocol"]?.string ?? "")"
  }
}
