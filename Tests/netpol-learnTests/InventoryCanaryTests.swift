import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

/// What the cluster keeps secret stays in the cluster: a word that stands in every free field of every kind is in no
/// byte of a store.
@Suite struct InventoryCanaryTests {
  private static let canary = "CANARY-51c0de-Kanarienvogel"

  /// One object of each kind that is read, with the fields in which secrets usually stand.
  private static let objects = """
    kind: Pod
    metadata: {name: p, namespace: shop, uid: pod, generateName: CANARY, finalizers: [CANARY], annotations: {a: CANARY}}
    spec:
      serviceAccountName: CANARY
      containers: [{name: CANARY, image: CANARY, args: [CANARY], env: [{name: A, value: CANARY}], ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /CANARY, port: 80, httpHeaders: [{name: Authorization, value: CANARY}]}}}]
      volumes: [{name: v, csi: {volumeAttributes: {a: CANARY}}}]
    status: {message: CANARY, podIP: 10.0.0.1, phase: CANARY, containerStatuses: [{state: {terminated: {message: CANARY, finishedAt: "2026-11-20T09:00:00Z"}}}]}
    ---
    kind: Service
    metadata: {name: s, namespace: shop, uid: service, annotations: {a: CANARY}}
    spec: {clusterIP: 10.96.0.1, externalName: "CANARY !", loadBalancerClass: CANARY, sessionAffinity: CANARY, ports: [{port: 80, appProtocol: CANARY}]}
    status: {conditions: [{message: CANARY}], loadBalancer: {ingress: [{ip: 192.0.2.1, ports: [{error: CANARY}]}]}}
    ---
    kind: EndpointSlice
    metadata: {name: e, namespace: shop, uid: slice, annotations: {a: CANARY}}
    endpoints: [{addresses: [10.0.0.1], hostname: CANARY, deprecatedTopology: {a: CANARY}}]
    ports: [{port: 80, appProtocol: CANARY}]
    ---
    kind: Endpoints
    metadata: {name: o, namespace: shop, uid: endpoints, annotations: {a: CANARY}}
    subsets: [{addresses: [{ip: 10.0.0.1, hostname: CANARY}], ports: [{port: 80, appProtocol: CANARY}]}]
    ---
    kind: Node
    metadata: {name: node, uid: node, annotations: {a: CANARY}}
    spec: {podCIDR: 10.0.0.0/24, providerID: CANARY}
    status: {addresses: [{address: 192.0.2.9, type: CANARY}], nodeInfo: {systemUUID: CANARY}, images: [{names: [CANARY]}]}
    ---
    kind: Namespace
    metadata: {name: shop, uid: namespace, annotations: {a: CANARY}}
    spec: {finalizers: [CANARY]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: np, namespace: shop, uid: policy, annotations: {a: CANARY}, managedFields: [{manager: CANARY}]}
    spec: {podSelector: {}, policyTypes: [Ingress]}
    ---
    kind: ServiceMonitor
    metadata: {name: sm, namespace: shop, uid: monitor, annotations: {a: CANARY}}
    spec: {selector: {}, endpoints: [{port: http, bearerTokenSecret: {name: CANARY}, params: {t: [CANARY]}, authorization: {credentials: {name: CANARY}}}]}
    ---
    kind: VMPodScrape
    metadata: {name: vm, namespace: shop, uid: scrape, annotations: {a: CANARY}}
    spec: {selector: {}, podMetricsEndpoints: [{targetPort: 80, basicAuth: {password: {name: CANARY}}}]}
    ---
    kind: MutatingWebhookConfiguration
    metadata: {name: wh, uid: webhook, annotations: {a: CANARY}}
    webhooks: [{name: CANARY, clientConfig: {caBundle: CANARY, service: {name: s, namespace: shop, path: /CANARY}}}, {clientConfig: {url: "https://CANARY/"}}]
    ---
    kind: APIService
    metadata: {name: as, uid: apiservice, annotations: {a: CANARY}}
    spec: {caBundle: CANARY, group: CANARY, service: {name: s, namespace: shop, port: 443}}
    status: {conditions: [{message: CANARY}]}
    ---
    kind: CustomResourceDefinition
    metadata: {name: crd, uid: definition, annotations: {a: CANARY}}
    spec: {conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [CANARY], clientConfig: {caBundle: CANARY, service: {name: s, namespace: shop, path: /CANARY}}}}, names: {kind: CANARY}, versions: [{schema: {openAPIV3Schema: {description: CANARY}}}]}
    ---
    kind: CronJob
    metadata: {name: cj, namespace: shop, uid: cronjob, annotations: {a: CANARY}}
    spec: {schedule: CANARY, jobTemplate: {metadata: {annotations: {a: CANARY}}, spec: {template: {metadata: {labels: {app: x}, annotations: {a: CANARY}}, spec: {containers: [{command: [CANARY], env: [{value: CANARY}]}]}}}}}
    ---
    kind: Rollout
    metadata: {name: ro, namespace: shop, uid: rollout, annotations: {a: CANARY}}
    spec: {strategy: {a: CANARY}, workloadRef: {kind: Deployment, name: d, scaleDown: CANARY}, template: {spec: {containers: [{envFrom: [{secretRef: {name: CANARY}}]}]}}}
    ---
    kind: Secret
    metadata: {name: secret, namespace: shop}
    stringData: {a: CANARY}
    """

