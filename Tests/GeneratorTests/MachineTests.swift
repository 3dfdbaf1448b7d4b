import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.ClusterNode

@Suite("Machines, what hides behind them, and addresses that nobody had")
struct MachineTests {
  private static let web = "10.244.1.5"
  private static let api = "10.244.2.5"
  private static let hidden = "[a machine's address: a pod or a guest may stand behind it]"

  /// A pod in its machine's network, on a machine that nobody listed.
  private static let agent = """
    kind: Pod
    metadata: {name: agent, namespace: ops, labels: {app: agent}}
    spec: {nodeName: node-c, hostNetwork: true, containers: []}
    status: {podIP: 10.0.0.13, startTime: at(-3600)}
    """

  @Test(
    "the pain",
    arguments: [
      Pain(
        pain: "a client behind a machine's address is not taken for the machine alone",
        seen: [.init("10.0.0.11", api, 8080)],
        lines: ["node node-a → shop/api 8080/TCP ×5 baseline: from node-a's own network \(hidden)"]),
      Pain(
        pain: "the bridge's address in a machine's block of pods is the machine's, not an unknown pod's",
        seen: [.init("10.244.1.1", api, 8080)],
        lines: ["node node-a → shop/api 8080/TCP ×5 baseline: from node-a's own network \(hidden)"]),
      Pain(
        pain: "the tunnel's address, the block's base, is the machine's too",
        seen: [.init("10.244.1.0", api, 8080), .init("fd00:2::1", api, 8080, times: 1)],
        lines: [
          "node node-a → shop/api 8080/TCP ×5 baseline: from node-a's own network \(hidden)",
          "node node-b → shop/api 8080/TCP ×1 baseline: from node-b's own network",
        ]),
      Pain(
        pain: "a machine that asks its own pods hides nobody", seen: [.init("10.0.0.12", api, 8080)],
        lines: ["node node-b → shop/api 8080/TCP ×5 baseline: from node-b's own network"]),
      Pain(
        pain: "a pod in its machine's network is the machine, also where no machine is listed", yaml: agent,
        seen: [.init("10.0.0.13", api, 8080), .init(web, "10.0.0.13", 9100)],
        lines: [
          "shop/web → node node-c 9100/TCP ×5",
          "node node-c → shop/api 8080/TCP ×5 baseline: from node-c's own network \(hidden)",
        ]),
      Pain(
        pain: "the API server is called so at its Service's address, at its own, and as the one that asks",
        seen: [
          .init(web, "10.96.0.1", 443), .init(web, "10.0.0.1", 6443, times: 3),
          .init("10.0.0.1", api, 8080, times: 2),
        ],
        lines: [
          "shop/web → apiserver 6443/TCP ×5 baseline: API server",
          "apiserver → shop/api 8080/TCP ×2 baseline: API server",
        ]),
      Pain(
        pain: "an address of a pod range that nobody held is unknown, and never a rule for a stranger",
        seen: [.init(web, "10.244.2.77", 8080), .init("10.244.1.99", api, 8080)],
        lines: [
          "shop/web → 10.244.2.77 8080/TCP ×5 unattributed: unknown: no pod is known to have held it",
          "10.244.1.99 → shop/api 8080/TCP ×5 unattributed: unknown: no pod is known to have held it",
        ]),
      Pain(
        pain: "an address of the Services' range that no Service has is unknown",
        seen: [.init(web, "10.96.7.7", 80)],
        lines: ["shop/web → 10.96.7.7 80/TCP ×5 unattributed: unknown: no Service is known to have it"]),
      Pain(
        pain: "a replaced machine's address is the machine's that was there",
        yaml: """
          kind: Node
          metadata: {name: old, creationTimestamp: at(-9000), deletionTimestamp: at(1200)}
          status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
          ---
          kind: Node
          metadata: {name: new, creationTimestamp: at(1800)}
          status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
          """,
        seen: [.init(web, "10.0.0.99", 9100, minute: 10), .init(web, "10.0.0.99", 9100, minute: 40)],
        lines: ["shop/web → node new 9100/TCP ×5", "shop/web → node old 9100/TCP ×5"]),
      Pain(
        pain: "pods of one workload that follow each other at one address are that workload, in doubt or not",
        yaml: follow("Job", "nightly", "nightly"),
        seen: [.init("10.244.1.40", api, 8080, minute: 10)], lines: ["shop/nightly → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "pods of two workloads that follow each other within seconds leave the moment between in doubt",
        yaml: follow("Job", "nightly", "weekly"), seen: [.init("10.244.1.40", api, 8080, minute: 10)],
        lines: [
          "10.244.1.40 → shop/api 8080/TCP ×5 unattributed: address changed hands before 00:00:00 (p1 → p2)"
        ]),
    ])
  func kinds(of pain: Pain) throws {
    let begin = Town.start.advanced(bySeconds: 602).description.dropFirst(11).dropLast(1)
    #expect(try pain.outcome() == pain.lines.map { $0.replacing("00:00:00", with: begin) })
  }

  /// Two pods at one address, with three seconds between them around the tenth minute.
  private static func follow(_ kind: String, _ first: String, _ second: String) -> String {
    """
    kind: Pod
    metadata: {name: p1, namespace: shop, labels: {app: p}, ownerReferences: [{kind: \(kind), name: \(first), controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {phase: Succeeded, podIP: 10.244.1.40, startTime: at(0), containerStatuses: [{state: {terminated: {finishedAt: at(598)}}}]}
    ---
    kind: Pod
    metadata: {name: p2, namespace: shop, labels: {app: p}, ownerReferences: [{kind: \(kind), name: \(second), controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.40, startTime: at(602)}
    """
  }

  @Test(
    "what a machine needed at an address that none has now is told, and such an address stands for no machine"
  )
  func formerAddresses() throws {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.node("node-c", at: "10.0.0.13")
    town.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      nodePort: 30_080)
    town.saw("10.0.0.13", Shop.api, 8080)
    town.saw("10.0.0.13", Shop.db, 5432)
    func told(_ town: Town) -> [String] {
      town.learned("payments").plan.concerns.filter { $0.kind == .machinesGone }.flatMap(\.detail)
    }
    let machines = "10.0.0.11/32; 10.0.0.12/32; 10.0.0.13/32; 10.244.0.0/31"
    #expect(try Shop.rules(town, "api") == ["\(machines) on TCP/8080"])
    #expect(told(town).isEmpty)
    town.objects = town.objects.map { object in
      guard case .node = object, object.meta.name == "node-c" else { return object }
      return object.altered { $0.deleted = Town.start.advanced(bySeconds: 1800) }
    }
    #expect(
      try Shop.rules(town, "api") == [
        "10.0.0.11/32; 10.0.0.12/32; 10.244.0.0/31 on TCP/8080", "10.0.0.13/32 on TCP/8080",
      ])
    #expect(
      told(town) == [
        "node node-c (10.0.0.13) → payments/api 8080/TCP", "node node-c (10.0.0.13) → payments/db 5432/TCP",
      ])
    // Another machine that has the address now asks as the first one did.
    town.node("node-d", at: "10.0.0.13")
    #expect(try Shop.rules(town, "api") == ["\(machines) on TCP/8080"])
    #expect(told(town).isEmpty)
  }

  @Test("a machine that nobody listed is let in by the addresses that pods in its network have now")
  func unlisted() throws {
    func agent(_ address: String, _ version: Int) -> String {
      """
      kind: Pod
      metadata: {name: agent, namespace: ops, uid: u1, resourceVersion: "\(version)", labels: {app: agent}}
      spec: {nodeName: node-c, hostNetwork: true, containers: []}
      status:
        podIP: \(address)
        startTime: 2025-11-19T00:00:00Z
      """
    }
    var town = Shop.town()
    town.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      nodePort: 30_080)
    let text = agent("10.0.0.13", 1) + "\n---\n" + agent("10.0.0.14", 2)
    town.objects += try ClusterReading(Array(text.utf8)).objects
    town.saw("10.0.0.14", Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == ["10.0.0.11/32; 10.0.0.14/32; 10.244.0.0/31 on TCP/8080"])
    // A pod that went takes its machine's address with it.
    let gone = agent("10.0.0.15", 3).replacing("u1", with: "u2").replacing("agent,", with: "former,")
      .replacing("node-c", with: "node-d")
    town.objects += try ClusterReading(Array(gone.utf8)).objects.map { object in
      object.altered { $0.deleted = Town.start }
    }
    #expect(
      try Shop.rules(town, "api") == ["10.0.0.11/32; 10.0.0.14/32; 10.244.0.0/31 on TCP/8080"])
  }

  @Test("where a plugin stops the machine's agent, machines that went are let in no more")
  func formerProbes() throws {
    var town = Shop.town()
    town.pod("payments", "web", at: "10.244.0.80", labels: ["app": "shop"], probes: [8080])
    town.node("node-b", at: "10.0.0.12")
    town.node("node-c", at: "10.0.0.99")
    town.objects = town.objects.map { object in
      object.meta.name == "node-c" ? object.altered { $0.deleted = Town.start } : object
    }
    town.saw("10.0.0.11", "10.244.0.80", 8080)
    let rules = try Shop.rules(town, "web") { $0.plugin = .kindnet }.joined()
    #expect(rules.contains("10.0.0.12/32") && !rules.contains("10.0.0.99"), "\(rules)")
  }
}
