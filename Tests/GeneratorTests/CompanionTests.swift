import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.RunningPolicy

@Suite("What other namespaces lack is told and made, and never among ours")
struct CompanionTests {
  /// A shop whose API asks a database of another team, which lets only its own pods in.
  private static func town() -> Town {
    var town = Shop.town()
    town.deployment("data", "ledger", at: ["10.244.0.60"], ports: [ContainerPort(name: "sql", number: 5432)])
    town.deployment("data", "loader", at: ["10.244.0.61"])
    town.saw(Shop.api, "10.244.0.60", 5432)
    town.saw("10.244.0.61", Shop.api, 8080)
    return town
  }

  private static func deny(_ namespace: String, _ isolates: Isolation, _ rules: [Rule] = []) -> NetworkPolicy
  {
    NetworkPolicy(
      namespace: namespace, name: "deny", subject: .everything, isolates: isolates, ingress: rules,
      egress: rules)
  }

  private static func running(_ policy: NetworkPolicy) -> ClusterObject {
    .policy(RunningPolicy(meta: ObjectMeta(namespace: policy.namespace, name: policy.name), policy: policy))
  }

  private static func plan(_ town: Town, standing: [NetworkPolicy] = [], _ namespaces: String...) -> Plan {
    var options = Options()
    options.namespaces = namespaces.isEmpty ? ["payments"] : Set(namespaces)
    options.standing = standing
    return Learned(town.facts, Inventory(town.objects), options).plan
  }