  /// Mappings whose members are all needed: there is no free field in them.
  private static let labels: Set<String> = ["labels", "matchLabels", "selector"]

  /// The object with one member more in each of its mappings.
  private func filled(_ node: Node, _ name: String = "") -> Node {
    switch node.value {
    case .null, .bool, .number, .string: return node
    case .sequence(let nodes): return Node(.sequence(nodes.map { filled($0, name) }))
    case .mapping(let members):
      if Self.labels.contains(name) { return node }
      let free = [Node.Member("free", .string(Self.canary))]
      return Node(.mapping(members.map { Node.Member($0.key, filled($0.value, $0.key)) } + free))
    }
  }

  private func places(of word: String, in bytes: [UInt8]) -> Int {
    let word = Array(word.utf8)
    var rest = bytes[...]
    var count = 0
    while let place = rest.firstIndex(of: word[0]) {
      rest = rest[place...]
      if rest.starts(with: word) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }

  @Test("in lists, manifests and watches", arguments: ["yaml", "json", "jsonl"])
  func nothingKept(form: String) throws {
    let text = Self.objects.split(separator: "CANARY", omittingEmptySubsequences: false)
      .joined(separator: Self.canary)
    // A policy is read as the API server reads it, which takes no strange field.
    let documents = try YAML.read(Array(text.utf8)).map {
      $0["kind"]?.string == "NetworkPolicy" ? $0 : filled($0)
    }
    let session = try Session()
    switch form {
    case "yaml": try session.write(YAML.write(documents), to: "objects.yaml")
    case "json":
      let list = Node.mapping(["kind": .string("List"), "items": .sequence(documents)])
      try session.write(JSON.write(list, indented: true), to: "objects.json")
    default:
      let events = documents.map { Node.mapping(["type": .string("ADDED"), "object": $0]) }
      try session.write(events.map { JSON.write($0, indented: false) + "\n" }.joined(), to: "objects.jsonl")
    }
    let told = try #require(session.bytes(of: "objects.\(form)"))
    #expect(places(of: Self.canary, in: told) > 100, "the objects have nothing to leave out")
    let outcome = try session.run("cluster", "--cluster", "@objects.\(form)")
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("kept     14 cluster objects"), "\(outcome.talk)")
    #expect(places(of: Self.canary, in: Array(outcome.talk.utf8)) == 0)
    let kept = try #require(session.bytes(of: "netpol-learn.db"))
    #expect(
      places(of: "uid\":\"webhook", in: kept) == 1, "the store is looked through in another form than it has")
    #expect(places(of: Self.canary, in: kept) == 0)
    for log in ["netpol-learn.db-wal", "netpol-learn.db-shm"] {
      #expect(places(of: Self.canary, in: session.bytes(of: log) ?? []) == 0)
    }
  }
}
