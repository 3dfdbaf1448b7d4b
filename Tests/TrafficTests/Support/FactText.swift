@testable import Traffic

extension Harvest {
  /// Each fact on a line, for comparing in tests: client, server, transport, tier, evidence, what was dialled, count.
  var lines: [String] {
    facts.map { fact in
      let key = fact.key
      let dialled = key.dialled.map { " dialled \($0)" } ?? ""
      return "\(key.client) > \(Socket(key.server, key.port)) \(key.transport) \(key.tier.name) "
        + "\(key.direction.name)\(dialled) x\(fact.conversations)"
    }
  }
}
