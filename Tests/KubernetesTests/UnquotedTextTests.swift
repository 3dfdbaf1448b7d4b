import Documents
import Kubernetes
import Testing

/// What YAML 1.1 makes of text without quotes is told with its line, and never taken for the text it was meant as.
struct UnquotedTextTests {
  /// Spellings that the Kubernetes reader takes for something else than text, and for what.
  static let traps = [
    "y": "true", "on": "true", "no": "false", "Off": "false", "012": "the number 10",
    "1e3": "the number 1000",
    "0x1F": "the number 31", "1_000": "the number 1000", "1.10": "the number 1.1", "0b11": "the number 3",
  ]
  /// Spellings that some reader of YAML takes for something else, but not that of Kubernetes.
  static let texts = ["1.2.3", "v1", "yEs", "2020-01-01"]

  /// Text in the place of `@` of a policy, and its line.
  static let places: [(field: String, text: String, line: Int)] = [
    ("metadata.name", "metadata: {name:\n  @}\n", 4),
    ("metadata.namespace", "metadata: {name: p, namespace:\n  @}\n", 4),
    ("metadata.labels.app", "metadata:\n  name: p\n  labels:\n    app: @\n", 6),
    ("metadata.annotations.note", "metadata: {name: p, annotations: {\n  note: @}}\n", 4),
    (
      "spec.podSelector.matchLabels.app",
      "metadata: {name: p}\nspec:\n  podSelector:\n    matchLabels:\n      app: @\n", 7
    ),
    (
      "spec.podSelector.matchExpressions[0].values[0]",
      "metadata: {name: p}\nspec:\n  podSelector:\n    matchExpressions: [{key: a, operator: In, values: [\n    @]}]\n",
      7
    ),
    ("spec.policyTypes[0]", "metadata: {name: p}\nspec: {podSelector: {}, policyTypes: [\n  @]}\n", 5),
    (
      "spec.ingress[0].from[0].ipBlock.cidr",
      "metadata: {name: p}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {\n  cidr: @}}]}]}\n", 5
    ),
    (
      "spec.ingress[0].ports[0].protocol",
      "metadata: {name: p}\nspec: {podSelector: {}, ingress: [{ports: [{port: 80,\n  protocol: @}]}]}\n", 5
    ),
  ]

