import Documents
import Kubernetes
import Testing
import Traffic

@Suite struct PolicyReadingTests {
  static let storedBlocks: [(written: String, read: String?)] = [
    ("10.1.2.3/8", "10.0.0.0/8"), ("010.0.0.0/8", "10.0.0.0/8"), ("10.0.0.0/08", "10.0.0.0/8"),
    ("010.020.1.1/016", "10.20.0.0/16"), ("2001:db8::1/32", "2001:db8::/32"), ("10.0.0.0/33", nil),
    ("10.0.0.1", nil), ("::ffff:10.0.0.0/104", nil), ("10.0.0.0/+8", nil), ("256.0.0.0/8", nil),
  ]

  @Test(
    "a block that is not canonical is its network in a policy that a server holds", arguments: storedBlocks)
  func storedBlock(written: String, read: String?) {
    let spec: Plain = ["ingress": [["from": [["ipBlock": ["cidr": "\(written)"]]]]]]
    let stored: Plain = ["metadata": ["name": "t", "uid": "0001"], "spec": spec]
    let policy = try? NetworkPolicy(stored.node, file: "t.yaml", defaultNamespace: "default")
    #expect(policy?.ingress.map(\.peers.description) == read.map { [$0] })
    #expect(!refusal(of: policyNode("t", in: "default", spec)).isEmpty, "a new one is refused")
  }

  static let isolations: [(spec: Plain, isolation: Isolation)] = [
    ([:], .ingress), (nil, .ingress), (["egress": []], .ingress), (["egress": nil], .ingress),
    (["egress": [[:]]], .both), (["policyTypes": []], .ingress),
    (["policyTypes": nil, "egress": [[:]]], .both),
    (["policyTypes": ["Egress"]], .egress), (["policyTypes": ["Egress", "Ingress"]], .both),
    (["policyTypes": ["Ingress", "Ingress"]], .ingress),
    (["policyTypes": ["Ingress"], "egress": [[:]]], .ingress),
  ]

  @Test("`policyTypes` has the server's default", arguments: isolations)
  func isolation(_ spec: Plain, _ isolation: Isolation) throws {
    #expect(try read(spec).isolates == isolation)
  }

  @Test("absent, null and empty lists of peers or ports mean everybody and everything")
  func everybody() throws {
    let rules: [Plain] = [[:], nil, ["from": []], ["from": nil, "ports": nil], ["ports": []]]
    for rule in rules {
      #expect(try read(["ingress": [rule]]).ingress.map(\.description) == ["anyone on all"], "\(rule)")
    }
  }

