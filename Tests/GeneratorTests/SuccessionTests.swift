import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Monitor
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Workloads that have the same labels one after the other")
struct SuccessionTests {
  private static let old = "10.244.0.21"
  private static let new = "10.244.0.22"

  private static func at(_ seconds: Int64) -> Instant { Town.start.advanced(bySeconds: seconds) }

  /// The shop, whose worker was there for half an hour, and did something.
  private static func town(_ labels: Labels = ["app": "worker"]) -> Town {
    var town = Shop.town()
    town.deployment("payments", "worker", at: [old], labels: labels)
    town.objects = town.objects.map { object in
      switch object {
      case .workload(var workload) where workload.meta.name == "worker":
        workload.meta.deleted = at(1800)
        return .workload(workload)
      case .pod(var pod) where pod.meta.owner?.name == "worker":
        pod.meta.deleted = at(1800)
        return .pod(pod)
      default: return object
      }
    }
    town.saw(old, Shop.db, 5432)
    return town
  }

  /// A run of a Job that nothing stands above.
  private static func run(_ town: inout Town, _ name: String, at address: String, labels: Labels) {
    let own = ["batch.kubernetes.io/job-name": name, "job-name": name]
    let all = labels.merging(own) { first, _ in first }
    town.objects.append(
      .workload(
        Workload(
          kind: "Job", meta: ObjectMeta(namespace: "payments", name: name), selector: nil,
          templateLabels: all,
          ports: [], usesHostNetwork: false)))
    town.pod(
      "payments", "\(name)-x", at: address, labels: all, owner: OwnerReference(kind: "Job", name: name))
  }

