import Kubernetes
import Traffic

extension LintRule {
  /// Blocks of the whole address space.
  static let anyAddress = LintRule(
    "any-address", .warning, "a block of all addresses, on every port or with the private networks in it",
    why: [
      """
      For `ingress`, `0.0.0.0/0` without ports opens every port to everybody who can send a packet. With ports it is \
      how something public is published, and nothing is said.
      """,
      """
      For `egress`, such a block is mostly meant as "the internet", but it holds the private networks too: the machines, \
      other clusters, and with many network plugins every pod. Cut those out with `except`, and name the ports.
      """,
    ],
    bad: policy(""),
    good: policy(
      """

              except:
              - 10.0.0.0/8
              - 169.254.0.0/16
              - 172.16.0.0/12
              - 192.168.0.0/16
      """)
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, peer -> Notice? in
        guard case .block(let block, let except) = peer, peer.isAnyAddress else { return nil }
        // Each of them must be cut out; of one that is cut out in part, somebody knew which part is meant.
        let holdsPrivate = Prefix.privateNetworks.contains { network in
          network.isV4 == block.isV4
            && !except.contains { $0.contains(network) || network.contains($0) }
        }
        let (who, hint): (String, String)
        switch (rule.direction, rule.rule.opensEveryPort) {
        case (.ingress, false): return nil
        case (.ingress, true):
          (who, hint) = ("lets \(block) in on every port", "name the ports that are public")
        case (.egress, true) where holdsPrivate:
          (who, hint) = ("reaches \(block) on every port, private networks included", exceptHint(block))
        case (.egress, true):
          (who, hint) = ("reaches \(block) on every port", "name the ports that are needed")
        case (.egress, false):
          guard holdsPrivate else { return nil }
          (who, hint) = ("reaches \(block), private networks included", exceptHint(block))
        }
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), \(who)", hint: hint, on: rule.owner,
          at: rule.place(ofPeer: index))
      }
    }
  }

  private static func exceptHint(_ block: Prefix) -> String {
    let networks = block.isV4 ? "`10.0.0.0/8`, `172.16.0.0/12` and `192.168.0.0/16`" : "`fc00::/7`"
    return "where the internet is meant, cut out \(networks) with `except`"
  }
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
        - port: 443
        to:
        - ipBlock:
            cidr: 0.0.0.0/0\(except)
    """
  }
}
