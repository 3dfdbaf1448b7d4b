import Documents
import Kubernetes
import Testing
import Traffic

@Suite struct PolicyWritingTests {
  @Test("a policy is written with every default spelt out and every key in alphabetical order")
  func whole() throws {
    let policy = NetworkPolicy(
      namespace: "payments", name: "api", labels: ["b": "2", "a": "1"], annotations: ["why": "because"],
      subject: LabelSelector(["app": "api"], [LabelRequirement("canary", .isAbsent)]), isolates: .both,
      ingress: [
        Rule(
          .only(.podsIn(namespaces: .namespace("web"), pods: LabelSelector(["app": "frontend"]))),
          .only(
            .range(.tcp, try #require(PortRange(8080))), .range(.udp, try #require(PortRange(1, through: 9)))),
          note: ["frontend in web, to port http"])
      ],
      egress: [
        Rule(
          .only(
            .block(try #require(Prefix("0.0.0.0/0")), except: [try #require(Prefix("10.0.0.0/8"))]),
            .pods(LabelSelector([:], [LabelRequirement("tier", .isOneOf(.init("b", "a")))]))),
          .only(.all(.sctp), .named(.tcp, "https"))),
        Rule(.anyone, .every),
      ])
    let expected: Plain = [
      "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
      "metadata": [
        "annotations": ["why": "because"], "labels": ["a": "1", "b": "2"], "name": "api",
        "namespace": "payments",
      ],
      "spec": [
        "egress": [
          [
            "ports": [["protocol": "SCTP"], ["port": "https", "protocol": "TCP"]],
            "to": [
              ["ipBlock": ["cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]]],
              [
                "podSelector": [
                  "matchExpressions": [["key": "tier", "operator": "In", "values": ["a", "b"]]]
                ]
              ],
            ],
          ],
          [:],
        ],
        "ingress": [
          [
            "from": [
              [
                "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "web"]],
                "podSelector": ["matchLabels": ["app": "frontend"]],
              ]
            ],
            "ports": [["port": 8080, "protocol": "TCP"], ["endPort": 9, "port": 1, "protocol": "UDP"]],
          ]
        ],
        "podSelector": [
          "matchExpressions": [["key": "canary", "operator": "DoesNotExist"]], "matchLabels": ["app": "api"],
        ],
        "policyTypes": ["Ingress", "Egress"],
      ],
    ]
    #expect(policy.node.withoutComments == expected.node)
    #expect(
      policy.node[["spec", "ingress"]]?.sequence?.map(\.comment) == [["frontend in web, to port http"]])
    let again = try NetworkPolicy(policy.node, file: "again.yaml", defaultNamespace: "default")
    #expect(again.withoutOrigin == policy)
  }

  @Test("a policy that denies everything has no sections")
  func defaultDeny() {
    let policy = NetworkPolicy(
      namespace: "payments", name: "default-deny", subject: .everything, isolates: .both)
    let expected: Plain = [
      "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
      "metadata": ["name": "default-deny", "namespace": "payments"],
      "spec": ["podSelector": [:], "policyTypes": ["Ingress", "Egress"]],
    ]
    #expect(policy.node == expected.node)
  }
}

extension Node {
  /// The same node with no comment in it.
  fileprivate var withoutComments: Node {
    switch value {
    case .mapping(let members):
      Node(.mapping(members.map { Member($0.key, $0.value.withoutComments) }))
    case .sequence(let nodes): .sequence(nodes.map(\.withoutComments))
    case .null, .bool, .number, .string: Node(value)
    }
  }
}
