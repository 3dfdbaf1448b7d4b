public import Documents

/// Policies with one thing changed.
public struct PolicyMutant: CustomStringConvertible {
  /// What was changed.
  public enum Change: String, CaseIterable {
    case policyRemoved = "policy removed"
    case sideDropped = "side dropped from policyTypes"
    case ruleRemoved = "rule removed"
    case peerRemoved = "peer removed"
    case portRemoved = "port removed"
    case nextPort = "port + 1"
    case otherProtocol = "protocol changed"
    case servicePort = "a Service's port and the pods' exchanged"
    case keyDropped = "selector key dropped"
    case valueChanged = "selector value changed"
    case either = "both selectors of a peer become either"
    case both = "two peers become one"
    case exceptionDropped = "exception dropped"
    case blockWidened = "block widened"
  }

  /// What was changed.
  public let change: Change
  /// Where: the policy, the rule, and what it was.
  public let place: String
  /// The namespace of the policy that was changed.
  public let namespace: String
  /// All policies, the changed one among them.
  public let policies: [Node]
  /// The policy as it was, and as it is; nil where it is gone.
  let before: Node
  let after: Node?

  /// What was changed, and where.
  public var description: String { "\(change.rawValue): \(place)" }

  /// Whether it means the same as before, whatever pods there are.
  ///
  /// A policy that has no rule in a direction does one thing there: it isolates its pods. Where another policy of the
  /// namespace isolates every pod in that direction, nothing is lost with it: what passes is the union of all rules.
  public var isEqual: Bool {
    let types = Self.types(before)
    let lost = types.subtracting(after.map(Self.types) ?? [])
    let gained = (after.map(Self.types) ?? []).subtracting(types)
    // The rules have to be what they were, and the subject.
    let rest = after.map { $0.replacing([.member("spec"), .member("policyTypes")], with: .null) }
    let was = before.replacing([.member("spec"), .member("policyTypes")], with: .null)
    guard gained.isEmpty, !lost.isEmpty, rest == nil || rest == was else { return false }
    return lost.allSatisfy { side in
      let section = before["spec"]?[side == "Ingress" ? "ingress" : "egress"]?.sequence ?? []
      return section.isEmpty
        && policies.contains { other in
          other != after && other["metadata"]?["namespace"] == before["metadata"]?["namespace"]
            && other["spec"]?["podSelector"]?.mapping?.isEmpty == true && Self.types(other).contains(side)
        }
    }
  }

  private static func types(_ policy: Node) -> Set<String> {
    Set((policy["spec"]?["policyTypes"]?.sequence ?? []).compactMap(\.string))
  }
}