  @Test("absent, null and empty lists of rules let nothing through")
  func nobody() throws {
    let specs: [Plain] = [[:], ["ingress": nil], ["ingress": []]]
    for spec in specs { #expect(try read(spec).ingress.isEmpty, "\(spec)") }
  }

  @Test("each form of a peer is its own case")
  func peers() throws {
    let app = LabelSelector(["app": "a"])
    let policy = try read([
      "egress": [
        [
          "to": [
            ["podSelector": ["matchLabels": ["app": "a"]]], ["namespaceSelector": [:]],
            ["namespaceSelector": [:], "podSelector": ["matchLabels": ["app": "a"]]],
            ["ipBlock": ["cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]]],
          ]
        ]
      ]
    ])
    let ten = try #require(Prefix("10.0.0.0/8"))
    let hole = try #require(Prefix("10.1.0.0/16"))
    #expect(
      policy.egress.map(\.peers) == [
        .only(
          .pods(app), .namespaces(.everything), .podsIn(namespaces: .everything, pods: app),
          .block(ten, except: [hole]))
      ])
  }

  @Test("each form of a port is its own case, and TCP is what is meant where no protocol stands")
  func ports() throws {
    let policy = try read([
      "ingress": [
        [
          "ports": [
            [:], ["protocol": "UDP"], ["port": 80], ["port": 80, "endPort": 80],
            ["port": 1, "endPort": 65535],
            ["port": "http"], ["port": "dns", "protocol": "SCTP"],
          ]
        ]
      ]
    ])
    let eighty = try #require(PortRange(80))
    #expect(
      policy.ingress.map(\.ports) == [
        .only(
          .all(.tcp), .all(.udp), .range(.tcp, eighty), .range(.tcp, eighty), .range(.tcp, .whole),
          .named(.tcp, "http"), .named(.sctp, "dns"))
      ])
  }

  @Test("a policy without a namespace goes to the default one, and keeps labels and annotations")
  func metadata() throws {
    let object: Plain = [
      "metadata": [
        "name": "t", "labels": ["a": "1"], "annotations": ["Example.com/Why": "any text, of course"],
        "uid": "1", "managedFields": [],
      ]
    ]
    let policy = try NetworkPolicy(object.node, file: "t.yaml", defaultNamespace: "shop")
    #expect(policy.path == "shop/t")
    #expect(policy.labels == ["a": "1"])
    #expect(policy.annotations == ["Example.com/Why": "any text, of course"])
    #expect(policy.subject == .everything && policy.isolates == .ingress)
  }

  static let objects: [(object: Plain, complaint: String)] = [
    (["metadata": [:]], "metadata.name: Required value: name or generateName is required"),
    (
      ["kind": "Ingress", "metadata": ["name": "t"]],
      #"kind: Invalid value: "Ingress": must be NetworkPolicy"#
    ),
    (
      ["apiVersion": "extensions/v1beta1", "metadata": ["name": "t"]],
      #"apiVersion: Invalid value: "extensions/v1beta1": must be networking.k8s.io/v1"#
    ),
    (["metadata": ["name": "t"], "status": [:]], #"status: unknown field "status""#),
    (["metadata": ["name": "Shop"]], #"metadata.name: Invalid value: "Shop": \#(Demand.subdomain.words)"#),
    (["metadata": ["name": true]], "metadata.name: is true, not text"),
    (
      ["metadata": ["name": "t", "namespace": "a.b"]],
      #"metadata.namespace: Invalid value: "a.b": \#(Demand.namespaceName.words)"#
    ),
  ]

  @Test("an object that is no NetworkPolicy of `networking.k8s.io/v1` is refused", arguments: objects)
  func object(_ object: Plain, _ complaint: String) {
    #expect(refusal(of: object.node) == [complaint])
  }

  @Test("all that is wrong is told at once, with file and line and what to do")
  func severalCauses() throws {
    var object = policyNode(
      "t", in: "shop", ["podselector": [:], "ingress": [["ports": [["port": 0], ["protocol": "Tcp"]]]]])
    object.position = Position(line: 3, column: 1)
    let error = #expect(throws: PolicyError.self) {
      try NetworkPolicy(object, file: "a.yaml", defaultNamespace: "default")
    }
    #expect(
      error?.description == """
        a.yaml: `shop/t`: spec.podselector: unknown field "spec.podselector"
        a.yaml: `shop/t`: spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
        a.yaml: `shop/t`: spec.ingress[0].ports[1].protocol: Unsupported value: "Tcp": supported values: "TCP", "UDP", "SCTP"
        """)
    #expect(error?.hint == "did you mean `podSelector`?")
  }

  static let slips: [(found: String, known: [String], meant: String?)] = [
    ("podselector", ["podSelector", "ports"], "podSelector"), ("port", ["from", "ports"], "ports"),
    ("polcyTypes", ["policyTypes"], "policyTypes"), ("to", ["from", "ports"], nil),
    ("serviceSelector", ["podSelector", "namespaceSelector"], nil),
  ]

  @Test("an unknown field is answered with the one that was meant, or with those there are", arguments: slips)
  func suggestion(found: String, known: [String], meant: String?) {
    let hint = PolicyFlaw.unknownField("spec.\(found)", known: known).hint
    let all = known.map { "`\($0)`" }.joined(separator: ", ")
    #expect(hint == meant.map { "did you mean `\($0)`?" } ?? "this place knows \(all)")
  }

  private func read(_ spec: Plain) throws -> NetworkPolicy {
    try NetworkPolicy(policyNode("t", in: "default", spec), file: "t.yaml", defaultNamespace: "default")
  }
}
