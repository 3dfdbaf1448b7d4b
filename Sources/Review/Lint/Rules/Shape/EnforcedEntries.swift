import Documents
import Kubernetes
import Traffic

extension LintRule {
  /// Policies that become very many entries in the nodes' tables.
  static let enforcedEntries = LintRule(
    "enforced-entries", .info, "a policy that expands to very many entries",
    why: [
      """
      A network plugin turns each rule into entries of a table: for each pod that is picked, each address that a peer \
      stands for, with each port. `from` ten ports and a selector that picks 300 pods, for 50 pods, that is 150,000. \
      Such tables have limits (Cilium keeps at most 16,384 entries a pod unless told otherwise), and each pod that \
      comes or goes writes many of them anew.
      """,
      """
      More than \(mostEntries) entries of one policy are told. A pod counts once for each of its addresses, a block once \
      and once more for each exception, a range of ports once. Where no pods of a workload are known, its `replicas` \
      are counted.
      """,
    ],
    bad: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: worker
        namespace: shop
      spec:
        replicas: 150
        selector:
          matchLabels:
            app: worker
        template:
          metadata:
            labels:
              app: worker
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: worker
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        ingress:
        - from:
          - podSelector: {}
      """,
    good: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: worker
        namespace: shop
      spec:
        replicas: 150
        selector:
          matchLabels:
            app: worker
        template:
          metadata:
            labels:
              app: worker
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: worker
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        ingress:
        - ports:
          - port: 8080
      """,
    needs: [.pods]
  ) { scene in
    var counting = EntryCounting(scene)
    return scene.policies.compactMap { written in
      let (pods, largest, entries) = counting.count(written)
      guard entries > mostEntries, let largest else { return nil }
      return Notice(
        "`\(written.policy.path)` expands to \(entries) entries: \(pods) \(pods == 1 ? "address" : "addresses") it is about, and most of them by \(largest.words)",
        hint: "name fewer peers or ports there, or pick fewer pods", on: written, at: largest.place)
    }
  }

  /// Ten thousand fit everywhere; some plugins end a little beyond.
  private static let mostEntries = 10_000
}

/// Counts the entries of policies, and each peer's pods only once.
private struct EntryCounting {
  private let scene: Scene
  private let replicas: [WorkloadID: Int]
  private var known: [Place: Int] = [:]

  /// A peer as policies of one namespace mean it; where it names namespaces itself, all mean the same.
  private struct Place: Hashable {
    let namespace: String?
    let peer: Peer
  }

  init(_ scene: Scene) {
    self.scene = scene
    let written = scene.manifests.flatMap { manifest -> [(WorkloadID, Int)] in
      guard let replicas = manifest.node[["spec", "replicas"]]?.integer else { return [] }
      return scene.namespaces(of: manifest).map {
        (WorkloadID(namespace: $0, kind: manifest.kind, name: manifest.name), max(1, replicas))
      }
    }
    replicas = Dictionary(written, uniquingKeysWith: { _, later in later })
  }

  /// How many addresses a policy is about, its rule with the most entries, and the entries of all its rules.
  mutating func count(_ written: PolicyManifest) -> (pods: Int, largest: WrittenRule?, entries: Int) {
    let pods = addresses(of: scene.picked(by: written.policy))
    var (entries, most) = (0, 0)
    var largest: WrittenRule?
    for rule in written.effectiveRules {
      let peers = rule.peers.reduce(0) { sum, peer in
        clamped(sum.addingReportingOverflow(addresses(of: peer.peer, written.policy.namespace)))
      }
      let one = product(product(pods, rule.rule.peers == .anyone ? 1 : peers), max(1, rule.ports.count))
      if one > most { (most, largest) = (one, rule) }
      entries = clamped(entries.addingReportingOverflow(one))
    }
    return (pods, largest, entries)
  }

  private mutating func addresses(of peer: Peer, _ namespace: String) -> Int {
    if case .block(_, let except) = peer { return 1 + except.count }
    let place =
      if case .pods = peer { Place(namespace: namespace, peer: peer) } else {
        Place(namespace: nil, peer: peer)
      }
    if let count = known[place] { return count }
    let count = addresses(of: scene.picked(by: peer, of: namespace))
    known[place] = count
    return count
  }

  /// A pod without an address has not come yet, and will have one.
  private func addresses(of places: [Int]) -> Int {
    places.reduce(0) { sum, place in
      let look = scene.looks[place]
      return clamped(
        sum.addingReportingOverflow(
          look.addresses.isEmpty ? replicas[look.workload] ?? 1 : look.addresses.count))
    }
  }

  private func clamped(_ result: (partialValue: Int, overflow: Bool)) -> Int {
    result.overflow ? .max : result.partialValue
  }

  private func product(_ one: Int, _ other: Int) -> Int {
    clamped(one.multipliedReportingOverflow(by: other))
  }
}
