import Documents
import Kubernetes

extension LintRule {
  /// Selectors that are sound as written, and not any more as applied.
  static let kustomizeLabels = LintRule(
    "kustomize-labels", .error,
    "a Kustomization that puts labels into selectors of policies, which then pick nobody",
    why: [
      """
      `commonLabels`, and `labels` with `includeSelectors: true`, add their labels to the `matchLabels` of each policy's \
      `podSelector` and of each peer's. Pods that the same Kustomization makes get them too. The cluster's DNS and the \
      pods of other teams do not: the rules for these are dead from then on, and the files show nothing of it.
      """,
      """
      Selectors without `matchLabels` stay as they are: a peer that must not be touched can be written with \
      `matchExpressions`.
      """,
    ],
    bad: """
      # kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
      - dns.yaml
      commonLabels:
        env: prod
      ---
      # dns.yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: dns
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Egress
        egress:
        - to:
          - namespaceSelector:
              matchLabels:
                kubernetes.io/metadata.name: kube-system
            podSelector:
              matchLabels:
                k8s-app: kube-dns
      """,
    good: """
      # kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
      - dns.yaml
      labels:
      - pairs:
          env: prod
        includeTemplates: true
      ---
      # dns.yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: dns
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Egress
        egress:
        - to:
          - namespaceSelector:
              matchLabels:
                kubernetes.io/metadata.name: kube-system
            podSelector:
              matchLabels:
                k8s-app: kube-dns
      """
  ) { scene in
    let kustomizations = Kustomizations(scene.manifests)
    guard !kustomizations.all.isEmpty else { return [] }
    let byFile = Dictionary(grouping: scene.policies) { FilePath($0.manifest.file).text }
    var notices: [Notice] = []
    for (place, kustomization) in kustomizations.all.enumerated() {
      let transformers = kustomizations.transformers(of: kustomization).filter { !$0.selectorLabels.isEmpty }
      guard !transformers.isEmpty else { continue }
      let files = kustomizations.files(of: kustomization)
      let namespaces = kustomizations.namespaces(from: place)
      let selectors = files.sorted().flatMap { file -> [PolicyManifest] in
        // Of what goes into several namespaces, that is meant which goes where this one puts it, and each policy once.
        var seen: Set<Origin> = []
        return byFile[file, default: []].filter { written in
          namespaces[file].map { $0.contains(written.policy.namespace) } ?? true
            && seen.insert(written.manifest.place()).inserted
        }
      }.flatMap(\.podSelectors)
      for transformer in transformers {
        for (field, labels, place) in transformer.selectorLabels {
          // Another Kustomization may give them to the pods, as where an application and its policies have one each.
          let made = scene.podLabels(in: kustomizations.files(given: labels))
          let dead = selectors.filter {
            scene.picksNobody($0, with: labels, made: made, in: kustomization.namespace)
          }
          guard let first = dead.first else { continue }
          let others = dead.count - 1
          let more =
            others > 0
            ? ", and so \(others == 1 ? "does another selector" : "do \(others) other selectors")" : ""
          notices.append(
            Notice(
              "`\(field)` puts `\(LabelSelector(labels))` into the selectors: \(first.words), for "
                + "`\(first.selector)`, then picks no pod\(more)",
              hint: "use `labels` with `includeTemplates: true` and without `includeSelectors`",
              on: transformer.manifest, at: place))
        }
      }
    }
    return notices
  }
}

extension Scene {
  /// The labels of the pods that files make.
  fileprivate func podLabels(in files: Set<String>) -> LabelIndex {
    LabelIndex(
      manifests.filter { files.contains(FilePath($0.file).text) }.compactMap { manifest in
        switch try? ClusterObject.read(manifest.node) {
        case .workload(let workload): workload.templateLabels
        case .pod(let pod): pod.meta.labels
        default: nil
        }
      })
  }

  /// Whether a selector with labels added to it picks nobody any more.
  fileprivate func picksNobody(
    _ written: WrittenSelector, with added: Labels, made: LabelIndex, in namespace: String?
  ) -> Bool {
    // Only an existing `matchLabels` is added to, and pods that get the labels too are picked as before.
    guard written.hasLabels, !made.picks(written.selector) else { return false }
    let selector = LabelSelector(
      written.selector.labels.merging(added) { _, new in new }, written.selector.requirements)
    let home = namespace ?? written.owner.policy.namespace
    let (before, isDNS): ([Int], Bool)
    switch written.peer {
    case .podsIn(let namespaces, let pods):
      before = index.places(pods, inAll: namespaces)
      isDNS = pods.labels["k8s-app"] == "kube-dns"
    default:
      before = index.places(written.selector, in: home)
      isDNS = false
    }
    // Nobody gives the cluster's DNS the labels of an application.
    guard !before.isEmpty else { return isDNS && selector != written.selector }
    return before.allSatisfy { !selector.matches(looks[$0].traits.labels) }
  }
}
