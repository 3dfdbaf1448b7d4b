import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Policies that are gone")
struct DeletedPolicyTests {
  @Test("policies that were deleted decide nothing", arguments: [false, true])
  func deleted(isEnding: Bool) throws {
    let session = try Session.ofTheStory()
    let created = "creationTimestamp: 2026-11-01T00:00:00Z"
    let times = isEnding ? "\(created), deletionTimestamp: 2026-11-20T08:00:00Z" : created
    try session.write(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny, namespace: payments, uid: "1", \(times)}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """, to: "np.yaml")
    let question = ["why", "web/frontend", "payments/api", "8080"]
    if isEnding {
      let outcome = try session.run(question + ["--cluster", "@np.yaml"])
      #expect(outcome.code == .done && !outcome.output.contains("policies in the inventory"))
      return
    }
    _ = try session.run("cluster", "--cluster", "@np.yaml")
    #expect(try session.run(question).code == .difference)
    try session.write(
      """
      {"type":"DELETED","object":{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",\
      "metadata":{"name":"deny","namespace":"payments","uid":"1","resourceVersion":"9",\
      "creationTimestamp":"2026-11-01T00:00:00Z"},\
      "spec":{"podSelector":{},"policyTypes":["Ingress"]}}}
      """, to: "gone.jsonl")
    _ = try session.run("cluster", "--cluster", "@gone.jsonl")
    let outcome = try session.run(question)
    #expect(
      outcome.code == .done && !outcome.output.contains("policies in the inventory"), "\(outcome.output)")
  }
}