  @Test("who took the place of a workload that is gone has one policy with what both needed, which is told")
  func successor() throws {
    var town = Self.town()
    town.deployment("payments", "worker-v2", at: [Self.new], labels: ["app": "worker"])
    town.saw(Self.new, "203.0.113.9", 443, minute: 40)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty, "\(plan.obstacles.map(\.message))")
    #expect(plan.proof.failures.isEmpty, "\(plan.proof.failures.map(\.message))")
    let own = plan.policies.filter { $0.policy.subject == LabelSelector(["app": "worker"]) }
    #expect(own.map(\.policy.name) == ["worker-v2"])
    #expect(own.first?.policy.egress.count == 2)
    let told = try #require(plan.concerns.first { $0.kind == .sharedPolicies })
    #expect(told.detail == ["`payments/worker`, which is gone; `payments/worker-v2`"])
    #expect(town.learned("web").plan.concerns.contains { $0.kind == .sharedPolicies } == false)
    town.facts = Facts()
    town.saw(Shop.api, Shop.db, 5432)
    #expect(town.learned("payments").silentWorkloads.map(\.name) == ["worker-v2"])
  }

  @Test("while both are there generation stops")
  func together() {
    var town = Shop.town()
    town.deployment("payments", "worker", at: [Self.old])
    town.deployment("payments", "worker-v2", at: [Self.new], labels: ["app": "worker"])
    town.saw(Self.new, "203.0.113.9", 443)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "the labels of `payments/worker-v2` (app=worker) also pick pods of `payments/worker`"
      ])
  }

  @Test(
    "who is gone and had fewer labels than another has now is left out with `--since`, and stops nobody else")
  func broader() throws {
    var town = Self.town()
    town.deployment(
      "payments", "worker-v2", at: [Self.new], labels: ["app": "worker", "track": "new"])
    let obstacles = town.learned("payments").plan.obstacles
    #expect(
      obstacles.map(\.hint) == ["`payments/worker` is gone: leave out what was seen of it with `--since`"])
    town.facts.conversations.removeLast()
    town.saw(Self.new, "203.0.113.9", 443, minute: 40)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty)
    #expect(plan.policies.contains { $0.policy.name == "worker-v2" })
  }

  @Test("what a pod did that somebody gave a workload's labels never becomes that workload's, there or gone")
  func madeByHand() {
    for isGone in [false, true] {
      var town = Shop.town()
      town.pod("payments", "visitor", at: Self.old, labels: ["app": "api"])
      town.objects = town.objects.map { object in
        guard case .pod(var pod) = object, pod.meta.name == "visitor" else { return object }
        pod.meta.deleted = isGone ? Self.at(1800) : nil
        return .pod(pod)
      }
      #expect(town.learned("payments").plan.obstacles.isEmpty == isGone)
      town.saw(Self.old, "203.0.113.9", 443)
      let stopped = town.learned("payments").plan.obstacles.filter {
        $0.message.contains("of `payments/visitor` (")
      }
      #expect(
        stopped.map(\.message) == [
          "the labels of `payments/visitor` (app=api) also pick pods of `payments/api`"
        ])
    }
  }

  @Test("metrics that were collected of who is gone are not told as never collected of who took the place")
  func scraped() {
    var town = Self.town()
    town.deployment("payments", "worker-v2", at: [Self.new], labels: ["app": "worker"])
    town.deployment(
      "monitoring", "prom", at: ["10.244.0.40"], labels: ["operator.prometheus.io/name": "main", "app": "p"])
    town.objects.append(
      .monitor(
        Monitor(
          kind: "PodMonitor", meta: ObjectMeta(namespace: "monitoring", name: "watch"),
          selector: LabelSelector(["app": "worker"]), namespaces: .every, ports: [.target(.number(9090))])))
    let isTold = { town.learned("payments").plan.concerns.contains { $0.kind == .scrapesNotSeen } }
    #expect(isTold())
    town.saw("10.244.0.40", Self.old, 9090)
    #expect(!isTold())
  }

  @Test("runs of a Job that people start share their policy, and one that was not seen is not silent")
  func runs() throws {
    var town = Shop.town()
    Self.run(&town, "load-1", at: Self.old, labels: ["app": "load"])
    Self.run(&town, "load-2", at: Self.new, labels: ["app": "load"])
    town.saw(Self.old, Shop.db, 5432)
    var learned = town.learned("payments")
    #expect(learned.plan.policies.map(\.policy.name) == ["allow-dns", "api", "db", "load", "default-deny"])
    #expect(learned.silentWorkloads.isEmpty)
    #expect(learned.plan.concerns.contains { $0.kind == .sharedPolicies } == false)
    town.saw(Self.new, Shop.db, 5432)
    town.saw(Self.new, "203.0.113.9", 443)
    learned = town.learned("payments")
    #expect(learned.plan.obstacles.isEmpty)
    #expect(learned.plan.proof.failures.isEmpty, "\(learned.plan.proof.failures.map(\.message))")
    #expect(learned.plan.policies.map(\.policy.name) == ["allow-dns", "api", "db", "load", "default-deny"])
    #expect(
      learned.plan.concerns.first { $0.kind == .sharedPolicies }?.detail == [
        "`payments/load-1`; `payments/load-2`"
      ])
  }

  @Test("the next run of a Job moves nothing")
  func nextRun() {
    var town = Shop.town()
    for (run, address) in [("98", Self.old), ("99", Self.new)] {
      Self.run(&town, "load-\(run)", at: address, labels: ["app": "load"])
      town.saw(address, Shop.db, 5432)
    }
    let before = town.learned("payments").plan.policies.map(\.policy)
    Self.run(&town, "load-100", at: "10.244.0.23", labels: ["app": "load"])
    town.saw("10.244.0.23", Shop.db, 5432)
    #expect(town.learned("payments").plan.policies.map(\.policy) == before)
    let notes: [String] = before.flatMap { policy in policy.ingress.flatMap { rule in rule.note } }
    #expect(notes.contains { $0.contains("load") } && !notes.contains { $0.contains("load-") }, "\(notes)")
  }

  @Test("what one run was refused and another needs is open for both, which is told and no failure")
  func refusedOnce() {
    var town = Shop.town()
    Self.run(&town, "load-1", at: Self.old, labels: ["app": "load"])
    Self.run(&town, "load-2", at: Self.new, labels: ["app": "load"])
    town.saw(Self.old, Shop.db, 5432, .refused)
    town.saw(Self.new, Shop.db, 5432)
    let proof = town.learned("payments").plan.proof
    #expect(proof.failures.isEmpty, "\(proof.failures.map(\.message))")
    #expect(proof.openByDesign.map { "\($0.client)" } == ["payments/load-1"])
  }

  @Test(
    "Jobs that are no runs of one, and runs whose other labels differ, stop generation",
    arguments: [
      ("shop-migrate", "shop-export", "a", "a"), ("load-1", "load-2", "a", "b"),
      ("load-1", "dump-2", "a", "a"),
    ])
  func otherJobs(one: String, other: String, task: String, otherTask: String) {
    var town = Shop.town()
    Self.run(&town, one, at: Self.old, labels: ["app": "load", "task": task])
    Self.run(&town, other, at: Self.new, labels: ["app": "load", "task": otherTask])
    town.saw(Self.old, Shop.db, 5432)
    town.saw(Self.new, "203.0.113.9", 443)
    #expect(town.learned("payments").plan.obstacles.count == 2)
  }

  @Test("an owner that was deleted and left its pods is there as long as they are")
  func orphans() {
    var town = Self.town()
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.owner?.name == "worker" else { return object }
      pod.meta.deleted = nil
      return .pod(pod)
    }
    town.deployment("payments", "worker-v2", at: [Self.new], labels: ["app": "worker"])
    town.saw(Self.new, "203.0.113.9", 443, minute: 40)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.count == 2)
    #expect(plan.concerns.allSatisfy { $0.kind != .sharedPolicies })
  }

  @Test("a pod that is gone and looked otherwise fails no proof: its need goes by the labels of today")
  func formerLook() {
    var town = Shop.town()
    let owner = OwnerReference(kind: "Deployment", name: "worker")
    town.pod("payments", "worker-old", at: Self.old, labels: ["name": "worker"], owner: owner)
    town.objects = town.objects.map { object in
      object.meta.name == "worker-old" ? object.altered { $0.deleted = Self.at(1800) } : object
    }
    town.deployment("payments", "worker", at: [Self.new])
    town.saw(Self.old, Shop.db, 5432)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty && plan.proof.failures.isEmpty, "\(plan.proof.failures.map(\.message))")
    #expect(plan.proof.passing == 2)
  }

  @Test("Jobs with labels of their own, and a Job with those of a Deployment, share nothing")
  func strangers() {
    var town = Shop.town()
    Self.run(&town, "load", at: Self.old, labels: ["app": "load"])
    Self.run(&town, "clean", at: Self.new, labels: ["app": "clean"])
    town.saw(Self.old, Shop.db, 5432)
    town.saw(Self.new, Shop.db, 5432)
    #expect(
      town.learned("payments").plan.policies.map(\.policy.name) == [
        "allow-dns", "api", "clean", "db", "load", "default-deny",
      ])
    town = Shop.town()
    Self.run(&town, "migrate", at: Self.old, labels: ["app": "api"])
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "the labels of `payments/api` (app=api) also pick pods of `payments/migrate`"
      ])
  }
}