  @Test("in a policy, wherever text belongs", arguments: traps)
  func policies(spelling: String, read: String) throws {
    for place in Self.places {
      let text =
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + place.text.replacing("@", with: spelling)
      let reading = try PolicyReading(Array(text.utf8), file: "p.yaml")
      let problem = try #require(reading.problems.first, "\(text)")
      let cause = try #require(problem.causes.first { $0.field == place.field }, "\(problem)")
      #expect(
        cause.description
          == "\(place.field): is \"\(spelling)\" without quotes, which YAML reads as \(read), not text")
      #expect(cause.position?.line == place.line)
      #expect(problem.hint == "put it in quotes")
    }
  }

  @Test("in an object of the cluster, wherever labels stand", arguments: traps)
  func objects(spelling: String, read: String) throws {
    let objects = [
      ("Pod", "metadata.labels.version", "metadata:\n  name: p\n  labels:\n    version: @\n"),
      ("Namespace", "metadata.labels.version", "metadata:\n  name: p\n  labels:\n    version: @\n"),
      ("Pod", "metadata.name", "metadata:\n\n\n  name: @\n"),
      ("Pod", "metadata.namespace", "metadata:\n\n  name: p\n  namespace: @\n"),
      ("Service", "spec.selector.version", "metadata: {name: p}\nspec:\n  selector:\n    version: @\n"),
      (
        "ReplicationController", "spec.selector.version",
        "metadata: {name: p}\nspec:\n  selector:\n    version: @\n"
      ),
      (
        "Deployment", "spec.template.metadata.labels.version",
        "metadata: {name: p}\nspec: {template: {metadata: {labels: {\n\n  version: @}}}}\n"
      ),
      (
        "CronJob", "spec.jobTemplate.spec.template.metadata.labels.version",
        "metadata: {name: p}\nspec: {jobTemplate: {spec: {template: {metadata: {labels: {\n\n  version: @}}}}}}\n"
      ),
    ]
    for (kind, field, text) in objects {
      let reading = try ClusterReading(Array("kind: \(kind)\n\(text.replacing("@", with: spelling))".utf8))
      #expect(reading.objects.isEmpty, "\(kind) \(field)")
      let problem = try #require(reading.problems.first)
      let name = field == "metadata.name" ? "" : "p"
      #expect(
        problem.message
          == "`\(field)` of \(kind) `\(name)` is \"\(spelling)\" without quotes, which YAML reads as \(read), not text"
      )
      #expect(problem.position?.line == 5)
      #expect(problem.hint == "put it in quotes")
    }
  }

  /// Spellings of a label's name that the Kubernetes reader takes for another one, and for which.
  static let renamings = [
    "on": "true", "y": "true", "No": "false", "OFF": "false", "012": "10", "1e3": "1000",
  ]

  @Test("a label's name in a policy is told as it is read", arguments: renamings)
  func policyLabelNames(spelling: String, name: String) throws {
    let places = [
      ("metadata.labels", "metadata:\n  name: p\n  labels:\n    @: x\n", 6),
      (
        "spec.podSelector.matchLabels",
        "metadata: {name: p}\nspec:\n  podSelector:\n    matchLabels:\n      @: x\n", 7
      ),
      (
        "spec.ingress[0].from[1].namespaceSelector.matchLabels",
        "metadata: {name: p}\nspec: {podSelector: {}, ingress: [{from: [{podSelector: {}}, {namespaceSelector: {\n  matchLabels: {\n  @: x}}}]}]}\n",
        6
      ),
      (
        "spec.egress[0].to[0].podSelector.matchLabels",
        "metadata: {name: p}\nspec: {podSelector: {}, egress: [{to: [{podSelector: {\n  matchLabels: {@: x}}}]}]}\n",
        5
      ),
    ]
    for (field, body, line) in places {
      let text =
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + body.replacing("@", with: spelling)
      let readings = [
        try PolicyReading(Array(text.utf8), file: "p.yaml").renamedLabels,
        ManifestReading(Array(text.utf8), file: "p.yaml", home: "default").renamedLabels,
      ]
      for labels in readings {
        #expect(
          labels.map(\.message) == [
            "the label \"\(spelling)\" in `\(field)` of NetworkPolicy `p` stands without quotes, and YAML reads its name as `\(name)`"
          ])
        #expect(labels.first?.position?.line == line)
        #expect(labels.first?.hint == "put it in quotes")
      }
    }
  }

  @Test("a label's name in an object of the cluster is told as it is read", arguments: renamings)
  func objectLabelNames(spelling: String, name: String) throws {
    let objects = [
      ("Pod", "metadata.labels", "metadata:\n  name: p\n  labels:\n    @: x\n"),
      ("Service", "spec.selector", "metadata: {name: p}\nspec:\n  selector:\n    @: x\n"),
      (
        "Deployment", "spec.selector.matchLabels",
        "metadata: {name: p}\nspec:\n  selector: {matchLabels: {\n    @: x}}\n"
      ),
      (
        "CronJob", "spec.jobTemplate.spec.template.metadata.labels",
        "metadata: {name: p}\nspec: {jobTemplate: {spec: {template: {metadata: {labels: {\n\n  @: x}}}}}}\n"
      ),
    ]
    for (kind, field, body) in objects {
      let text = Array("kind: \(kind)\n\(body.replacing("@", with: spelling))".utf8)
      let reading = try ClusterReading(text)
      #expect(reading.objects.count == 1 && reading.problems.isEmpty)
      let manifests = ManifestReading(text, file: "p.yaml", home: "default")
      for labels in [reading.renamedLabels, manifests.renamedLabels] {
        #expect(labels.map(\.field) == [field] && labels.map(\.name) == [name])
        #expect(labels.map(\.spelling) == [spelling] && labels.map(\.kind) == [kind])
        #expect(labels.first?.position?.line == 5)
      }
    }
  }

  @Test(
    "a label's name that is read as it is written is not told",
    arguments: ["\"on\"", "'012'", "true", "10", "!!str on", "yEs", "2020-01-01", "app"])
  func plainLabelNames(spelling: String) throws {
    let text = Array("kind: Pod\nmetadata: {name: p, labels: {\(spelling): x}}\n".utf8)
    let reading = try ClusterReading(text)
    #expect(reading.objects.count == 1 && reading.renamedLabels.isEmpty)
    #expect(ManifestReading(text, file: "p", home: "default").renamedLabels.isEmpty)
  }

  @Test("what is named so elsewhere than among labels is not told")
  func otherNames() throws {
    let text = Array(
      "kind: Pod\nmetadata: {name: p, annotations: {on: x}}\n---\nkind: ConfigMap\nmetadata: {name: c, labels: {on: x}}\ndata: {on: x}\n"
        .utf8)
    #expect(try ClusterReading(text).renamedLabels.isEmpty)
    #expect(ManifestReading(text, file: "p", home: "default").renamedLabels.isEmpty)
  }

  @Test("but text that only other readers mistake is text", arguments: texts)
  func text(spelling: String) throws {
    let labels = "metadata: {name: p, labels: {version: \(spelling)}}"
    let reading = try ClusterReading(Array("kind: Pod\n\(labels)\n".utf8))
    #expect(reading.objects.first?.meta.labels == ["version": spelling])
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\(labels)\n"
    #expect(try PolicyReading(Array(policy.utf8), file: "p").policies.first?.labels == ["version": spelling])
  }

  @Test("a label of nothing is an empty one, as the API server takes it", arguments: ["~", "null", ""])
  func nothing(spelling: String) throws {
    let reading = try ClusterReading(
      Array("kind: Pod\nmetadata: {name: p, labels: {version: \(spelling)}}\n".utf8))
    #expect(reading.objects.first?.meta.labels == ["version": ""])
  }
}
