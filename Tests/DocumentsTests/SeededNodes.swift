import TestSupport
import Documents

/// Nodes of any shape, made of hostile text and numbers as YAML reads them.
struct SeededNodes {
  private var numbers: SeededRandom

  init(seed: UInt64) { numbers = SeededRandom(seed: seed) }

  mutating func node(depth: Int = 0) -> Node {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 9), using: &numbers) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &numbers))
    case 2: return .integer(Int64.random(in: .min ... .max, using: &numbers))
    case 3, 4: return .string(text())
    case 5, 6:
      return .sequence((0..<Int.random(in: 0...4, using: &numbers)).map { _ in node(depth: depth + 1) })
    default:
      var names: Set<String> = []
      for _ in 0..<Int.random(in: 0...4, using: &numbers) { names.insert(text()) }
      return Node(.mapping(names.sorted().map { Node.Member($0, node(depth: depth + 1)) }))
    }
  }

  private mutating func text() -> String {
    let parts = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
      HostileText.all.randomElement(using: &numbers) ?? ""
    }
    return Bool.random(using: &numbers) ? parts.joined() : parts.first ?? ""
  }
}
