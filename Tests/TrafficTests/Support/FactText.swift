@testable import Traffic

extension Harvest {
  /// Each fact on a line, for comparing in tests: client, server, transport, tier, evidence, what was dialled, count.
  var lines: [String] { facts.map(Self.line) }

  /// Facts of what counts where it was seen, and not between other ends.
  var own: [Fact] { facts.filter { $0.key.direction != .seenAgain } }

  /// Those on lines.
  var ownLines: [String] { own.map(Self.line) }

  private static func line(_ fact: Fact) -> String {
    let key = fact.key
    let dialled = key.dialled.map { " dialled \($0)" } ?? ""
    return "\(key.client) > \(Socket(key.server, key.port)) \(key.transport) \(key.tier.name) "
      + "\(key.direction.name)\(dialled) x\(fact.conversations)"
  }
}
