import Kubernetes

/// Looks by namespace and labels, so that neither a policy nor a peer has to ask all of them.
struct LookIndex: Sendable {
  /// Every namespace that is known by its object or by a pod, in order.
  let namespaces: [String]
  private let namespaceLabels: LabelIndex
  private let shelves: [String: Shelf]
  private let everywhere: LabelIndex
  private let looks: [Look]

  /// The looks of one namespace.
  private struct Shelf: Sendable {
    /// Their places among all, in ascending order.
    let places: [Int]
    let labels: LabelIndex
  }

  init(_ looks: [Look], namespaces set: PolicySet, named: some Sequence<String>) {
    let byNamespace = Dictionary(grouping: looks.indices) { looks[$0].traits.namespace }
    shelves = byNamespace.mapValues { places in
      Shelf(places: places, labels: LabelIndex(places.map { looks[$0].traits.labels }))
    }
    namespaces = Set(named).union(byNamespace.keys).sorted()
    namespaceLabels = LabelIndex(namespaces.map(set.labels(ofNamespace:)))
    everywhere = LabelIndex(looks.map(\.traits.labels))
    self.looks = looks
  }

  /// The labels of the namespaces, in the order of their names.
  var labelsOfNamespaces: LabelIndex { namespaceLabels }

  /// The labels of the looks of a namespace.
  func labels(in namespace: String) -> LabelIndex { shelves[namespace]?.labels ?? LabelIndex([]) }

  /// Whether there is a look of this namespace.
  func knows(_ namespace: String) -> Bool { shelves[namespace] != nil }

  /// The namespaces that a selector picks, in order.
  func namespaces(_ selector: LabelSelector) -> [String] {
    namespaceLabels.places(selector).map { namespaces[$0] }
  }

  /// The places of the looks of a namespace that a selector picks, in ascending order.
  func places(_ pods: LabelSelector, in namespace: String) -> [Int] {
    guard let shelf = shelves[namespace] else { return [] }
    guard !pods.isEverything else { return shelf.places }
    return shelf.labels.places(pods).map { shelf.places[$0] }
  }

  /// The places of the looks that a selector picks in all namespaces that another picks, in ascending order.
  func places(_ pods: LabelSelector, inAll selector: LabelSelector) -> [Int] {
    let picked = namespaces(selector)
    // Few namespaces are asked one by one; of many, those of the pods that are picked anywhere.
    guard picked.count > Self.few else { return picked.flatMap { places(pods, in: $0) }.sorted() }
    let wanted = Set(picked)
    return everywhere.places(pods).filter { wanted.contains(looks[$0].traits.namespace) }
  }

  private static let few = 8
}
