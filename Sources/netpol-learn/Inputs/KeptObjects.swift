import Documents
import FlowStore
import Kubernetes
import Traffic

extension ClusterObject {
  /// The object as a store keeps it: the fields that are needed and no others.
  var stored: StoredObject {
    let meta = meta
    var from = meta.created ?? .distantPast
    var until = meta.deleted
    if case .pod(let pod) = self {
      from = pod.held.from
      until = pod.held.until == .distantFuture ? nil : pod.held.until
    }
    return StoredObject(
      kind: kind, namespace: meta.namespace, name: meta.name, uid: meta.uid, from: from, until: until,
      body: JSON.write(document, indented: false))
  }
}

extension StoredObject {
  /// The object that was kept; nil where the store holds something else.
  var object: ClusterObject? {
    guard let node = try? JSON.read(Array(body.utf8)) else { return nil }
    return try? ClusterObject.read(node)
  }
}
