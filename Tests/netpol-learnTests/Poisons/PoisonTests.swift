import Console
import Documents
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

/// Who can send packets while a cluster is recorded must not be able to write its policies.
@Suite("Poisoned captures give the policies of what was needed")
struct PoisonTests {
  private static let story = Sample.all.first { $0.name == "dual-stack" } ?? .payments
  private static let beginning = Instant("2026-11-20T09:24:00Z") ?? .distantPast

  /// The policies of the story alone, made once.
  private static let untouched = Result { try policies(Poison("nothing") { _ in }, isPoisoned: false) }

  @Test("there are forty of them, each with a name of its own")
  func number() {
    #expect(Poison.all.count >= 40)
    #expect(Set(Poison.all.map(\.name)).count == Poison.all.count)
  }

  @Test("not a byte of the policies changes, but for what is said", arguments: Poison.all)
  func poison(_ poison: Poison) throws {
    let benign =
      poison.benign == nil && poison.options.isEmpty
      ? try Self.untouched.get() : try Self.policies(poison, isPoisoned: false)
    let poisoned = try Self.policies(poison, isPoisoned: true)
    #expect(benign.contains("default-deny"))
    let changed = try Self.changed(benign, poisoned)
    switch poison.effect {
    case .none:
      #expect(poisoned == benign, "\(changed)")
    case .policies(let policies, _):
      #expect(changed == policies)
    case .undefended(let why):
      withKnownIssue("\(why)") { #expect(poisoned == benign, "\(changed)") }
    }
    #expect(poisoned.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
  }

  @Test("a source is called spoofed in a run of one file; beside another file it may be another machine's")
  func oneFile() throws {
    let poison = try #require(Poison.all.first { $0.name.hasPrefix("ten minutes of one-way datagrams") })
    var capture = PoisonedCapture(try Self.story.script(), from: Self.beginning)
    poison.benign?(&capture)
    poison.add(&capture)
    let session = try Session()
    try session.write(capture.bytes, to: "poisoned.pcap")
    let alone = try session.run("learn", "-r", "@poisoned.pcap", "--db", "@alone.db")
    #expect(alone.talk.contains(" from a spoofed source"), "\(alone.talk)")
    let beside = try session.run(
      "learn", "-r", "@poisoned.pcap", "-r", Story.capture, "--db", "@beside.db")
    #expect(beside.code == .done && !beside.talk.contains("spoofed"), "\(beside.talk)")
  }

  /// The policies that are not the same, by namespace and name.
  private static func changed(_ one: String, _ other: String) throws -> [String] {
    let (before, after) = (try byName(one), try byName(other))
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }

  private static func byName(_ manifests: String) throws -> [String: Node] {
    let named = try YAML.read(Array(manifests.utf8), limits: .manifests).map { policy in
      let meta = policy["metadata"]
      return ("\(meta?["namespace"]?.string ?? "")/\(meta?["name"]?.string ?? "")", policy.bare)
    }
    return Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  private static func policies(_ poison: Poison, isPoisoned: Bool) throws -> String {
    var capture = PoisonedCapture(try story.script(), from: beginning)
    poison.benign?(&capture)
    if isPoisoned { poison.add(&capture) }
    let session = try Session()
    try session.write(poison.isOutOfOrder ? capture.bytesAsAdded : capture.bytes, to: "poisoned.pcap")
    _ = try session.run("learn", "-r", "@poisoned.pcap", "--cluster", story.cluster)
    let outcome = try session.run(["generate"] + story.namespaceOptions + poison.options)
    #expect(outcome.code == .done, "\(outcome.talk)")
    return outcome.output
  }
}
