public import Kubernetes

/// A policy and why it exists.
public struct PlannedPolicy: Hashable, Sendable {
  /// The policy.
  public let policy: NetworkPolicy
  /// Why it exists.
  public let role: Role
  /// For each rule, ingress first, how much it opens.
  let breadths: [PolicyDirection: [Need.Breadth]]
  /// The rules, by their places, that are there because somebody accepted what they let through.
  var accepted: [PolicyDirection: Set<Int>] = [:]

  /// What a policy is for.
  public enum Role: Hashable, Sendable {
    /// Names for every pod of the namespace.
    case dns
    /// What one workload needs.
    case workload(WorkloadID)
    /// Nothing else passes.
    case defaultDeny
  }

  /// The same in words that Kustomize leaves alone.
  var kustomizeSafe: PlannedPolicy {
    PlannedPolicy(policy: policy.kustomizeSafe, role: role, breadths: breadths, accepted: accepted)
  }

  /// The name of its file.
  public var fileName: String { "networkpolicy-\(policy.name).yaml" }

  /// How many rules it has.
  public var ruleCount: Int { policy.ingress.count + policy.egress.count }

  /// How many rules open a block of addresses.
  public var broadRuleCount: Int { breadths.values.joined().count { $0.isBroad } }
}
