import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.RunningPolicy

@Suite("Policies of others that ours would replace are told")
struct TakenNameTests {
  private static func concerns(
    _ standing: NetworkPolicy, isRunning: Bool, dialect: Dialect = .kubernetes
  ) -> [Concern] {
    var town = Shop.town()
    var options = Options()
    options.namespaces = ["payments"]
    options.dialect = dialect
    if isRunning {
      town.objects.append(
        .policy(
          RunningPolicy(
            meta: ObjectMeta(namespace: standing.namespace, name: standing.name), policy: standing)))
    } else {
      options.standing = [standing]
    }
    return Learned(town.facts, Inventory(town.objects), options).plan.concerns
      .filter { $0.kind == .namesTaken }
  }

  private static func policy(
    _ name: String, in namespace: String = "payments", labels: Labels = [:], isolates: Isolation = .ingress
  ) -> NetworkPolicy {
    NetworkPolicy(
      namespace: namespace, name: name, labels: labels, subject: .everything, isolates: isolates, ingress: [])
  }

  @Test("one in the cluster or in the manifests, whatever it is called", arguments: [true, false])
  func taken(isRunning: Bool) {
    for name in ["api", "allow-dns", "default-deny"] {
      let concerns = Self.concerns(Self.policy(name), isRunning: isRunning)
      #expect(concerns.flatMap(\.detail) == ["`payments/\(name)`"])
    }
  }

  @Test("none where it is ours, says the same, is elsewhere, has another name or stays beside what is staged")
  func free() {
    for policy in [
      Self.policy("api", labels: ["app.kubernetes.io/managed-by": "netpol-learn"]),
      Self.policy("default-deny", isolates: .both), Self.policy("api", in: "web"), Self.policy("backup"),
    ] {
      #expect(Self.concerns(policy, isRunning: true).isEmpty, "\(policy.path)")
    }
    #expect(Self.concerns(Self.policy("api"), isRunning: true, dialect: .calicoStaged).isEmpty)
  }
}
