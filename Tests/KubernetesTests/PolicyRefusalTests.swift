import Documents
import Kubernetes
import Testing

/// What the API server refuses, with its field and its words, as recorded from Kubernetes 1.36.
@Suite struct PolicyRefusalTests {
  static let ports: [(port: Plain, complaints: [String])] = [
    (
      ["port": 100, "endPort": 90], [".endPort: Invalid value: 100: must be greater than or equal to `port`"]
    ),
    (
      ["port": "http", "endPort": 90],
      [".endPort: Invalid value: 90: may not be specified when `port` is non-numeric"]
    ),
    (["endPort": 90], [".endPort: Invalid value: 90: may not be specified when `port` is not specified"]),
    (
      ["port": 80, "endPort": 0],
      [
        ".endPort: Invalid value: 80: must be greater than or equal to `port`",
        ".endPort: Invalid value: 0: must be between 1 and 65535, inclusive",
      ]
    ),
    (
      ["port": 80, "endPort": 65536],
      [".endPort: Invalid value: 65536: must be between 1 and 65535, inclusive"]
    ),
    (["port": 0], [".port: Invalid value: 0: must be between 1 and 65535, inclusive"]),
    (["port": -1], [".port: Invalid value: -1: must be between 1 and 65535, inclusive"]),
    (["port": 65536], [".port: Invalid value: 65536: must be between 1 and 65535, inclusive"]),
    (["port": "8080"], [#".port: Invalid value: "8080": must contain at least one letter (a-z)"#]),
    (
      ["port": "HTTP"],
      [
        #".port: Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"#,
        #".port: Invalid value: "HTTP": must contain at least one letter (a-z)"#,
      ]
    ),
    (
      ["port": "abcdefghijklmnop"],
      [#".port: Invalid value: "abcdefghijklmnop": must be no more than 15 characters"#]
    ),
    (["port": "a--b"], [#".port: Invalid value: "a--b": must not contain consecutive hyphens"#]),
    (["port": "-a"], [#".port: Invalid value: "-a": must not begin or end with a hyphen"#]),
    (["protocol": "tcp"], [#".protocol: Unsupported value: "tcp": supported values: "TCP", "UDP", "SCTP""#]),
    (
      ["protocol": "ICMP"], [#".protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP""#]
    ),
    (["port": 80, "endPort": "90"], [#".endPort: is the text "90", not a whole number"#]),
    (["port": 80.5], [".port: is the number 80.5, not a whole number"]),
    (["port": 99_999_999_999], [".port: is the number 99999999999, not a whole number"]),
  ]

  @Test("a port that the server refuses is refused in the same words", arguments: ports)
  func port(_ port: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.ingress[0].ports[0]", of: ["ingress": [["ports": [port]]]])
  }

  private static let cidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
  static let blocks: [(block: Plain, complaints: [String])] = [
    (["cidr": "10.0.0.1"], [#".ipBlock.cidr: Invalid value: "10.0.0.1": "# + cidr]),
    (["cidr": "internet"], [#".ipBlock.cidr: Invalid value: "internet": "# + cidr]),
    (["cidr": "10.0.0.0/33"], [#".ipBlock.cidr: Invalid value: "10.0.0.0/33": "# + cidr]),
    (["cidr": ""], [".ipBlock.cidr: Required value"]),
    (["except": ["10.0.0.0/8"]], [".ipBlock.cidr: Required value"]),
    (
      ["cidr": "010.0.0.0/8"],
      [#".ipBlock.cidr: Invalid value: "010.0.0.0/8": must not have leading 0s in IP or prefix length"#]
    ),
    (
      ["cidr": "10.1.2.3/8"],
      [#".ipBlock.cidr: Invalid value: "10.1.2.3/8": must not have bits set beyond the prefix length"#]
    ),
    (
      ["cidr": "::ffff:10.0.0.0/104"],
      [#".ipBlock.cidr: Invalid value: "::ffff:10.0.0.0/104": must not have an IPv4-mapped IPv6 address"#]
    ),
    (
      ["cidr": "::ffff:10.0.0.0/8"],
      [#".ipBlock.cidr: Invalid value: "::ffff:10.0.0.0/8": must not have an IPv4-mapped IPv6 address"#]
    ),
    (
      ["cidr": "10.0.0.0/8", "except": ["10.0.0.0/8"]],
      [#".ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`"#]
    ),
    (
      ["cidr": "10.0.0.0/16", "except": ["10.0.1.0/24", "10.0.0.0/8", "192.168.0.0/16", "fd00::/8"]],
      [
        #".ipBlock.except[1]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`"#,
        #".ipBlock.except[2]: Invalid value: "192.168.0.0/16": must be a strict subset of `cidr`"#,
        #".ipBlock.except[3]: Invalid value: "fd00::/8": must be a strict subset of `cidr`"#,
      ]
    ),
    (
      ["cidr": "10.0.0.0/8", "except": ["10.1.2.3"]],
      [#".ipBlock.except[0]: Invalid value: "10.1.2.3": "# + cidr]
    ),
  ]

  @Test("a block that the server refuses is refused in the same words", arguments: blocks)
  func block(_ block: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.egress[0].to[0]", of: ["egress": [["to": [["ipBlock": block]]]]])
  }

  static let peers: [(peer: Plain, complaints: [String])] = [
    ([:], [": Required value: must specify a peer"]),
    (nil, [": Required value: must specify a peer"]),
    (["podSelector": nil], [": Required value: must specify a peer"]),
    (
      ["ipBlock": ["cidr": "10.0.0.0/8"], "podSelector": [:]],
      [": Forbidden: may not specify both ipBlock and another peer"]
    ),
    (
      ["ipBlock": ["cidr": "10.0.0.0/8"], "namespaceSelector": [:]],
      [": Forbidden: may not specify both ipBlock and another peer"]
    ),
    (
      ["serviceSelector": [:], "podSelector": [:]],
      [#".serviceSelector: unknown field "spec.egress[0].to[0].serviceSelector""#]
    ),
  ]

  @Test("a peer that the server refuses is refused in the same words", arguments: peers)
  func peer(_ peer: Plain, _ complaints: [String]) {
    expect(complaints, under: "spec.egress[0].to[0]", of: ["egress": [["to": [peer]]]])
  }

  static let selectors: [(selector: Plain, complaints: [String])] = [
    (
      ["matchExpressions": [["key": "a", "operator": "In", "values": []]]],
      [".matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"]
    ),
    (
      ["matchExpressions": [["key": "a", "operator": "Exists", "values": ["x"]]]],
      [
        ".matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
      ]
    ),
    (
      ["matchExpressions": [["key": "a", "operator": "Gt", "values": ["1"]]]],
      [#".matchExpressions[0].operator: Invalid value: "Gt": not a valid selector operator"#]
    ),
    (["matchLabels": ["a": 1]], [".matchLabels.a: is the number 1, not text"]),
    (["matchLabels": ["a": true]], [".matchLabels.a: is true, not text"]),
    (["matchlabels": ["a": "1"]], [#".matchlabels: unknown field "spec.podSelector.matchlabels""#]),
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
    (
      ["policyTypes": ["Both"]],
      [#".policyTypes[0]: Unsupported value: "Both": supported values: "Ingress", "Egress""#]
    ),
    (
      ["policyTypes": ["Ingress", "Egress", "Ingress"]],
      [
        #".policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes"#
      ]
    ),
    (["podselector": [:]], [#".podselector: unknown field "spec.podselector""#]),
    (["egress": [["from": []]]], [#".egress[0].from: unknown field "spec.egress[0].from""#]),
    (["ingress": [["port": 80]]], [#".ingress[0].port: unknown field "spec.ingress[0].port""#]),
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
