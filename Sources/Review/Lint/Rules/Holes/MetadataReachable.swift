import Kubernetes
import Traffic

extension LintRule {
  /// Ways to the machine's own credentials.
  static let metadataReachable = LintRule(
    "metadata-reachable", .error, "a rule through which pods reach the cloud's metadata service",
    why: [
      """
      In most clouds `169.254.169.254` (on AWS also `fd00:ec2::254`) tells anybody who asks over HTTP who the machine is, \
      and hands out its credentials. A pod that was taken over and reaches it takes over the machine's rights. A broad \
      egress rule lets the address through unless it is cut out.
      """,
      """
      A block of that one address is not told: somebody wrote it down, as workload identity on GKE needs it. The \
      endpoints that give a pod its own identity, such as `169.254.170.23` on EKS, are other addresses, and can be \
      opened by blocks of their own.
      """,
    ],
    bad: policy("10.0.0.0/8"),
    good: policy("10.0.0.0/8\n        - 169.254.169.254/32")
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      guard rule.direction == .egress, rule.rule.opens(80, .tcp) else { return [] }
      let path = "`\(rule.owner.policy.path)`, \(rule.words)"
      guard case .only = rule.rule.peers else {
        return [
          Notice(
            "\(path), names no peers, so its pods reach the metadata service at 169.254.169.254",
            hint: "name the peers; for the internet, `0.0.0.0/0` with that address cut out by `except`",
            on: rule.owner, at: rule.place)
        ]
      }
      return rule.peers.flatMap { index, peer in
        endpoints.filter { peer.letsThrough($0) }.map { address in
          Notice(
            "\(path), lets its pods reach the metadata service at \(address)",
            hint: "add `\(Prefix(only: address))` to `except`", on: rule.owner, at: rule.place(ofPeer: index))
        }
      }
    }
  }

  private static let endpoints = ["169.254.169.254", "fd00:ec2::254"].compactMap { Address($0) }

  private static func policy(_ except: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: api
      policyTypes: [Egress]
      egress:
      - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      - ports:
        - port: 80
        - port: 443
        to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except:
            - \(except)
    """
  }
}

extension Peer {
  /// Whether it is a block that holds this address among others.
  fileprivate func letsThrough(_ address: Address) -> Bool {
    guard case .block(let prefix, let except) = self else { return false }
    return prefix.contains(address) && prefix != Prefix(only: address)
      && !except.contains { $0.contains(address) }
  }
}
