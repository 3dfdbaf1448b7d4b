import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("A port of a machine may be a pod's, and one address several Services'")
struct HostPortTests {
  private static let web = "10.244.1.5"
  private static let api = "10.244.2.5"

  /// A pod on the second machine that is there for a while, with these fields of its one port.
  private static func agent(_ port: String, from: Int = -3600, until: Int? = nil) -> String {
    let phase =
      until.map { "phase: Succeeded, containerStatuses: [{state: {terminated: {finishedAt: at(\($0))}}}], " }
      ?? ""
    return """
      kind: Pod
      metadata: {name: agent-\(from + 9000), namespace: ops, labels: {app: agent}, ownerReferences: [{kind: DaemonSet, name: agent, controller: true}]}
      spec: {nodeName: node-b, containers: [{ports: [{\(port)}]}]}
      status: {\(phase)podIP: 10.244.2.\(from < 0 ? 7 : 8), startTime: at(\(from))}
      """
  }

  private static let shared = """
    kind: Service
    metadata: {name: tcp, namespace: shop}
    spec: {clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 53, targetPort: 8080}]}
    status: {loadBalancer: {ingress: [{ip: 192.0.2.80}]}}
    ---
    kind: Service
    metadata: {name: udp, namespace: shop}
    spec: {clusterIP: 10.96.0.21, selector: {app: ghost}, ports: [{port: 53, protocol: UDP, targetPort: 5353}]}
    status: {loadBalancer: {ingress: [{ip: 192.0.2.80}]}}
    """

  @Test(
    "the pain",
    arguments: [
      Pain(
        pain: "a rule for a machine's port, where a pod on it answers on its own",
        yaml: agent("containerPort: 8126, hostPort: 18126"), seen: [.init(web, "10.0.0.12", 18126)],
        lines: ["shop/web → ops/agent 8126/TCP ×5"]),
      Pain(
        pain: "the same port of another machine, another port and another protocol are the machine's",
        yaml: agent("containerPort: 8126, hostPort: 18126"),
        seen: [
          .init(web, "10.0.0.11", 18126), .init(web, "10.0.0.12", 8126),
          .init(web, "10.0.0.12", 18126, .udp, .replied),
        ],
        lines: [
          "shop/web → node node-a 18126/TCP ×5", "shop/web → node node-b 8126/TCP ×5",
          "shop/web → node node-b 18126/UDP ×5",
        ]),
      Pain(
        pain: "a port on one address of the machine is the machine's own on the others",
        yaml: agent("containerPort: 8126, hostPort: 18126, hostIP: 10.0.0.12"),
        seen: [.init(web, "10.0.0.12", 18126), .init(web, "2001:db8::12", 18126)],
        lines: ["shop/web → ops/agent 8126/TCP ×5", "shop/web → node node-b 18126/TCP ×5"]),
      Pain(
        pain: "all addresses may be written as 0.0.0.0",
        yaml: agent("containerPort: 8125, hostPort: 8125, hostIP: 0.0.0.0, protocol: UDP"),
        seen: [.init(web, "10.0.0.12", 8125, .udp, .replied)], lines: ["shop/web → ops/agent 8125/UDP ×5"]),
      Pain(
        pain: "a pod that is gone has the port no longer, and the next one has it on another of its own",
        yaml: agent("containerPort: 8126, hostPort: 18126", until: 600) + "\n---\n"
          + agent("containerPort: 9126, hostPort: 18126", from: 1800),
        seen: [
          .init(web, "10.0.0.12", 18126, times: 1, minute: 5),
          .init(web, "10.0.0.12", 18126, times: 2, minute: 20),
          .init(web, "10.0.0.12", 18126, times: 3, minute: 40),
        ],
        lines: [
          "shop/web → ops/agent 8126/TCP ×1", "shop/web → ops/agent 9126/TCP ×3",
          "shop/web → node node-b 18126/TCP ×2",
        ]),
      Pain(
        pain: "of two Services at one address and port the one of the protocol is meant", yaml: shared,
        seen: [.init(web, "192.0.2.80", 53), .init(web, "192.0.2.80", 53, times: 2, .udp, .replied)],
        lines: ["shop/web → shop/api 8080/TCP ×5", "shop/web → service shop/udp 53/UDP ×2"]),
      Pain(
        pain: "where none of the Services at an address offers the port, all are named", yaml: shared,
        seen: [.init(web, "192.0.2.80", 54)], lines: ["shop/web → service shop/tcp and shop/udp 54/TCP ×5"]),
      Pain(
        pain: "a machine's address lent for one protocol stays the machine's for the other",
        yaml: """
          kind: Service
          metadata: {name: api, namespace: shop}
          spec: {clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 443, targetPort: 8080}]}
          status: {loadBalancer: {ingress: [{ip: 10.0.0.12}]}}
          """,
        seen: [.init(web, "10.0.0.12", 443), .init(web, "10.0.0.12", 443, .udp, .replied)],
        lines: ["shop/web → shop/api 8080/TCP ×5", "shop/web → node node-b 443/UDP ×5"]),
    ])
  func kinds(of pain: Pain) throws {
    #expect(try pain.outcome() == pain.lines)
  }

  @Test("a pod's ports of its machine are kept and read back, each with the port it leads to")
  func kept() throws {
    let ports = """
      kind: Pod
      metadata: {name: p, namespace: ops}
      spec:
        containers:
        - ports:
          - {containerPort: 80, hostPort: 8080}
          - {containerPort: 80, hostPort: 8081, hostIP: 10.0.0.12}
          - {containerPort: 53, protocol: UDP}
          - {containerPort: 53, protocol: UDP, hostPort: 5353}
      """
    let object = try #require(try ClusterReading(Array(ports.utf8)).objects.first)
    guard case .pod(let pod) = object else {
      Issue.record("no pod")
      return
    }
    #expect(
      pod.hostPorts.map { "\($0.number) \($0.containerPort) \($0.address.map(\.description) ?? "")" }
        == ["8080 80 ", "8081 80 10.0.0.12", "5353 53 "])
    let back = try #require(try ClusterObject.read(object.document))
    guard case .pod(let kept) = back else {
      Issue.record("no pod")
      return
    }
    #expect(Set(kept.hostPorts) == Set(pod.hostPorts) && kept.ports == pod.ports)
  }
}
