import Documents
import Kubernetes

/// Findings as a SARIF 2.1.0 log (OASIS, March 2020), which code hosts show beside the lines of a pull request.
enum Sarif {
  /// What is said once of all findings of a rule.
  struct Rule {
    let name: String
    let severity: Severity
    /// What it finds, in one line.
    let summary: String
    /// Why that matters and what to do.
    let why: String
    /// All there is to say, in Markdown.
    let page: String
  }

  /// The log of these findings, each by one of these rules.
  static func log(_ findings: [Finding], by rules: [Rule], version: String) -> Node {
    .mapping([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .sequence([
        .mapping([
          "tool": .mapping(["driver": driver(rules, version)]),
          "columnKind": .string("unicodeCodePoints"),
          "results": .sequence(findings.map { result($0, rules) }),
        ])
      ]),
    ])
  }

  private static func driver(_ rules: [Rule], _ version: String) -> Node {
    .mapping([
      "name": .string("netpol-learn"),
      "semanticVersion": .string(version),
      "rules": .sequence(rules.map(\.node)),
    ])
  }

  private static func result(_ finding: Finding, _ rules: [Rule]) -> Node {
    var members: [Node.Member] = [Node.Member("ruleId", .string(finding.rule))]
    if let index = rules.firstIndex(where: { $0.name == finding.rule }) {
      members.append(Node.Member("ruleIndex", .integer(index)))
    }
    let words = finding.hint.map { "\(finding.message). Hint: \($0)." } ?? "\(finding.message)."
    members.append(Node.Member("level", .string(finding.severity.level)))
    members.append(Node.Member("message", .mapping(["text": .string(words)])))
    if let location = finding.location { members.append(Node.Member("locations", .sequence([location]))) }
    let fingerprint: Node = .mapping(["netpolLearn/v1": .string(finding.fingerprint)])
    members.append(Node.Member("partialFingerprints", fingerprint))
    if let suppression = finding.suppression {
      let inSource: Node = .mapping([
        "kind": .string("inSource"), "status": .string("accepted"),
        "justification": .string("until \(suppression.until): \(suppression.reason)"),
      ])
      members.append(Node.Member("suppressions", .sequence([inSource])))
    }
    return Node(.mapping(members))
  }
}

extension Finding {
  fileprivate var location: Node? {
    guard let place else { return nil }
    var physical = [Node.Member("artifactLocation", Self.artifact(place.file))]
    if let line = place.line {
      physical.append(Node.Member("region", .mapping(["startLine": .integer(line)])))
    }
    var members = [Node.Member("physicalLocation", Node(.mapping(physical)))]
    if let object {
      let logical: Node = .mapping(["fullyQualifiedName": .string(object), "kind": .string("resource")])
      members.append(Node.Member("logicalLocations", .sequence([logical])))
    }
    return Node(.mapping(members))
  }

  /// A file by its URI: of the whole machine, or of the sources' root, which whoever shows the log knows.
  private static func artifact(_ file: String) -> Node {
    guard !file.hasPrefix("/") else { return .mapping(["uri": .string("file://" + uri(file))]) }
    var path = Substring(file)
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    return .mapping(["uri": .string(uri(String(path))), "uriBaseId": .string("%SRCROOT%")])
  }

  /// A path as a URI reference: what RFC 3986 does not let stand as it is, is written by its bytes.
  private static func uri(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return path.utf8.reduce(into: "") { uri, byte in
      if plain.contains(byte) {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
  }
}

extension Severity {
  /// The word that SARIF has for it.
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension Sarif.Rule {
  fileprivate var node: Node {
    .mapping([
      "id": .string(name),
      "shortDescription": .mapping(["text": .string(summary)]),
      "fullDescription": .mapping(["text": .string(why)]),
      "help": .mapping(["text": .string(page), "markdown": .string(page)]),
      "defaultConfiguration": .mapping(["level": .string(severity.level)]),
    ])
  }
}
