import Testing
import Traffic

@testable import Kubernetes

@Suite("Whose a pod is")
struct OwnerTests {
  private static func owner(_ texts: String...) throws -> String {
    let objects = try texts.flatMap { try ClusterReading(Array($0.utf8)).objects }
    let inventory = Inventory(objects)
    let pod = try #require(inventory.pods.indices.first)
    let id = inventory.workload(ofPod: pod)
    return "\(id.kind)/\(id.name)"
  }

  private static func pod(_ owner: String, version: String, name: String, labels: String = "{}") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      name: p
      namespace: shop
      labels: \(labels)
      ownerReferences: [{apiVersion: \(version), kind: \(owner), name: \(name), uid: o, controller: true}]
    """
  }

  private static func made(_ kind: String, _ version: String, _ name: String, by owner: String) -> String {
    """
    apiVersion: \(version)
    kind: \(kind)
    metadata:
      name: \(name)
      namespace: shop
      ownerReferences: [\(owner)]
    """
  }

  @Test(
    "what makes a kind anew for each version or run is the workload, though nobody knows its kind",
    arguments: [
      (
        "ReplicationController", "v1",
        "{apiVersion: apps.openshift.io/v1, kind: DeploymentConfig, name: api, controller: true}",
        "DeploymentConfig/api"
      ),
      (
        "Job", "batch/v1", "{apiVersion: keda.sh/v1alpha1, kind: ScaledJob, name: mail, controller: true}",
        "ScaledJob/mail"
      ),
      (
        "ReplicaSet", "apps/v1", "{apiVersion: x.example.org/v1, kind: Canary, name: web, controller: true}",
        "Canary/web"
      ),
      (
        "StatefulSet", "apps/v1",
        "{apiVersion: x.example.org/v1, kind: Database, name: db, controller: true}", "StatefulSet/w-1"
      ),
    ])
  func strangers(kind: String, version: String, above: String, expected: String) throws {
    let chain = try Self.owner(
      Self.pod(kind, version: version, name: "w-1"), Self.made(kind, version, "w-1", by: above))
    #expect(chain == expected)
  }

  @Test("of several owners it is the one that controls")
  func controller() throws {
    let text = """
      kind: Pod
      metadata:
        name: p
        namespace: shop
        ownerReferences:
        - {apiVersion: v1, kind: ConfigMap, name: c}
        - {apiVersion: apps/v1, kind: DaemonSet, name: agent, controller: true}
      """
    #expect(try Self.owner(text) == "DaemonSet/agent")
  }

  @Test("an owner of another API group is not the workload of the same kind and name")
  func otherGroup() throws {
    let own =
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: train, namespace: shop, ownerReferences: [{kind: CronJob, name: nightly, controller: true}]}\n"
    #expect(try Self.owner(Self.pod("Job", version: "batch/v1", name: "train"), own) == "CronJob/nightly")
    #expect(
      try Self.owner(Self.pod("Job", version: "batch.volcano.sh/v1alpha1", name: "train"), own)
        == "Job.batch.volcano.sh/train")
  }

  @Test(
    "a pod of a Job that nobody listed is the CronJob's whose name and labels it has",
    arguments: [
      ("nightly-29919420", "{app: report}", "CronJob/nightly"),
      ("nightly-29919420", "{app: other}", "Job/nightly-29919420"),
      ("nightly-byhand", "{app: report}", "Job/nightly-byhand"),
      ("weekly-29919420", "{app: report}", "Job/weekly-29919420"),
    ])
  func vanishedRun(job: String, labels: String, expected: String) throws {
    let cronJob = """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: nightly, namespace: shop}
      spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: report}}}}}}
      """
    #expect(
      try Self.owner(Self.pod("Job", version: "batch/v1", name: job, labels: labels), cronJob) == expected)
  }

  @Test("of two workloads of one name, the one that was made later counts, whatever their identities are")
  func generations() throws {
    func deployment(_ uid: String, _ time: String, _ app: String) -> String {
      """
      {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d","namespace":"n","uid":"\(uid)",\
      "resourceVersion":"5","creationTimestamp":"2026-11-20T\(time)Z"},
      "spec":{"selector":{"matchLabels":{"app":"\(app)"}},"template":{"metadata":{"labels":{"app":"\(app)"}}}}}
      """
    }
    for (first, second) in [("a", "b"), ("b", "a")] {
      let text = deployment(first, "09:00:00", "old") + deployment(second, "10:00:00", "new")
      let workloads = Inventory(try ClusterReading(Array(text.utf8)).objects).workloads
      #expect(workloads.values.map(\.templateLabels) == [["app": "new"]])
    }
  }

  @Test(
    "a pod is over when the next pod of its name and maker is made, though nobody told of its end",
    arguments: [("set", true), ("another set", false), ("", false)])
  func successors(maker: String, isOver: Bool) throws {
    func pod(_ uid: String, _ address: String, _ time: String, _ maker: String) -> String {
      """
      {"kind":"Pod","metadata":{"name":"db-0","namespace":"n","uid":"\(uid)","resourceVersion":"5",\
      "ownerReferences":[{"kind":"StatefulSet","name":"db","uid":"\(maker)"}],\
      "creationTimestamp":"2026-11-20T\(time)Z"},"status":{"podIP":"\(address)"}}
      """
    }
    let text = pod("z", "10.0.0.1", "09:00:00", "set") + pod("a", "10.0.0.2", "10:00:00", maker)
    let inventory = Inventory(try ClusterReading(Array(text.utf8)).objects)
    let address = try #require(Address("10.0.0.1"))
    let roster = Roster(inventory)
    let before = try #require(Instant("2026-11-20T09:59:00Z"))
    let after = try #require(Instant("2026-11-20T10:01:00Z"))
    guard case .pod(let holder) = roster.holder(of: address, at: before) else {
      Issue.record("nobody held it before")
      return
    }
    #expect(inventory.pods[holder].meta.uid == "z")
    #expect(roster.holder(of: address, at: after) == (isOver ? .nobody : .pod(holder)))
  }
}
