import Kubernetes

/// Workloads that one selector picks together.
struct Crowd: Sendable {
  /// The workloads, in order.
  let members: [Member]

  /// One of them.
  struct Member: Sendable {
    /// Its name; of many alike, the first.
    let id: WorkloadID
    /// What policies see of its pods.
    let labels: [Labels]

    /// What messages call it.
    var words: String { "\(id.kind) `\(id.name)`" }

    /// The labels that all its pods have and keep.
    var lasting: Labels {
      guard let first = labels.first else { return [:] }
      return first.filter { label in
        Passing(of: label.key) == nil && labels.allSatisfy { $0[label.key] == label.value }
      }
    }
  }

  /// The workloads of these looks.
  ///
  /// Pods, ReplicaSets and Jobs that nobody known makes are told apart by their lasting labels, not by name: two runs of
  /// one CronJob, or two revisions of one Deployment, are no two workloads only because their maker was not listed.
  init(_ places: [Int], in scene: Scene) {
    let families = Dictionary(grouping: places.map { scene.looks[$0] }) { look -> Family in
      let id = look.workload
      guard Self.passingKinds.contains(id.kind) else { return .one(id) }
      return .alike(id.namespace, id.kind, look.traits.labels.filter { Passing(of: $0.key) == nil })
    }
    members = families.values.compactMap { looks in
      looks.map(\.workload).min().map { Member(id: $0, labels: looks.map(\.traits.labels)) }
    }.sorted { $0.id < $1.id }
  }

  /// A part of a crowd.
  init(_ members: [Member]) { self.members = members }

  private enum Family: Hashable {
    case one(WorkloadID)
    case alike(String, String, Labels)
  }

  private static let passingKinds: Set<String> = ["Job", "Pod", "ReplicaSet"]
}

// What it can tell.
extension Crowd {
  /// The members, in words; of many, the first few.
  var words: String {
    let few = 5
    let names = members.prefix(few).map(\.words)
    guard members.count <= few, let last = names.last else {
      return names.joined(separator: ", ") + " and \(members.count - names.count) more"
    }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The members by their namespaces.
  var byNamespace: [String: [Member]] { Dictionary(grouping: members) { $0.id.namespace } }

  /// How one of them can be picked alone.
  var hint: String {
    let lasting = members.map(\.lasting)
    let keys = lasting.first.map { $0.keys.filter { key in lasting.allSatisfy { $0[key] != nil } } } ?? []
    let telling = keys.filter { key in Set(lasting.map { $0[key] }).count == members.count }
    if let key = NamingLabels.first(of: telling) { return "`\(key)` tells them apart" }
    let alone = members.indices.compactMap { index -> String? in
      let own = lasting[index].filter { label in
        members.indices.allSatisfy { other in
          other == index || members[other].labels.allSatisfy { $0[label.key] != label.value }
        }
      }
      return NamingLabels.first(of: own.keys).map {
        "`\($0): \(own[$0] ?? "")` picks \(members[index].words) alone"
      }
    }
    guard !alone.isEmpty else {
      return "nothing lasting tells them apart: give each pod template a label of its own"
    }
    return alone.prefix(3).joined(separator: ", ")
  }
}
