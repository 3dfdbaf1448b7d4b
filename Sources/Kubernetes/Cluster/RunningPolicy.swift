import Documents

/// A NetworkPolicy as the cluster has it, with the times that a manifest of it doesn't tell.
public struct RunningPolicy: Hashable, Sendable {
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// What it says, without annotations and the place it was read from.
  public var policy: NetworkPolicy
}

extension RunningPolicy {
  init(_ object: Node, meta: ObjectMeta) throws(ObjectError) {
    let bare = object.keeping(["kind": .all, "metadata": ["name": .all, "uid": .all], "spec": .all])
    do throws(PolicyError) {
      var policy = try NetworkPolicy(bare, file: "", defaultNamespace: meta.namespace).withoutOrigin
      policy.namespace = meta.namespace
      self.meta = meta
      self.policy = policy
    } catch {
      throw .policy(error, position: object.position)
    }
  }

  var node: Node {
    Node(kept: [
      ("kind", .string("NetworkPolicy")), ("metadata", meta.node), ("spec", policy.node["spec"]),
    ])
  }
}
