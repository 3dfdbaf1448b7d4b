import Documents
import Kubernetes
import Testing

/// What the API server refuses beside what `ServerVerdictTests` has recorded, with its field and its words.
@Suite struct PolicyRefusalTests {
  static let ports: [(port: Plain, complaints: [String])] = [
    (["port": "-a"], [#".port: Invalid value: "-a": must not begin or end with a hyphen"#]),
    (["port": 99_999_999_999], [".port: is the number 99999999999, not a whole number"]),
    (["port": ["80"]], [".port: is a list, not a whole number"]),
  ]

  @Test("a port that the server refuses is refused in the same words", arguments: ports)
  func port(_ port: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.ingress[0].ports[0]", of: ["ingress": [["ports": [port]]]])
  }

  private static let cidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
  static let blocks: [(block: Plain, complaints: [String])] = [
    (
      ["cidr": "::ffff:10.0.0.0/8"],
      [#".ipBlock.cidr: Invalid value: "::ffff:10.0.0.0/8": must not have an IPv4-mapped IPv6 address"#]
    ),
    (
      ["cidr": "010.1.2.3/08"],
      [
        #".ipBlock.cidr: Invalid value: "010.1.2.3/08": must not have leading 0s in IP or prefix length"#,
        #".ipBlock.cidr: Invalid value: "010.1.2.3/08": must not have bits set beyond the prefix length"#,
      ]
    ),
    (["cidr": "10.0.0.0/+8"], [#".ipBlock.cidr: Invalid value: "10.0.0.0/+8": "# + cidr]),
    (["except": ["10.0.0.0/8"]], [".ipBlock.cidr: Required value"]),
    (
      ["cidr": "10.0.0.0/16", "except": ["10.0.1.0/24", "10.0.0.0/8", "192.168.0.0/16", "fd00::/8"]],
      [
        #".ipBlock.except[1]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`"#,
        #".ipBlock.except[2]: Invalid value: "192.168.0.0/16": must be a strict subset of `cidr`"#,
        #".ipBlock.except[3]: Invalid value: "fd00::/8": must be a strict subset of `cidr`"#,
      ]
    ),
  ]

  @Test("a block that the server refuses is refused in the same words", arguments: blocks)
  func block(_ block: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.egress[0].to[0]", of: ["egress": [["to": [["ipBlock": block]]]]])
  }

  static let peers: [(peer: Plain, complaints: [String])] = [
    (nil, [": Required value: must specify a peer"]),
    (["podSelector": nil], [": Required value: must specify a peer"]),
  ]

  @Test("a peer that the server refuses is refused in the same words", arguments: peers)
  func peer(_ peer: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.egress[0].to[0]", of: ["egress": [["to": [peer]]]])
  }

  static let selectors: [(selector: Plain, complaints: [String])] = [
    (["matchlabels": ["a": "1"]], [#".matchlabels: unknown field "spec.podSelector.matchlabels""#]),
    (
      ["matchExpressions": [["key": "a", "operator": "DoesNotExist", "values": ["x"]]]],
      [
        ".matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
      ]
    ),
    (
      ["matchExpressions": [["key": "a", "operator": "NotIn"]]],
      [".matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"]
    ),
    ("app=api", [#": is the text "app=api", not a mapping"#]),
  ]

  @Test("a selector that the server refuses is refused in the same words", arguments: selectors)
  func selector(_ selector: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.podSelector", of: ["podSelector": selector])
  }

  static let labels: [(key: String, value: String, cited: String, demands: [Demand])] = [
    ("app", "a b", "a b", [.labelValue]), ("app", "a-", "a-", [.labelValue]),
    ("app", String(repeating: "a", count: 64), String(repeating: "a", count: 64), [.labelValueLength]),
    ("a/b/c", "", "a/b/c", [.labelKey]), ("Example.com/x", "", "Example.com/x", [.prefixPart]),
    ("", "", "", [.namePartNotEmpty, .namePart]), ("/x", "", "/x", [.prefixPartNotEmpty]),
    (String(repeating: "k", count: 64), "", String(repeating: "k", count: 64), [.namePartLength]),
  ]

  @Test("labels have the server's form, in selectors and in metadata", arguments: labels)
  func label(key: String, value: String, cited: String, demands: [Demand]) {
    let label = Plain(node: Node(.mapping([.init(key, .string(value))])))
    let complaints = demands.map { ": Invalid value: \"\(cited)\": \($0.words)" }
    expect(complaints, under: "spec.podSelector.matchLabels", of: ["podSelector": ["matchLabels": label]])
    let object: Plain = ["metadata": ["name": "t", "labels": label]]
    #expect(refusal(of: object.node) == complaints.map { "metadata.labels" + $0 })
  }

  static let specifications: [(spec: Plain, complaints: [String])] = [
    (["ingress": [:]], [".ingress: is a mapping, not a list"]),
    ([], [": is a list, not a mapping"]),
  ]

  @Test("a specification that the server refuses is refused in the same words", arguments: specifications)
  func specification(_ spec: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec", of: spec)
  }

  private func expect(_ complaints: [String], under path: String, of spec: Plain) {
    #expect(refusal(of: policyNode("t", in: "default", spec)) == complaints.map { path + $0 })
  }
}

/// What is wrong with an object, one text for each cause; empty where nothing is.
func refusal(of node: Node) -> [String] {
  do throws(PolicyError) {
    _ = try NetworkPolicy(node, file: "t.yaml", defaultNamespace: "default")
    return []
  } catch {
    return error.causes.map(\.description)
  }
}
