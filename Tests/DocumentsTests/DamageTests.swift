import TestSupport
import Documents
import Testing

/// Broken input is refused or read, but never ends the program: there is no other expectation here than to come back.
struct DamageTests {
  static let manifest = bytes(
    """
    \u{FEFF}%YAML 1.1
    ---
    kind: &k "Network\\u00e9\\x41\\U0001F600Policy" # é
    spec: !!map
      <<: {a: 0x1F, 'b''c': ~}
      ? [x, *k]
      : |2+
          literal
      folded: >-
        text 😀
    ...
    """)
  static let list = bytes(
    #"{"items": [{"a": "\ud83d\ude00é\n", "n": -0.5e+10, "t": true, "f": false, "z": null}], "kind": "PodList"}"#
  )

  @Test("a text cut short anywhere is read or refused", arguments: [manifest, list])
  func truncated(text: [UInt8]) {
    for end in text.indices { Self.readEveryWay(Array(text[..<end])) }
  }

  @Test("JSON cut short anywhere says so, or lacks only its end")
  func truncatedJSON() throws {
    for end in Self.list.indices {
      let error = try #require(complaint { _ = try JSON.read(Array(Self.list[..<end])) })
      #expect(error.reason == .cutShort || error.reason == .notUTF8, "cut at \(end): \(error)")
    }
  }

  @Test("a text with any bytes changed is read or refused", arguments: 1...60 as ClosedRange<UInt64>)
  func mutated(seed: UInt64) {
    var numbers = SeededRandom(seed: seed)
    for original in [Self.manifest, Self.list] {
      for _ in 0..<50 {
        var text = original
        for _ in 0..<Int.random(in: 1...6, using: &numbers) {
          let place = Int.random(in: text.indices, using: &numbers)
          switch Int.random(in: 0..<3, using: &numbers) {
          case 0: text[place] = UInt8.random(in: 0...255, using: &numbers)
          case 1: text.insert(text.randomElement(using: &numbers) ?? 0, at: place)
          default: text.remove(at: place)
          }
        }
        Self.readEveryWay(text)
      }
    }
  }

  @Test("what can be read can be written and read again", arguments: 1...40 as ClosedRange<UInt64>)
  func rewritten(seed: UInt64) throws {
    var numbers = SeededRandom(seed: seed)
    let alphabet = bytes("aé:-?#&*!|>'\"%@`{}[],~<0123.exn \n\n  ")
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 1...24, using: &numbers)).map { _ in
        alphabet.randomElement(using: &numbers) ?? 0
      }
      guard let nodes = try? YAML.read(text), !nodes.isEmpty else { continue }
      let again = try YAML.read(bytes(YAML.write(nodes)))
      #expect(again.map(\.bare) == nodes.map(\.bare), "seed \(seed): \(text)")
    }
  }

  private static func readEveryWay(_ text: [UInt8]) {
    let shape: Shape = ["a": .all, "spec": ["folded": .all]]
    for read in [
      { _ = try YAML.read(text) }, { _ = try JSON.read(text) }, { _ = try JSON.read(text, keeping: shape) },
      { _ = try Document.read(text, keeping: shape) }, { try JSON.readEach(in: text) { _ in } },
    ] as [() throws -> Void] {
      if let error = complaint(read) { #expect(!error.description.isEmpty) }
    }
  }
}