  @Test("a need that a policy of another namespace cuts is told, with the least policy there")
  func lacking() throws {
    var town = Self.town()
    #expect(Self.plan(town).companions.isEmpty && Self.plan(town).concernsBesidesOld.isEmpty)
    town.objects.append(Self.running(Self.deny("data", .ingress)))
    let plan = Self.plan(town)
    let companion = try #require(plan.companions.first)
    #expect(plan.companions.count == 1)
    #expect(companion.policy.path == "data/ledger-companion")
    #expect(companion.policy.subject == LabelSelector(["app": "ledger"]))
    #expect(companion.policy.isolates == .ingress)
    #expect(
      companion.policy.ingress.map(\.description) == [
        "pods app=api in namespaces kubernetes.io/metadata.name=payments on TCP/5432"
      ])
    #expect(companion.needs == ["`payments/api` → `data/ledger` 5432/TCP, cut by `data/deny`"])
    #expect(plan.concernsBesidesOld.map(\.kind) == [.companionNeeded])
    #expect(plan.policies.allSatisfy { $0.policy.namespace == "payments" })
  }

  @Test("with it the need passes, and nobody is isolated who was not")
  func suffices() throws {
    var town = Self.town()
    let standing = [Self.deny("data", .both)]
    town.objects += standing.map(Self.running)
    let companions = Self.plan(town).companions.map(\.policy)
    #expect(companions.map(\.path) == ["data/ledger-companion", "data/loader-companion"])
    #expect(companions.map(\.isolates) == [.ingress, .egress])
    let before = PolicySet(standing)
    let after = PolicySet(standing + companions)
    func pod(_ namespace: String, _ name: String) -> Party {
      .pod(PodTraits(namespace: namespace, labels: ["app": name]), addresses: .unknown)
    }
    for (client, server, port) in [
      (pod("payments", "api"), pod("data", "ledger"), UInt16(5432)),
      (pod("data", "loader"), pod("payments", "api"), 8080),
    ] {
      #expect(!before.verdict(from: client, to: server, port: port, transport: .tcp).isAllowed)
      #expect(after.verdict(from: client, to: server, port: port, transport: .tcp).isAllowed)
      #expect(!after.verdict(from: client, to: server, port: port + 1, transport: .tcp).isAllowed)
    }
  }

  @Test(
    "what those policies let through lacks nothing, and policies of our own namespaces are replaced anyway")
  func enough() {
    var town = Self.town()
    let open = Rule(.only(.namespaces(.everything)), .every)
    town.objects += [
      Self.running(Self.deny("data", .both, [open])), Self.running(Self.deny("payments", .both)),
    ]
    #expect(Self.plan(town).companions.isEmpty)
    town.objects.append(Self.running(Self.deny("web", .both)))
    #expect(Self.plan(town).companions.isEmpty)
  }

  @Test("where both namespaces are asked for each gets its own policies and no companion")
  func bothAsked() {
    var town = Self.town()
    town.objects.append(Self.running(Self.deny("data", .both)))
    #expect(Self.plan(town, standing: [], "payments", "data").companions.isEmpty)
  }

  @Test("manifests count before the cluster's policies of the same name")
  func standing() {
    var town = Self.town()
    #expect(Self.plan(town, standing: [Self.deny("data", .ingress)]).companions.count == 1)
    town.objects.append(Self.running(Self.deny("data", .ingress)))
    let open = Self.deny("data", .ingress, [Rule(.anyone, .every)])
    #expect(Self.plan(town, standing: [open]).companions.isEmpty)
  }

  @Test("the cluster's DNS that lets nobody in lacks what every pod needs")
  func names() {
    var town = Self.town()
    town.saw(Shop.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    town.objects.append(Self.running(Self.deny("kube-system", .ingress)))
    #expect(
      Self.plan(town).companions.flatMap(\.policy.ingress).map(\.description) == [
        "namespaces everything on TCP/53, UDP/53"
      ])
  }

  @Test("who asks the cluster's DNS from a namespace whose policies close the way out lacks that too")
  func namesAsked() {
    var town = Self.town()
    town.saw("10.244.0.61", "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    town.objects.append(Self.running(Self.deny("data", .egress)))
    let plan = Self.plan(town, "kube-system")
    #expect(
      plan.companions.flatMap(\.policy.egress).map(\.description) == [
        "pods k8s-app=kube-dns in namespaces kubernetes.io/metadata.name=kube-system on TCP/53",
        "pods k8s-app=kube-dns in namespaces kubernetes.io/metadata.name=kube-system on UDP/53",
      ])
  }

  @Test("a mesh's control plane elsewhere lacks what lets our proxies in")
  func mesh() {
    var town = Self.town()
    town.deployment("istio-system", "istiod", at: ["10.244.0.90"], ports: [ContainerPort(number: 15_012)])
    town.service(
      "istio-system", "istiod", at: "10.96.0.90", selector: ["app": "istiod"], port: 15_012,
      target: .number(15_012))
    town.saw(Shop.api, "10.244.0.90", 15_012)
    town.objects.append(Self.running(Self.deny("istio-system", .ingress)))
    #expect(
      Self.plan(town).companions.flatMap(\.policy.ingress).map(\.description) == [
        "pods app=api in namespaces kubernetes.io/metadata.name=payments on TCP/15012"
      ])
  }

  @Test("what no policy there can mend is told all the same")
  func beyond() {
    var town = Self.town()
    town.pod("data", "loner", at: "10.244.0.62", labels: ["helm.sh/chart": "c-1"])
    town.saw("10.244.0.62", Shop.api, 8080)
    town.objects.append(Self.running(Self.deny("data", .egress)))
    let plan = Self.plan(town)
    #expect(plan.companions.map(\.policy.path) == ["data/loader-companion"])
    #expect(
      plan.concerns.filter { $0.kind == .cutElsewhere }.flatMap(\.detail) == [
        "`data/loner` → `payments/api` 8080/TCP, cut by `data/deny`"
      ])
    // A machine reaches its own pods under any policy.
    var own = Self.town()
    own.saw("10.0.0.11", "10.244.0.60", 5432)
    own.objects.append(Self.running(Self.deny("data", .ingress)))
    #expect(Self.plan(own).concerns.allSatisfy { $0.kind != .cutElsewhere })
  }

  @Test("where only some of its pods are isolated no companion closes the others, and what is cut is told")
  func halfClosed() {
    var town = Shop.town()
    for (name, role, address) in [
      ("ledger-0", "primary", "10.244.0.60"), ("ledger-1", "replica", "10.244.0.61"),
    ] {
      town.pod(
        "data", name, at: address, labels: ["app": "ledger", "role": role],
        owner: OwnerReference(kind: "Deployment", name: "ledger"))
    }
    town.deployment("data", "ledger", at: [])
    town.saw(Shop.api, "10.244.0.60", 5432)
    let primary = LabelSelector(["app": "ledger", "role": "primary"])
    for (subject, isMade) in [(primary, false), (LabelSelector(["app": "ledger"]), true)] {
      let policy = NetworkPolicy(
        namespace: "data", name: "deny", subject: subject, isolates: .ingress, ingress: [])
      let plan = Self.plan(town, standing: [policy])
      #expect(plan.companions.isEmpty != isMade, "\(subject)")
      let lost = plan.concerns.filter { $0.kind == .cutElsewhere }.flatMap(\.detail)
      #expect(lost == (isMade ? [] : ["`payments/api` → `data/ledger` 5432/TCP, cut by `data/deny`"]))
    }
  }
}
