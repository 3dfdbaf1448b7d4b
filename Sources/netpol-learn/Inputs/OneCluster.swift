import Console
import FlowStore
import Kubernetes

// Objects of two clusters in one inventory would give the addresses of one to the pods of the other.
extension ClusterFiles {
  /// Refuses sources that tell of two clusters.
  func requireOneCluster() throws(Complaint) {
    var known: [(name: String, identity: ClusterIdentity)] = []
    for source in sources {
      let identity = ClusterIdentity(source.reading.objects)
      for earlier in known {
        if let namespace = identity.contradiction(with: earlier.identity) {
          throw Self.twoClusters(source.name, earlier.name, namespace)
        }
      }
      known.append((source.name, identity))
    }
  }

  /// Refuses sources that tell of another cluster than the one whose objects a store holds.
  func requireCluster(of known: [ClusterObject], keptIn store: String) throws(Complaint) {
    let identity = ClusterIdentity(known)
    for source in sources {
      if let namespace = ClusterIdentity(source.reading.objects).contradiction(with: identity) {
        throw Self.twoClusters(source.name, store, namespace)
      }
    }
  }

  /// The sources of which nothing shows that they are of the cluster whose objects a store holds, in words.
  func strangers(to known: [ClusterObject], keptIn store: String) -> [Complaint] {
    guard ClusterIdentity(known).isKnown else { return [] }
    let uids = Self.uids(of: known)
    return sources.compactMap { source in
      let told = Self.uids(of: source.reading.objects)
      guard !told.isEmpty, told.isDisjoint(with: uids) else { return nil }
      return Complaint(
        "nothing in `\(source.name)` shows that it is of the cluster that `\(store)` knows",
        hint: "with `ns` among what kubectl prints it can be told", exitCode: .done)
    }
  }

  /// The identities of objects, and of those that own them.
  private static func uids(of objects: [ClusterObject]) -> Set<String> {
    Set(objects.flatMap { [$0.meta.uid, $0.meta.owner?.uid ?? ""] }.filter { !$0.isEmpty })
  }

  fileprivate static func twoClusters(_ name: String, _ other: String, _ namespace: String) -> Complaint {
    Complaint(
      "`\(name)` is of another cluster than `\(other)`: its namespace `\(namespace)` is not the same one",
      hint: "keep a store for each cluster: `--db FILE` names another", exitCode: .refused)
  }
}

extension ClusterIdentity {
  /// Refuses stores of two clusters; one that is not there yet is of any.
  static func requireOne(of stores: [String]) throws {
    var known: [(path: String, identity: ClusterIdentity)] = []
    for path in stores {
      let identity = ClusterIdentity(try KeptObjects(at: path).objects)
      for earlier in known {
        if let namespace = identity.contradiction(with: earlier.identity) {
          throw ClusterFiles.twoClusters(path, earlier.path, namespace)
        }
      }
      known.append((path, identity))
    }
  }
}
