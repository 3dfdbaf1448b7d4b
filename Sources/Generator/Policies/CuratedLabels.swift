/// Labels that people give by hand and that outlive roll-outs, in the order of preference.
///
/// Everything else on a pod (hashes, indexes, chart and topology labels, versions) changes under a selector's feet.
enum CuratedLabels {
  static let sets: [Set<String>] = [
    ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"],
    ["app.kubernetes.io/name", "app.kubernetes.io/instance"],
    ["app.kubernetes.io/name", "app.kubernetes.io/component"],
    ["app.kubernetes.io/name"],
    ["app", "component"],
    ["app", "tier"],
    ["app", "release"],
    ["app"],
    ["k8s-app"],
    ["operator.prometheus.io/name"],
    ["strimzi.io/name"],
    ["cnpg.io/cluster"],
    ["postgres-operator.crunchydata.com/cluster"],
    ["run"],
  ]

  /// Those of which one is enough, in the order in which people use them.
  static let enough = ["app", "app.kubernetes.io/name", "k8s-app", "run"]
}
