import Kubernetes
import Traffic

extension LintRule {
  /// Numbers that are asked for and cannot be had.
  static let scrapeBlocked = LintRule(
    "scrape-blocked", .error, "pods that are to be scraped, and whose policies let nobody scrape them",
    why: [
      """
      The annotation `prometheus.io/scrape`, on the pods or on their Service, or a ServiceMonitor or PodMonitor asks for \
      metrics, and the pods are isolated for ingress without a rule that opens the port. Nothing fails but the graphs, \
      and the alerts that are made of them.
      """,
      """
      Where pods of Prometheus or of another collector are known, one of them has to be let in; else anybody but the \
      workload itself.
      """,
      """
      Annotations are looked at where the objects stand among the manifests. Of what `--cluster` names they are not read, \
      because anything may stand there.
      """,
    ],
    bad: example("8080"),
    good: example("9090"),
    needs: [.pods]
  ) { scene in
    let scrapers = scene.scrapers
    var blocked: [Blocked: Set<WorkloadID>] = [:]
    for wish in scene.scrapeWishes {
      guard !scrapers.contains(wish.place), !scene.isScrapable(wish, by: scrapers),
        let policy = scene.standings[wish.place].isolators(.ingress).first(where: {
          !scene.policies[$0].policy.subject.isEverything
        }) ?? scene.standings[wish.place].isolators(.ingress).first
      else { continue }
      let key = Blocked(policy: policy, port: wish.ports[0], asker: wish.asker)
      blocked[key, default: []].insert(scene.looks[wish.place].workload)
    }
    let collectors = scrapers.isEmpty ? "anybody" : scene.workloads(of: scrapers).words
    return blocked.map { key, workloads in
      let written = scene.policies[key.policy]
      return Notice(
        "`\(written.policy.path)` isolates \(workloads.words) for ingress, and no rule lets \(collectors) scrape it on "
          + "port \(key.port), as \(key.asker) asks",
        hint: "add an ingress rule for port \(key.port), from the pods that scrape", on: written)
    }
  }

  private static func example(_ port: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
      namespace: shop
    spec:
      selector:
        matchLabels:
          app: api
      template:
        metadata:
          annotations:
            prometheus.io/port: "9090"
            prometheus.io/scrape: "true"
          labels:
            app: api
        spec:
          containers:
          - name: api
            ports:
            - containerPort: 8080
            - containerPort: 9090
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      ingress:
      - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: monitoring
        ports:
        - port: \(port)
      podSelector:
        matchLabels:
          app: api
    """
  }
}

/// What one finding is about.
private struct Blocked: Hashable {
  let policy: Int
  let port: UInt16
  let asker: String
}

extension Scene {
  /// Whether what somebody asked for can be had.
  fileprivate func isScrapable(_ wish: ScrapeWish, by scrapers: [Int]) -> Bool {
    let (look, standing) = (looks[wish.place], standings[wish.place])
    let isolators = standing.isolators(.ingress)
    guard !isolators.isEmpty else { return true }
    guard scrapers.isEmpty else {
      return scrapers.contains { scraper in
        let open = set.gate(.ingress, from: standings[scraper], to: standing).open
        return wish.ports.contains { open.contains($0, .tcp) }
      }
    }
    return rules(of: isolators, .ingress).contains { rule in
      let open = rule.rule.opened(on: look.traits)
      guard wish.ports.contains(where: { open.contains($0, .tcp) }) else { return false }
      guard case .only(let peers) = rule.rule.peers else { return true }
      return peers.contains { peer in
        guard case .pods = peer else { return true }
        let others = picked(by: peer, of: look.traits.namespace).map { looks[$0].workload }
        return others.isEmpty || others.contains { $0 != look.workload }
      }
    }
  }
}
