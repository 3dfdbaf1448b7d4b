public import Documents
public import Kubernetes

/// All that lint looks at: manifests as they are written, and the cluster that they are for, as far as it is known.
public struct Scene: Sendable {
  /// Every document, in the order read.
  public let manifests: [Manifest]
  /// The NetworkPolicies that the API server would take, in the order read.
  public let policies: [PolicyManifest]
  /// What is no NetworkPolicy though it says so, with the manifest.
  public let refusals: [(manifest: Manifest, error: PolicyError)]
  /// Files that could not be read.
  public let unreadable: [UnreadableFile]
  /// The cluster's objects, those among the manifests included.
  public let inventory: Inventory
  /// The day on which lint looks.
  public let today: Day

  /// The policies as one evaluator.
  let set: PolicySet
  /// What the pods of every workload look like, in order.
  let looks: [Look]
  /// How the policies see each look, in the same order.
  let standings: [Standing]
  /// The looks by namespace and labels.
  let index: LookIndex
  /// The labels of pods that are over, by namespace.
  let ended: [String: LabelIndex]

  /// A file that could not be read.
  public struct UnreadableFile: Hashable, Sendable {
    /// The file, as its reader named it.
    public let file: String
    /// What is wrong with it.
    public let error: DocumentError

    /// A file and what is wrong with it.
    public init(file: String, _ error: DocumentError) {
      self.file = file
      self.error = error
    }
  }

  /// The scene of these manifests.
  ///
  /// Policies without a namespace go to `home`; `cluster` is what is known beside the manifests.
  public init(
    _ manifests: [Manifest], unreadable: [UnreadableFile] = [], cluster: [ClusterObject] = [],
    home: String = "default", today: Day
  ) {
    var policies: [PolicyManifest] = []
    var refusals: [(Manifest, PolicyError)] = []
    var objects = cluster
    for manifest in manifests {
      if manifest.isNetworkPolicy {
        do throws(PolicyError) {
          let policy = try NetworkPolicy(manifest.node, file: manifest.file, defaultNamespace: home)
          policies.append(PolicyManifest(policy: policy, manifest: manifest))
        } catch {
          refusals.append((manifest, error))
        }
      } else if let object = try? ClusterObject.read(manifest.node) {
        objects.append(object)
      }
    }
    self.manifests = manifests
    self.policies = policies
    self.refusals = refusals
    self.unreadable = unreadable
    self.today = today
    inventory = Inventory(objects)
    let set = PolicySet(policies.map(\.policy), namespaces: inventory.namespaces)
    self.set = set
    looks = Look.all(in: inventory)
    standings = looks.map { set.standing(of: $0.party) }
    index = LookIndex(looks, namespaces: set, named: inventory.namespaces.keys)
    ended = Self.ended(in: inventory)
  }
}

// What it can tell.
extension Scene {
  /// What a rule may need to know of the cluster.
  public enum Knowledge: String, Hashable, Sendable, CaseIterable {
    /// Pods, or workloads that make them.
    case pods
    /// Namespaces as objects, with their labels.
    case namespaces
    /// Services.
    case services
  }

  /// What is known of the cluster.
  public var knowledge: Set<Knowledge> {
    var known: Set<Knowledge> = []
    if !looks.isEmpty { known.insert(.pods) }
    if !inventory.namespaces.isEmpty { known.insert(.namespaces) }
    if !inventory.services.isEmpty { known.insert(.services) }
    return known
  }

  /// The workloads of looks, in order, each once.
  func workloads(of places: [Int]) -> [WorkloadID] { Set(places.map { looks[$0].workload }).sorted() }
}

extension Manifest {
  /// Whether it is a NetworkPolicy of Kubernetes itself; other API groups have kinds of the same name.
  var isNetworkPolicy: Bool {
    kind == "NetworkPolicy"
      && (node["apiVersion"]?.string ?? "networking.k8s.io/v1").hasPrefix("networking.k8s.io/")
  }
}
