import Documents
import Testing

@testable import Kubernetes

@Suite("A field that is needed and holds something else is told")
struct NeededFormTests {
  @Test(
    "with its path and its line, and the objects beside it are read",
    arguments: [
      ("kind: Pod\nmetadata: {name: x}\nstatus: {podIP: 5}", "status.podIP", "the number 5", "an address", 3),
      (
        "kind: Pod\nmetadata: {name: x}\nstatus:\n  podIPs:\n  - {ip: 10.0.0.256}", "status.podIPs[0].ip",
        "the text", "an address", 5
      ),
      (
        "kind: Pod\nmetadata: {name: x}\nstatus: {podIPs: {ip: 10.0.0.1}}", "status.podIPs", "a mapping",
        "a list", 3
      ),
      (
        "kind: Pod\nmetadata: {name: x, creationTimestamp: soon}", "metadata.creationTimestamp", "the text",
        "a time", 2
      ),
      ("kind: Pod\nmetadata: {name: x, uid: 7}", "metadata.uid", "the number 7", "text", 2),
      (
        "kind: Pod\nmetadata: {name: x}\nspec: {hostNetwork: \"true\"}", "spec.hostNetwork", "the text",
        "true or false", 3
      ),
      (
        "kind: Pod\nmetadata: {name: x}\nspec: {containers: [{ports: [{containerPort: 70000}]}]}",
        "spec.containers[0].ports[0].containerPort", "the number 70000", "a port", 3
      ),
      ("kind: Pod\nmetadata: {name: x}\nspec: {containers: all}", "spec.containers", "the text", "a list", 3),
      (
        "kind: Service\nmetadata: {name: x}\nspec: {ports: [{port: http}]}", "spec.ports[0].port", "the text",
        "a port", 3
      ),
      (
        "kind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80, targetPort: [1]}]}",
        "spec.ports[0].targetPort", "a list", "a port or the name of one", 3
      ),
      (
        "kind: EndpointSlice\nmetadata: {name: x}\nendpoints: [{addresses: 10.0.0.1}]",
        "endpoints[0].addresses", "the text", "a list", 3
      ),
      (
        "kind: Endpoints\nmetadata: {name: x}\nsubsets: [{addresses: [{ip: 1}]}]",
        "subsets[0].addresses[0].ip", "the number 1", "an address", 3
      ),
      ("kind: Node\nmetadata: {name: x}\nspec: {podCIDR: 10}", "spec.podCIDR", "the number 10", "text", 3),
      (
        "kind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {hostNetwork: 1}}}",
        "spec.template.spec.hostNetwork", "the number 1", "true or false", 3
      ),
      (
        "kind: CronJob\nmetadata: {name: x}\nspec: {jobTemplate: {spec: {template: []}}}",
        "spec.jobTemplate.spec.template", "a list", "a mapping", 3
      ),
      (
        "kind: PodMonitor\nmetadata: {name: x}\nspec: {podMetricsEndpoints: [{portNumber: x}]}",
        "spec.podMetricsEndpoints[0].portNumber", "the text", "a port", 3
      ),
      (
        "kind: MutatingWebhookConfiguration\nmetadata: {name: x}\nwebhooks: {}", "webhooks", "a mapping",
        "a list", 3
      ),
      (
        "kind: APIService\nmetadata: {name: x}\nspec: {service: {port: https}}", "spec.service.port",
        "the text", "a port", 3
      ),
      (
        "kind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {conversion: {webhook: {clientConfig: 1}}}",
        "spec.conversion.webhook.clientConfig", "the number 1", "a mapping", 3
      ),
    ])
  func told(text: String, field: String, found: String, wanted: String, line: Int) throws {
    let beside = "\n---\nkind: Namespace\nmetadata: {name: beside}\n"
    let reading = try ClusterReading(Array((text + beside).utf8))
    #expect(reading.objects.map(\.meta.name) == ["beside"])
    let problem = try #require(reading.problems.first)
    #expect(problem.message.hasPrefix("`\(field)` of "))
    #expect(problem.message.contains(" is \(found)"))
    #expect(problem.message.contains(", not \(wanted)"))
    #expect(problem.position?.line == line)
  }

  @Test("what is not needed may hold anything, and what says nothing is no error")
  func lenient() throws {
    let text = """
      kind: Pod
      metadata: {name: x, generation: none, creationTimestamp: null, annotations: 7}
      spec: {containers: null, tolerations: 5, hostNetwork: null, nodeName: ""}
      status: {podIP: "", podIPs: null, conditions: x, qosClass: [1]}
      """
    let reading = try ClusterReading(Array(text.utf8))
    #expect(reading.problems.isEmpty)
    #expect(reading.objects.count == 1)
  }
}
