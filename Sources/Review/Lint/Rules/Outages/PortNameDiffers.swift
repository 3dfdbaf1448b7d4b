import Kubernetes

extension LintRule {
  /// Names of ports that mean one number here and another there.
  static let portNameDiffers = LintRule(
    "port-name-differs", .info, "a port by a name that means different numbers on different pods",
    why: [
      """
      A rule with a port by name opens on each pod the number that the pod declares under it. That may be meant, and is \
      then the only way to say it; but a reader of the policy does not see it, and a pod that declares the name for a \
      port that nobody should reach opens that one.
      """
    ],
    bad: pods(second: "9090"),
    good: pods(second: "8080"),
    needs: [.pods]
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      let names = rule.ports.filter { if case .named = $0.port { true } else { false } }
      guard !names.isEmpty, let targets = scene.targets(of: rule) else { return [] }
      return names.compactMap { index, port in
        guard case .named(_, let name) = port else { return nil }
        let byNumbers = Dictionary(grouping: targets.places) { port.opened(on: scene.looks[$0].traits).terms }
        let meanings = byNumbers.filter { !$0.key.isEmpty }.sorted {
          $0.key.lexicographicallyPrecedes($1.key)
        }
        guard meanings.count > 1 else { return nil }
        let words = meanings.prefix(4).map { terms, places in
          "\(terms.joined(separator: " and ")) on \(scene.workloads(of: places).words)"
        }
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words): port `\(name)` is \(words.joined(separator: ", "))",
          hint: "write numbers where only some of these are meant", on: rule.owner,
          at: rule.place(ofPort: index))
      }
    }
  }

  private static func pods(second: String) -> String {
    let pods = [("api", "8080"), ("web", second)].map { name, port in
      """
      apiVersion: v1
      kind: Pod
      metadata:
        labels:
          app: \(name)
        name: \(name)
        namespace: shop
      spec:
        containers:
        - name: \(name)
          ports:
          - containerPort: \(port)
            name: http
      """
    }
    return
      (pods + [
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: http
          namespace: shop
        spec:
          ingress:
          - from:
            - podSelector: {}
            ports:
            - port: http
          podSelector: {}
        """
      ]).joined(separator: "\n---\n")
  }
}
