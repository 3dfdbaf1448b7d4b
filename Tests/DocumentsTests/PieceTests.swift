import Documents
import TestSupport
import Testing

/// A text says the same in whatever pieces it comes.
struct PieceTests {
  /// What a text says, or what is wrong with it and where; the items before a fault count.
  private static func outcome(_ stream: consuming DocumentStream) -> [String] {
    var stream = stream
    var found: [String] = []
    do {
      while let node = try stream.next() { found.append("\(node)") }
    } catch {
      found.append("\(error)")
    }
    return found
  }

  private static func outcome(_ text: [UInt8], piece size: Int, keeping shape: Shape) -> [String] {
    var rest = text[...]
    let pieces = { () -> [UInt8]? in
      guard !rest.isEmpty else { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    do {
      return outcome(try DocumentStream(pieces: pieces, keeping: shape))
    } catch {
      return ["\(error)"]
    }
  }

  private static func same(_ text: [UInt8], _ words: String) {
    for shape in [Shape.all, ["metadata": ["name": .all], "items": .all]] {
      let whole = outcome(text, piece: max(1, text.count), keeping: shape)
      for size in [1, 2, 3, 5, 7, 64] {
        #expect(outcome(text, piece: size, keeping: shape) == whole, "pieces of \(size): \(words)")
      }
    }
  }

  private static let texts: [String] = [
    "", " \n ", "\u{FEFF}", "\u{FEFF} {\"a\":1}", "a: 1\n---\nb: é\n", "# {\n{\"a\": 1}",
    #"{"kind":"PodList","items":[{"metadata":{"name":"a\nb","uid":"x"}},{"metadata":{"name":"日本😀"}}],"x":null}"#,
    #"{"items":[{"a":1},{"a":2}],"kind":"PodList","x":[true,false],"apiVersion":"v1"}  {"n":-12.50e+10}"#,
    "[1, 20,\r\n\t300,\n4000]", "12345", #""\ud83d\ude00 \u00e9 \\ \/ \" é😀""#,
    #"{"metadata": {"n\u0061me": "escaped", "other": "\u0001"}}"#,
  ]

  @Test("where a piece ends means nothing", arguments: texts)
  func whole(text: String) { Self.same(bytes(text), text) }

  @Test("nor where the text is cut short", arguments: texts)
  func cut(text: String) {
    let whole = bytes(text)
    for end in whole.indices { Self.same(Array(whole[..<end]), "\(text) up to \(end)") }
  }

  @Test("nor where it is broken", arguments: 1...20 as ClosedRange<UInt64>)
  func broken(seed: UInt64) {
    var numbers = SeededRandom(seed: seed)
    for original in [DamageTests.list, DamageTests.manifest, bytes(Self.texts[6])] {
      for _ in 0..<10 {
        var text = original
        for _ in 0..<3 {
          text[Int.random(in: text.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
        }
        Self.same(text, "seed \(seed): \(text)")
      }
    }
  }

  @Test("bytes are counted over all pieces")
  func limit() {
    var limits = Limits.cluster
    limits.bytes = 10
    var left = 6
    let pieces = { () -> [UInt8]? in
      left -= 1
      return left < 0 ? nil : [0x20, 0x20]
    }
    let error = complaint {
      var stream = try DocumentStream(pieces: pieces, limits: limits)
      _ = try stream.next()
    }
    #expect(error?.reason == .tooManyBytes(limit: 10))
  }
}
