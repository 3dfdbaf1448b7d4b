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
