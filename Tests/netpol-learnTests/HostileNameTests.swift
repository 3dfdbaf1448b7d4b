import Console
import Documents
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

/// Whoever is recorded chooses the names that he asks for, and whoever makes a pod those of its ports and its owner.
@Suite("Hostile names become nothing but text in any output")
struct HostileNameTests {
  private static let review = "netpol-learn.review"

  /// Names without a dot are the cluster's own.
  private static let texts =
    (HostileText.all + [String(repeating: "y", count: 10_000), "| a | b |", "<script>", "=1+1"])
    .map { $0 + ".example" }

  /// The story, with an address outside for each hostile name, asked for by that name, and one quarantined edge each.
  private static func session() throws -> Session {
    let session = try Session.ofTheStory()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    let facts = try store.conversations()
    let moment = try #require(facts.last(in: facts.lastHours))
    let api = try #require(Address("10.244.1.11"))
    var batch = Batch()
    for (number, text) in texts.enumerated() {
      let address = Address(v4: 0xCB00_7200 + UInt32(number))
      let name = DNSFact.Key(
        hour: moment.hour, recorder: "z", asker: api, answerer: try #require(Address("10.96.0.10")),
        name: text,
        address: address)
      batch.dns += [DNSFact(key: name, activity: Activity(at: moment))].compactMap(\.self)
      for (port, tier) in [(UInt16(8443), Tier.used), (9443, .refused)] {
        let key = Fact.Key(
          hour: moment.hour, recorder: "z", client: api, server: address, port: port, transport: .tcp,
          tier: tier,
          direction: .opening, dialled: nil)
        batch.facts += [Fact(key: key, conversations: 3, activity: Activity(at: moment))].compactMap(\.self)
      }
    }
    try store.record(batch)
    return session
  }

  /// Whether a text would do anything but stand there.
  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" { return true }
      return switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  /// How many records a text in CSV has, by RFC 4180: a line break in quotes ends none, and a quote only opens a field.
  private static func records(_ text: String) -> Int {
    var count = 0
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { count += 1 }
    }
    return isQuoted ? 0 : count
  }

  @Test("in policies they are comment, and YAML and JSON say the same")
  func policies() throws {
    let session = try Self.session()
    let yaml = try session.run("generate", "--ns", "payments", "--external", "exact")
    #expect(yaml.code == .done, "\(yaml.talk)")
    #expect(yaml.output.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == UInt8(ascii: "\n") })
    let documents = try YAML.read(Array(yaml.output.utf8)).map(\.bare)
    let json = try session.run("generate", "--ns", "payments", "--external", "exact", "-o", "json")
    let policies = try #require(try JSON.read(Array(json.output.utf8))["policies"]?.sequence).map(\.bare)
    #expect(documents.count == 7)
    #expect(documents == policies)
    #expect(yaml.output.contains("203.0.114.0/32"))
    let broad = try session.run("generate", "--ns", "payments")
    #expect(try YAML.read(Array(broad.output.utf8)).count == 7)
    #expect(broad.output.contains("by public name: addresses rotate, so this is broad"))
  }

  @Test("in the folder no name makes a path, and the review file is read back as it was")
  func folder() throws {
    let session = try Self.session()
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(outcome.code == .done && Self.isPlain(outcome.talk), "\(outcome.talk)")
    let text = try #require(session.text(of: "policies/\(Self.review)"))
    #expect(Self.isPlain(text))
    let nodes = try #require(try YAML.read(Array(text.utf8), limits: .cluster).first?["edges"]?.sequence)
    let names = nodes.flatMap { $0["names"]?.sequence ?? [] }.compactMap(\.string)
    #expect(Set(Self.texts).isSubset(of: names))
    let again = try session.run(
      "generate", "--ns", "payments", "--out", "@policies", "--accept", "@policies/\(Self.review)")
    #expect(again.code == .done && session.text(of: "policies/\(Self.review)") == text)
  }

  @Test("tables, CSV, JSON lines and Markdown have the lines that they should have")
  func tables() throws {
    let session = try Self.session()
    let lines = try session.run("flows", "--ns", "payments", "-o", "jsonl").output.split(separator: "\n")
    let names = try lines.compactMap { try JSON.read(Array($0.utf8))[["server", "name"]]?.string }
    #expect(Set(Self.texts).isSubset(of: names))
    let table = try session.run("flows", "--ns", "payments", "-o", "table")
    for form in ["table", "wide", "csv", "json"] {
      let outcome = try session.run("flows", "--ns", "payments", "-o", form)
      #expect(outcome.code == .done)
      #expect(Self.isPlain(outcome.output.replacing("\r\n", with: "\n")), "\(form)")
      if form == "csv" {
        #expect(Self.records(outcome.output) == lines.count + 1)
      }
    }
    // A table folds the two addresses of the story's provider, since each other address has a name of its own, and eight
    // ports of its scan into three lines.
    #expect(table.output.utf8.count { $0 == UInt8(ascii: "\n") } == lines.count - 5)
    for form in ["text", "markdown", "json"] {
      let outcome = try session.run("diff", "--ns", "payments", "--against", Story.manifests, "-o", form)
      #expect(outcome.code == .difference, "\(outcome.talk)")
      #expect(Self.isPlain(outcome.output), "\(form)")
      if form == "markdown" {
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
      }
    }
  }

  @Test(
    "an owner whose name is none of Kubernetes' never becomes the name of a policy or a file",
    arguments: [
      "../../etc/x", "a/b", ".", "a\nb", "---", "UPPER", "a b", "\u{202E}x",
      String(repeating: "o", count: 300),
    ])
  func owner(name: String) throws {
    let session = try Session.ofTheStory()
    let pod = Node.mapping([
      "apiVersion": .string("v1"), "kind": .string("Pod"),
      "metadata": .mapping([
        "name": .string("odd-1"), "namespace": .string("payments"),
        "labels": .mapping(["app": .string("odd")]),
        "ownerReferences": .sequence([
          .mapping(["kind": .string("Odd"), "name": .string(name), "controller": .bool(true)])
        ]),
      ]),
      "spec": .mapping(["containers": .sequence([])]),
      "status": .mapping(["podIP": .string("10.244.1.11")]),
    ])
    try session.write(JSON.write(pod, indented: false), to: "odd.json")
    let outcome = try session.run(
      "generate", "--ns", "payments", "--cluster", "@odd.json", "--out", "@policies")
    #expect(Self.isPlain(outcome.talk))
    for file in try YAML.read(Array((session.text(of: "policies/kustomization.yaml") ?? "").utf8)) {
      let names = (file["resources"]?.sequence ?? []).compactMap(\.string)
      #expect(names.allSatisfy { PlainName.accepts($0) })
    }
    #expect(session.text(of: "etc/x") == nil)
  }
}
