public import Documents

/// All that one text of manifests told: the policies, and the objects that they are about.
public struct ManifestReading: Sendable {
  /// The policies, in the order they stand.
  public private(set) var policies: [NetworkPolicy] = []
  /// The cluster's objects, in the order they stand.
  public private(set) var objects: [ClusterObject] = []
  /// How many objects of other kinds there were, by kind; of a document that is no object nothing is said.
  public private(set) var passedOver: [String: Int] = [:]
  /// What could not be read, in order.
  public private(set) var problems: [Problem] = []
  /// The labels that are read under another name than they seem to have, in order.
  public private(set) var renamedLabels: [RenamedLabel] = []
  /// What did not say its namespace, as `kind name`.
  public private(set) var homeless: [String] = []

  /// Something that could not be read.
  public enum Problem: Sendable {
    /// It claims to be a NetworkPolicy, and the API server would refuse it.
    case policy(PolicyError)
    /// It claims to be an object of the cluster.
    case object(ObjectError)
    /// The API server said this instead of objects.
    case failure(String, position: Position?)
    /// From there on the text makes no sense.
    case text(DocumentError)
  }

  /// Reads manifests, and what `kubectl get … -o json` or `-o yaml` prints.
  ///
  /// `file` is how people call the text; what says no namespace gets `home`.
  public init(_ text: [UInt8], file: String, home: String) {
    do {
      try Document.readEach(in: text, limits: Self.limits(of: text)) { take($0, file: file, home: home) }
    } catch {
      problems.append(.text(error))
    }
  }

  /// Whether there was nothing in it that counts.
  public var isEmpty: Bool { policies.isEmpty && objects.isEmpty }

  /// Kinds that decide about traffic too, in ways that no NetworkPolicy tells.
  public static let otherPolicyKinds: Set<String> = [
    "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "CiliumClusterwideNetworkPolicy",
    "CiliumNetworkPolicy", "ClusterNetworkPolicy", "GlobalNetworkPolicy", foreignPolicy,
  ]

  /// Calico's kind has the name of the one that Kubernetes knows.
  private static let foreignPolicy = "NetworkPolicy of another API group"

  /// Each value takes a byte of the text at least, so only what aliases repeat can be more than the text is long.
  private static func limits(of text: [UInt8]) -> Limits {
    Limits(bytes: Limits.cluster.bytes, nodes: max(Limits.manifests.nodes, text.count))
  }
}

// How it works.
extension ManifestReading {
  private mutating func take(_ document: Node, file: String, home: String) {
    switch document["kind"]?.string {
    case nil: break
    case "Status": takeStatus(document)
    case "NetworkPolicy": takePolicy(document, file: file, home: home)
    case let kind?: takeObject(document, kind, home: home)
    }
  }

  private mutating func takePolicy(_ document: Node, file: String, home: String) {
    // Other API groups have kinds of the same name, with other rules.
    let group = document["apiVersion"]?.string ?? "networking.k8s.io/v1"
    guard group.hasPrefix("networking.k8s.io/") else {
      passedOver[Self.foreignPolicy, default: 0] += 1
      return
    }
    noteHome(of: document, "NetworkPolicy")
    do {
      policies.append(try NetworkPolicy(document, file: file, defaultNamespace: home))
      renamedLabels += RenamedLabel.all(in: document)
    } catch {
      problems.append(.policy(error))
    }
  }

  private mutating func takeObject(_ document: Node, _ kind: String, home: String) {
    do {
      guard let object = try ClusterObject.read(document, defaultNamespace: home) else {
        passedOver[kind, default: 0] += 1
        return
      }
      if !object.isClusterWide { noteHome(of: document, kind) }
      objects.append(object)
      renamedLabels += RenamedLabel.all(in: document)
    } catch {
      problems.append(.object(error))
    }
  }

  /// What the API server says where it has no objects to give.
  private mutating func takeStatus(_ document: Node) {
    guard document["status"]?.string == "Failure" else { return }
    let words = document["message"]?.string ?? document["reason"]?.string ?? "without a word"
    problems.append(.failure(words, position: document.position))
  }

  private mutating func noteHome(of document: Node, _ kind: String) {
    let metadata = document["metadata"]
    guard metadata?["namespace"]?.string?.isEmpty ?? true else { return }
    homeless.append("\(kind) \(metadata?["name"]?.string ?? "")")
  }
}
