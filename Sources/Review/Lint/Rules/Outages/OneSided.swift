import Kubernetes

extension LintRule {
  /// Ways that are open at one end only.
  static let oneSided = LintRule(
    "one-sided", .warning, "a rule without effect, because the other end's policies do not agree",
    why: [
      """
      A connection needs both ends: the egress rules of who asks and the ingress rules of who is asked, wherever policies \
      isolate them. A rule that opens a way of which the other end lets nothing through looks as if it worked. It is told \
      only where no pair of its pods and none of its ports gets through.
      """
    ],
    bad: policies("app: shop"),
    good: policies("app: web"),
    needs: [.pods]
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).compactMap { rule in
      guard let ends = Ends(of: rule, in: scene), ends.areShut(in: scene),
        let other = scene.teller(scene.standings[ends.others[0]].isolators(ends.away))
      else { return nil }
      let (mine, theirs) = (scene.workloads(of: ends.subjects).words, scene.workloads(of: ends.others).words)
      let words =
        switch rule.direction {
        case .ingress:
          "`\(other.policy.path)` isolates \(theirs) for egress, and nothing lets them ask \(mine)"
        case .egress: "`\(other.policy.path)` isolates \(theirs) for ingress, and nothing lets \(mine) in"
        }
      return Notice(
        "`\(rule.owner.policy.path)`, \(rule.words), has no effect on \(rule.rule.ports): \(words)",
        hint: "add an \(ends.away.rawValue) rule for it to a policy about \(theirs), or remove this one",
        on: rule.owner, at: rule.place)
    }
  }

  private static func policies(_ label: String) -> String {
    let pods = ["api", "web"].map { name in
      """
      apiVersion: v1
      kind: Pod
      metadata:
        labels:
          app: \(name)
        name: \(name)
        namespace: shop
      """
    }
    return
      (pods + [
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: api
          namespace: shop
        spec:
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  \(label)
            ports:
            - port: 8080
          podSelector:
            matchLabels:
              app: api
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
        spec:
          egress:
          - ports:
            - port: 53
              protocol: UDP
            - port: 53
              protocol: TCP
          - ports:
            - port: 8080
            to:
            - podSelector:
                matchLabels:
                  app: api
          podSelector:
            matchLabels:
              app: web
          policyTypes: [Egress]
        """
      ]).joined(separator: "\n---\n")
  }
}

/// The pods at both ends of a rule, where all of them are known.
private struct Ends {
  let rule: WrittenRule
  /// The places of the looks that the policy is about.
  let subjects: [Int]
  /// The places of the looks that its peers pick.
  let others: [Int]
  /// The direction in which the other end decides.
  var away: PolicyDirection { rule.direction == .egress ? .ingress : .egress }

  init?(of rule: WrittenRule, in scene: Scene) {
    let policy = rule.owner.policy
    guard case .only(let peers) = rule.rule.peers, scene.knowsPods(of: policy.namespace),
      peers.allSatisfy({ !$0.isBlock && scene.knowsPods(of: $0, in: policy.namespace) })
    else { return nil }
    self.rule = rule
    subjects = scene.picked(by: policy)
    others = Set(peers.flatMap { scene.picked(by: $0, of: policy.namespace) }).sorted()
    guard !subjects.isEmpty, !others.isEmpty else { return nil }
  }

  /// Whether nothing of what the rule opens gets past the other end.
  func areShut(in scene: Scene) -> Bool {
    // One that nothing isolates agrees to all, which is the common case and quickly seen.
    guard others.allSatisfy({ !scene.standings[$0].isolators(away).isEmpty }) else { return false }
    // Among this many pairs one gets through as a rule, and looking at all of them would take long.
    guard subjects.count * others.count <= 20_000 else { return false }
    var speaks = false
    for subject in subjects {
      for other in others {
        let (source, destination) = rule.direction == .egress ? (subject, other) : (other, subject)
        let ports = rule.rule.opened(on: scene.looks[destination].traits)
        guard !ports.isEmpty else { continue }
        speaks = true
        let open = scene.set.open(
          from: scene.standings[source], to: scene.standings[destination], areReplicas: true)
        if !open.intersection(ports).isEmpty { return false }
      }
    }
    return speaks
  }
}
