import TestSupport
import Testing

@testable import Documents

/// The reader for the plainest YAML answers as libyaml's does, or not at all.
struct PlainBlockTests {
  static let policy = """
    # frontend
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      labels:
        app.kubernetes.io/managed-by: netpol-learn
      name: api
    spec:
      ingress:
      # frontend, to port http
      - from:
        - podSelector: {}
        - ipBlock:
            cidr: 2001:db8::/64
            except:
              - 2001:db8::1/128
        ports:
        - port: 8080
          protocol: TCP
      podSelector:
        matchLabels:
          tier: 1:30
          app: 1.2.3
      policyTypes:
      - Ingress

    """

  @Test("a policy is plain, and read as libyaml reads it, with all places")
  func plain() throws {
    let text = bytes(Self.policy)
    let node = try #require(PlainBlocks.read(text))
    #expect(try YAML.read(text) == [node])
    #expect(node[["spec", "podSelector", "matchLabels", "tier"]]?.spelling == "1:30")
  }

  @Test(
    "what means something else to YAML is left to libyaml",
    arguments: [
      "", "a", "a: b", "a:\n", "a: b\na: c\n", "y: b\n", "on: b\n", "1: b\n", "a: b c\n", "a: 'b'\n",
      "a: \"b\"\n",
      "a: *b\n", "a: &b c\n", "a: !b c\n", "a: |\n  b\n", "a: b\n  c\n", "a: b\n  c: d\n", "a: b:\n",
      "a : b\n",
      "a: b \n", "a: \n", "a:  b\n", "a: b # c\n", "a: {b: c}\n", "a: [b]\n", "- a\n", "a:\n- - b\n",
      "a:\n-  b\n",
      "a:\n- b\n  c: d\n", "a:\n  b: c\n d: e\n", "a:\n  - b\n - c\n", "a:\n - b\n  c: d\n",
      "a: b\n---\nc: d\n",
      "---\na: b\n", "a: b\n...\n", "a: b\r\n", "a:\tb\n", "a: é\n", "# é\na: b\n", "a: b\n\n", "? a\n: b\n",
      "<<: b\n",
      "a: -b\n", "a: .b\n", "{}\n", "a:b\n",
    ])
  func refused(text: String) {
    #expect(PlainBlocks.read(bytes(text)) == nil)
  }

  @Test("where a policy is damaged both agree", arguments: 1...60 as ClosedRange<UInt64>)
  func damaged(seed: UInt64) {
    var numbers = SeededRandom(seed: seed)
    let pieces = [" ", "  ", "\n", "- ", "-", ":", ": ", "#", "a", "9", "~", "y", "{}", "[]", "/", "."]
    for _ in 0..<60 {
      var text = bytes(Self.policy)
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        let place = Int.random(in: text.indices, using: &numbers)
        let piece = bytes(pieces.randomElement(using: &numbers) ?? "")
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: text.insert(contentsOf: piece, at: place)
        case 1: text.replaceSubrange(place..<min(place + piece.count, text.count), with: piece)
        default: text.removeSubrange(place..<min(place + piece.count, text.count))
        }
      }
      Self.agree(on: text, "seed \(seed)")
    }
  }

  @Test("on lines thrown together both agree", arguments: 1...60 as ClosedRange<UInt64>)
  func thrown(seed: UInt64) {
    var numbers = SeededRandom(seed: seed)
    let lines = [
      "a:", "b:", "c: d", "e: 1", "f: {}", "- a", "- b: c", "- d:", "# g", "a: b:c", "h: [] ", "- 0x1F",
      "i: 1e3",
      "- - a", "no: k",
    ]
    var read = 0
    for _ in 0..<400 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 1...5, using: &numbers) {
        text += [UInt8](repeating: UInt8(ascii: " "), count: 2 * Int.random(in: 0...2, using: &numbers))
        text += bytes((lines.randomElement(using: &numbers) ?? "") + "\n")
      }
      if Self.agree(on: text, "seed \(seed)") { read += 1 }
    }
    #expect(read > 0, "seed \(seed)")
  }

  /// Whether it was plain.
  @discardableResult
  private static func agree(on text: [UInt8], _ seed: String) -> Bool {
    guard let node = PlainBlocks.read(text) else { return false }
    let known = try? YAML.read(text)
    #expect(known == [node], "\(seed): \(String(decoding: text, as: UTF8.self))")
    return true
  }
}
