import Documents
public import Traffic

/// What every object of a cluster says of itself.
public struct ObjectMeta: Hashable, Sendable {
  /// The namespace; empty for objects of the whole cluster.
  public var namespace: String
  /// The name.
  public var name: String
  /// The identity that no later object of the same name shares; empty in manifests.
  public var uid: String
  /// The labels.
  public var labels: Labels
  /// The object that controls this one.
  public var owner: OwnerReference?
  /// When it was created; nil in manifests.
  public var created: Instant?
  /// When it was told to go, its grace included.
  public var deleted: Instant?
  /// Which of two tellings of it is the newer one: a `resourceVersion`, which counts through the whole cluster; 0 in
  /// manifests.
  ///
  /// It is the object's own, or the newest of its kind in the list that told it.
  public var version: Int64
  /// The moment of the newest list that told it, of those that show theirs; minutes at most before that was made.
  public var told: Instant?
  /// Whether and where it wants to be asked for metrics.
  public var scrape: ScrapeRequest?

  /// What an object says of itself.
  public init(
    namespace: String = "", name: String, uid: String = "", labels: Labels = [:],
    owner: OwnerReference? = nil, created: Instant? = nil, deleted: Instant? = nil,
    version: Int64 = 0, scrape: ScrapeRequest? = nil
  ) {
    self.namespace = namespace
    self.name = name
    self.uid = uid
    self.labels = labels
    self.owner = owner
    self.created = created
    self.deleted = deleted
    self.version = version
    self.scrape = scrape
  }
}

/// The object that controls another.
public struct OwnerReference: Hashable, Sendable {
  /// Its kind.
  public let kind: String
  /// Its name.
  public let name: String
  /// Its identity.
  public let uid: String

  /// The owner with this name.
  public init(kind: String, name: String, uid: String = "") {
    self.kind = kind
    self.name = name
    self.uid = uid
  }
}

extension ObjectMeta {
  /// What `metadata` says; nil without a name.
  init?(_ object: Node, defaultNamespace: String) {
    guard let metadata = object["metadata"], let name = metadata["name"]?.string, !name.isEmpty else {
      return nil
    }
    let namespace = metadata["namespace"]?.string ?? ""
    self.init(
      namespace: namespace.isEmpty ? defaultNamespace : namespace,
      name: name,
      uid: metadata["uid"]?.string ?? "",
      labels: metadata["labels"]?.labels ?? [:],
      owner: Self.controller(metadata["ownerReferences"]),
      created: metadata["creationTimestamp"]?.instant,
      deleted: metadata["deletionTimestamp"]?.instant,
      version: metadata["resourceVersion"]?.string.flatMap { Int64($0) }.map { max(0, $0) } ?? 0,
      scrape: ScrapeRequest(annotations: metadata["annotations"]))
  }

  /// The one owner that controls, else the first one named.
  private static func controller(_ references: Node?) -> OwnerReference? {
    let owners = references?.sequence ?? []
    guard let owner = owners.first(where: { $0["controller"]?.bool == true }) ?? owners.first,
      let kind = owner["kind"]?.string, let name = owner["name"]?.string
    else { return nil }
    let group = KnownKinds.group(owner["apiVersion"])
    // What has the name of a known kind in another group is called as kubectl calls it: `Job.batch.volcano.sh`.
    let isForeign = KnownKinds.isForeign(kind, group: group)
    return OwnerReference(
      kind: isForeign ? "\(kind).\(group ?? "")" : kind, name: name, uid: owner["uid"]?.string ?? "")
  }

  var node: Node {
    var members: [(String, Node?)] = []
    members.append(("annotations", scrape?.annotations))
    members.append(("creationTimestamp", created.map { .string($0.description) }))
    members.append(("deletionTimestamp", deleted.map { .string($0.description) }))
    members.append(("labels", labels.isEmpty ? nil : Node(labels: labels)))
    members.append(("name", .string(name)))
    members.append(("namespace", namespace.isEmpty ? nil : .string(namespace)))
    members.append(
      (
        "ownerReferences",
        owner.map {
          .sequence([
            Node(kept: [
              ("controller", .bool(true)), ("kind", .string($0.kind)), ("name", .string($0.name)),
              ("uid", $0.uid.isEmpty ? nil : .string($0.uid)),
            ])
          ])
        }
      ))
    members.append(("resourceVersion", version == 0 ? nil : .string(String(version))))
    members.append(("uid", uid.isEmpty ? nil : .string(uid)))
    return Node(kept: members)
  }
}
