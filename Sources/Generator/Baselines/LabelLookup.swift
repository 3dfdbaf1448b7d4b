import Kubernetes

/// Things of some namespaces by their labels, so that those whom a selector means are sought among few.
struct LabelLookup<Thing> {
  private var everything: [String: [Thing]] = [:]
  private var labelled: [Place: [Thing]] = [:]

  private struct Place: Hashable {
    let namespace: String
    let key: String
    let value: String
  }

  mutating func note(_ thing: Thing, _ labels: Labels, in namespace: String) {
    everything[namespace, default: []].append(thing)
    for (key, value) in labels {
      labelled[Place(namespace: namespace, key: key, value: value), default: []].append(thing)
    }
  }

  /// The namespaces of which anything is known, in order.
  var namespaces: [String] { everything.keys.sorted() }

  /// Those that may have all of these labels: who has the rarest of them, or all where none is asked for.
  func candidates(_ labels: Labels, in namespace: String) -> [Thing] {
    labels.map { labelled[Place(namespace: namespace, key: $0.key, value: $0.value), default: []] }
      .min { $0.count < $1.count } ?? everything[namespace, default: []]
  }
}
