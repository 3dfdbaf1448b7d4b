import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("What is kept of a cluster's objects")
struct ClusterObjectTests {
  static let story = "samples/payments/cluster.json"

  @Test("an object that was kept is read back as the same object")
  func roundTrip() throws {
    let objects = try ClusterReading(Repository.read(Self.story)).objects
    #expect(objects.count > 40)
    for object in objects {
      // When a list told it is no word of its own.
      #expect(
        try ClusterObject.read(object.document) == object.told(at: nil), "\(object.kind) \(object.meta.name)")
    }
  }

  @Test("environment variables, free annotations and other fields are never kept")
  func nothingSecret() throws {
    let text = try String(decoding: Repository.read(Self.story), as: UTF8.self)
    let kept = try ClusterReading(Array(text.utf8)).objects.map { JSON.write($0.document, indented: false) }
    for word in ["env", "secret", "managedFields", "image", "password", "kubectl.kubernetes.io"] {
      #expect(!kept.contains { $0.lowercased().contains("\"\(word)") }, "`\(word)` was kept")
    }
    #expect(text.contains("\"env\""), "the sample has nothing to leave out")
  }

  @Test("kinds that are not needed are counted, not read")
  func passedOver() throws {
    let text = """
      {"kind": "List", "apiVersion": "v1", "items": [
        {"kind": "Secret", "metadata": {"name": "s"}, "data": {"token": "c2VjcmV0"}},
        {"kind": "ConfigMap", "metadata": {"name": "c"}},
        {"kind": "Namespace", "metadata": {"name": "payments", "labels": {"team": "pay"}}}
      ]}
      """
    let reading = try ClusterReading(Array(text.utf8))
    #expect(reading.passedOver == ["Secret": 1, "ConfigMap": 1])
    #expect(reading.objects == [.namespace(ObjectMeta(name: "payments", labels: ["team": "pay"]))])
  }

  @Test(
    "what Kubernetes refuses as a name or a label is told and left out",
    arguments: [
      "{name: p, namespace: pay ments}", "{name: P_1, namespace: ns}", "{name: p, namespace: ../../etc}",
      "{name: p, namespace: ns, labels: {app: \"a b\"}}", "{name: p, namespace: ns, labels: {\"a/b/c\": x}}",
    ])
  func badNames(metadata: String) throws {
    let reading = try ClusterReading(Array("kind: Pod\nmetadata: \(metadata)\n".utf8))
    #expect(reading.objects.isEmpty)
    #expect(reading.problems.count == 1)
    #expect(reading.problems[0].position?.line == 1)
  }

  @Test("policies of other API groups are no NetworkPolicies")
  func otherGroups() throws {
    let text =
      "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {selector: all()}\n"
    let reading = try PolicyReading(Array(text.utf8), file: "p.yaml")
    #expect(reading.policies.isEmpty && reading.problems.isEmpty)
    #expect(reading.passedOver == ["NetworkPolicy": 1])
  }

  @Test("an object without a name is told with its line, and the rest is read")
  func nameless() throws {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: one
      """
    let reading = try ClusterReading(Array(text.utf8))
    #expect(reading.objects.map(\.meta.name) == ["one"])
    #expect(reading.problems.map(\.message) == ["a `Pod` without `metadata.name`"])
    #expect(reading.problems.first?.position?.line == 1)
  }

  @Test("a pod is the topmost owner's: the Deployment's, not the ReplicaSet's; the CronJob's, not the Job's")
  func owners() throws {
    let inventory = Inventory(try ClusterReading(Repository.read(Self.story)).objects)
    let owners = Dictionary(
      inventory.pods.indices.map { (inventory.pods[$0].meta.name, inventory.workload(ofPod: $0)) },
      uniquingKeysWith: { first, _ in first })
    #expect(
      owners["api-7f9c8d6b5-4nqzx"] == WorkloadID(namespace: "payments", kind: "Deployment", name: "api"))
    #expect(
      owners["nightly-29919420-x7k2m"] == WorkloadID(namespace: "payments", kind: "CronJob", name: "nightly"))
    #expect(owners["postgres-0"] == WorkloadID(namespace: "payments", kind: "StatefulSet", name: "postgres"))
    #expect(owners["debug-shell"] == WorkloadID(namespace: "payments", kind: "Pod", name: "debug-shell"))
  }

  private static func workload(_ kind: String, _ name: String, owner: OwnerReference? = nil) -> ClusterObject
  {
    .workload(
      Workload(
        kind: kind, meta: ObjectMeta(namespace: "n", name: name, owner: owner), selector: nil,
        templateLabels: [:], ports: [], usesHostNetwork: false))
  }

  private static func pod(_ name: String, owner: OwnerReference, isOver: Bool = false) -> ClusterObject {
    .pod(
      Pod(
        meta: ObjectMeta(namespace: "n", name: name, uid: name, owner: owner), usesHostNetwork: false,
        ports: [],
        probes: [], addresses: [], isOver: isOver))
  }

  @Test(
    "what stands above a known maker of pods counts only where its kind makes pods too",
    arguments: [
      ("StatefulSet", OwnerReference(kind: "Prometheus", name: "main"), "StatefulSet/w"),
      ("ReplicaSet", OwnerReference(kind: "Deployment", name: "api"), "Deployment/api"),
      ("ReplicaSet", OwnerReference(kind: "Rollout", name: "api"), "Rollout/api"),
    ])
  func operators(kind: String, above: OwnerReference, expected: String) {
    let inventory = Inventory([
      Self.workload(kind, "w", owner: above), Self.pod("p", owner: OwnerReference(kind: kind, name: "w")),
    ])
    let id = inventory.workload(ofPod: 0)
    #expect("\(id.kind)/\(id.name)" == expected)
    #expect(inventory.topmost == [id])
    #expect(inventory.pods(of: id) == [0])
  }

  @Test("a pod's owner of a kind that nobody knows counts by its name")
  func strangeOwner() {
    let inventory = Inventory([Self.pod("p", owner: OwnerReference(kind: "Cluster", name: "db"))])
    #expect(inventory.workload(ofPod: 0) == WorkloadID(namespace: "n", kind: "Cluster", name: "db"))
  }

  @Test("of one object told twice, the later telling counts")
  func toldTwice() {
    let owner = OwnerReference(kind: "Job", name: "j")
    let pods = Inventory([Self.pod("p", owner: owner), Self.pod("p", owner: owner, isOver: true)]).pods
    #expect(pods.map(\.isOver) == [true])
  }

  @Test("a chain of owners that closes on itself ends")
  func endlessOwners() {
    let inventory = Inventory([
      Self.workload("Rollout", "a", owner: OwnerReference(kind: "Rollout", name: "b")),
      Self.workload("Rollout", "b", owner: OwnerReference(kind: "Rollout", name: "a")),
    ])
    #expect(!inventory.topmost.isEmpty)
  }

  @Test("a probe counts by number and by the name of the container's port")
  func probes() throws {
    let text = """
      kind: Pod
      metadata: {name: p, namespace: ns}
      spec:
        containers:
        - ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {port: http}}
          readinessProbe: {tcpSocket: {port: 9000}}
      """
    guard case .pod(let pod) = try ClusterReading(Array(text.utf8)).objects.first else {
      Issue.record("no pod was read")
      return
    }
    #expect(pod.probes == [8080, 9000])
  }
}
