import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Needs that broader ones cover have no rules of their own")
struct BroadNeedTests {
  private static func need(
    _ block: String?, except: [String] = [], port: UInt16 = 443, _ name: String = "n",
    _ breadth: Need.Breadth = .exact, approval: String? = nil
  ) -> Need? {
    PortRange(port).map {
      Need(
        peer: block.flatMap { Prefix($0) }.map { .block($0, except: except.compactMap { Prefix($0) }) },
        port: .range(.tcp, $0), names: [name], portName: nil, breadth: breadth, approval: approval)
    }
  }

  @Test("all blocks are asked as if each were compared with every other", arguments: [1, 2, 3, 4, 5])
  func naive(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let needs = (0..<12).compactMap { _ -> Need? in
        let length = [0, 8, 16, 24, 32].randomElement(using: &random) ?? 32
        let block = Prefix(
          Address(
            v4: UInt32.random(in: 0..<4, using: &random) << 24 | UInt32.random(in: 0..<3, using: &random)
              << 16),
          length: length)
        let isEverybody = Int.random(in: 0..<20, using: &random) == 0
        return Self.need(
          isEverybody ? nil : block?.description,
          except: Bool.random(using: &random) && length == 0 ? ["1.0.0.0/8"] : [],
          port: UInt16.random(in: 1...2, using: &random), "n\(Int.random(in: 0..<3, using: &random))",
          [.exact, .network, .publicName].randomElement(using: &random) ?? .exact,
          approval: Int.random(in: 0..<4, using: &random) == 0 ? "ada" : nil)
      }
      let distinct = Set(Need.distinct(needs))
      // What is open stays open, and nothing else is.
      for need in needs {
        #expect(distinct.contains { Self.covers($0, need) || $0.peer == need.peer && $0.port == need.port })
      }
      for one in distinct {
        #expect(needs.contains { $0.peer == one.peer && $0.port == one.port })
        #expect(!distinct.contains { $0.breadth >= .network && Self.covers($0, one) }, "\(seed)")
      }
    }
  }

  private static func covers(_ one: Need, _ other: Need) -> Bool {
    guard one.port == other.port, one.peer != other.peer, one.approval == nil || other.approval != nil else {
      return false
    }
    guard let peer = one.peer else { return one.breadth >= .network }
    guard case .block(let mine, let holes) = peer, case .block(let theirs, _)? = other.peer else {
      return false
    }
    return one.breadth >= .network && mine.contains(theirs)
      && !holes.contains { $0.contains(theirs) || theirs.contains($0) }
  }

  @Test("thousands of names of one opening are one rule with all of them")
  func names() throws {
    let names = (0..<20_000).map { "host-\($0).example" }
    let needs = names.compactMap { Self.need("0.0.0.0/0", $0, .publicName) }
    #expect(Set(Need.distinct(needs).flatMap(\.names)).count == names.count)
    #expect(RuleBook.entries(for: needs).count == 1)
  }
}
