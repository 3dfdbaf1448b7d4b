import Testing

@testable import Review

@Suite("Objects of removed API versions are found")
struct RemovedAPITests {
  @Test(
    "with the version that took its place",
    arguments: [
      ("NetworkPolicy", "extensions/v1beta1", "1.16", "networking.k8s.io/v1"),
      ("Deployment", "extensions/v1beta1", "1.16", "apps/v1"),
      ("StatefulSet", "apps/v1beta2", "1.16", "apps/v1"),
      ("CronJob", "batch/v1beta1", "1.25", "batch/v1"),
    ])
  func found(kind: String, version: String, since: String, successor: String) throws {
    let scene = try LintScene(
      "kind: \(kind)\napiVersion: \(version)\nmetadata: {name: a, namespace: shop}", rule: .removedAPI)
    #expect(
      scene.lines == ["2 removed-api: `\(kind) shop/a` is of `\(version)`, which Kubernetes \(since) removed"]
    )
    #expect(scene.lint.findings.first?.hint == "write `apiVersion: \(successor)`")
  }

  @Test(
    "not those that are there, nor kinds of others",
    arguments: [
      ("NetworkPolicy", "networking.k8s.io/v1"), ("NetworkPolicy", "projectcalico.org/v3"),
      ("NetworkPolicy", "crd.projectcalico.org/v1"), ("CronJob", "batch/v1"), ("Ingress", "extensions/v1"),
      ("Rollout", "argoproj.io/v1alpha1"),
    ])
  func notFound(kind: String, version: String) throws {
    #expect(
      try LintScene("kind: \(kind)\napiVersion: \(version)\nmetadata: {name: a}", rule: .removedAPI).lines
        == [])
  }
}
