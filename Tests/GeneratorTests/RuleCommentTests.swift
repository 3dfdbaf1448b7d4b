import Documents
import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("A rule's comment says whom it is for in a line, and what must be known always")
struct RuleCommentTests {
  private static let broad = Need.Breadth.publicName.remark

  struct Case: Sendable, CustomTestStringConvertible {
    let names: Set<String>
    var portNames: Set<String> = []
    var isBroad = false
    let lines: [String]

    var testDescription: String { lines.joined(separator: " / ") }
  }

  @Test(
    "few names stand there, of many the first and how many more there are",
    arguments: [
      Case(names: ["db"], lines: ["db"]),
      Case(names: ["db", "api"], portNames: ["http"], lines: ["api and db, to port http"]),
      Case(names: ["a", "b", "c"], portNames: ["x", "y"], lines: ["a, b and c, to ports x and y"]),
      Case(
        names: ["a"], portNames: ["http", "9090", "443"],
        lines: ["a, to ports 443, 9090 and http"]),
      Case(
        names: Set((10..<100).map { "n\($0)" }),
        lines: ["n10, n11, n12, n13, n14, n15, n16, n17 and 82 more"]),
      Case(
        names: Set((10..<100).map { "n\($0).a-rather-long-name.provider.example" }), isBroad: true,
        lines: [
          "n10.a-rather-long-name.provider.example, n11.a-rather-long-name.provider.example and 88 more",
          "by public name: addresses rotate, so this is broad",
        ]),
      Case(
        names: [String(repeating: "a", count: 300), "b"],
        lines: [String(repeating: "a", count: 86) + "... and 1 more"]),
      Case(
        names: [String(repeating: "a", count: 300)], portNames: ["http"],
        lines: [String(repeating: "a", count: 83) + "..., to port http"]),
      // A name of many bytes a character, of which the last is never cut in two.
      Case(
        names: ["a" + String(repeating: "é", count: 300)],
        lines: ["a" + String(repeating: #"\u{E9}"#, count: 16) + "..."]),
      Case(
        names: [String(repeating: "a", count: 92) + "\u{1F600}bcdefghijkl"],
        lines: [String(repeating: "a", count: 92) + "..."]),
      Case(
        names: [String(repeating: "a", count: 88) + "\u{1F600}bcdefghijkl"],
        lines: [String(repeating: "a", count: 88) + #"\u{1F600}..."#]),
      Case(names: ["a\n- from: []", "\u{202E}b"], lines: [#"a\u{A}- from: [] and \u{202E}b"#]),
    ])
  func words(row: Case) {
    let comment = RuleComment(
      names: row.names, portNames: row.portNames, remark: row.isBroad ? Self.broad : nil)
    #expect(comment.lines == row.lines)
    #expect(comment.lines.allSatisfy { $0.utf8.count <= 100 })
  }

  @Test("of several ports all are told where any has a name, also of what was accepted")
  func ports() throws {
    var town = Shop.town()
    for port: UInt16 in [22, 80, 443] { town.saw(Shop.web, Shop.api, port, .refused) }
    town.saw(Shop.web, Shop.api, 8080, .attempted)
    var options = Options()
    options.namespaces = ["payments"]
    let learned = Learned(town.facts, Inventory(town.objects), options)
    options.decisions = Decisions(
      Dictionary(
        uniqueKeysWithValues: learned.edges.filter { $0.bin == .quarantined }.map {
          (EdgeName($0), Decision(.accept, owner: "ada"))
        }))
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    let policy = plan.policies.first { $0.policy.name == "api" }?.policy
    #expect(
      policy?.ingress.map(\.note) == [["frontend in web, to ports 22, 80, 443 and http; accepted by ada"]])
    // Where none has a name the ports below tell enough.
    var plain = Shop.town()
    plain.saw(Shop.web, Shop.db, 5432)
    plain.saw(Shop.web, Shop.db, 9187)
    let notes = plain.learned("payments").plan.policies.first { $0.policy.name == "db" }?.policy.ingress.map(
      \.note)
    #expect(notes?.contains(["frontend in web"]) == true, "\(notes ?? [])")
  }

  @Test("hundreds of names of one address take two lines, and one more name moves one of them")
  func names() throws {
    func text(_ count: Int) throws -> [String] {
      var town = Shop.town()
      for number in 0..<count {
        town.answered(Shop.api, "bucket-\(10_000 + number).storage.example", "203.0.113.20")
      }
      town.saw(Shop.api, "203.0.113.20", 443)
      let plan = town.learned("payments").plan
      #expect(plan.proof.holds)
      let policy = try #require(plan.policies.first { $0.policy.name == "api" }?.policy)
      return YAML.write([policy.node]).split(separator: "\n").map(String.init)
    }
    let lines = try text(500)
    let comments = lines.filter { $0.contains("#") }
    #expect(comments.count == 3)
    #expect(comments.contains("  # by public name: addresses rotate, so this is broad"))
    #expect(comments.contains { $0.hasSuffix(" and 498 more") })
    let difference = try text(501).difference(from: lines)
    #expect(difference.count == 2, "one line goes and one comes")
  }
}
