import Documents
import Kubernetes
import Testing
import Traffic

/// The reasons that an answer gives.
@Suite struct VerdictReasonTests {
  @Test("an end that no policy isolates is open, and no rule is named")
  func open() throws {
    let verdict = try cluster().verdict(from: stranger, to: pod("web", [:]), port: 80, transport: .tcp)
    #expect(verdict.egress == .open && verdict.ingress == .open)
    #expect(!verdict.ingress.isIsolated)
  }

  @Test("every rule that lets a connection through is named, with file and line")
  func allowing() throws {
    let set = try cluster()
    let verdict = set.verdict(
      from: pod("shop", ["app": "web"]), to: pod("shop", ["app": "api"]), port: 8080, transport: .tcp)
    guard case .allowed(let rules) = verdict.ingress else {
      Issue.record("\(verdict)")
      return
    }
    #expect(
      rules.map(\.description) == [
        "shop/api ingress rule 0 (shop.yaml:14)", "shop/api ingress rule 1 (shop.yaml:21)",
      ])
    #expect(verdict.egress == .open)
  }

  static let denials: [(client: String, port: UInt16, cause: Verdict.Cause, nearest: String?)] = [
    ("web", 9090, .port, "shop/api ingress rule 0 (shop.yaml:14)"),
    ("ops", 8080, .peer, "shop/api ingress rule 0 (shop.yaml:14)"),
    ("ops", 8090, .peer, "shop/api ingress rule 1 (shop.yaml:21)"),
    ("ops", 1, .peer, "shop/api ingress rule 0 (shop.yaml:14)"),
  ]

  @Test("a denial says what is missing and which rule comes nearest", arguments: denials)
  func denial(client: String, port: UInt16, cause: Verdict.Cause, nearest: String?) throws {
    let verdict = try cluster().verdict(
      from: pod("shop", ["app": client]), to: pod("shop", ["app": "api"]), port: port, transport: .tcp)
    guard case .denied(let denial) = verdict.ingress else {
      Issue.record("\(verdict)")
      return
    }
    #expect(!verdict.isAllowed)
    #expect(denial.cause == cause)
    #expect(denial.nearest?.description == nearest)
    #expect(denial.isolatedBy.map(\.policy) == ["shop/api", "shop/default-deny"])
  }

  @Test("where the isolating policies have no rule, the denial says so")
  func noRule() throws {
    let verdict = try cluster().verdict(
      from: pod("shop", ["app": "web"]), to: pod("shop", ["app": "db"]), port: 5432, transport: .tcp)
    guard case .denied(let denial) = verdict.ingress else {
      Issue.record("\(verdict)")
      return
    }
    #expect(denial.cause == .noRule && denial.nearest == nil)
    #expect(denial.isolatedBy.map(\.description) == ["shop/default-deny (shop.yaml:40)"])
  }

  private func cluster() throws -> PolicySet {
    var api = policyNode(
      "api", in: "shop",
      [
        "podSelector": ["matchLabels": ["app": "api"]],
        "ingress": [
          ["from": [["podSelector": ["matchLabels": ["app": "web"]]]], "ports": [["port": 8080]]],
          [
            "from": [["podSelector": ["matchLabels": ["app": "web"]]]],
            "ports": [["port": 8080, "endPort": 8090]],
          ],
        ],
      ])
    api.place(rule: 0, atLine: 14)
    api.place(rule: 1, atLine: 21)
    var deny = policyNode("default-deny", in: "shop", ["podSelector": [:], "policyTypes": ["Ingress"]])
    deny.position = Position(line: 40, column: 1)
    return PolicySet(
      try [api, deny].map { try NetworkPolicy($0, file: "shop.yaml", defaultNamespace: "default") })
  }
}

extension Node {
  /// Gives an ingress rule of a policy a place in its file.
  fileprivate mutating func place(rule index: Int, atLine line: Int) {
    guard case .mapping(var members) = value,
      let spec = members.firstIndex(where: { $0.key == "spec" }),
      case .mapping(var sections) = members[spec].value.value,
      let ingress = sections.firstIndex(where: { $0.key == "ingress" }),
      case .sequence(var rules) = sections[ingress].value.value
    else { return }
    rules[index].position = Position(line: line, column: 5)
    sections[ingress].value.value = .sequence(rules)
    members[spec].value.value = .mapping(sections)
    value = .mapping(members)
  }
}
