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
  /// What is no object of its kind though it says so, with the manifest.
  let brokenObjects: [(manifest: Manifest, error: ObjectError)]
  /// Files that could not be read.
  public let unreadable: [UnreadableFile]
  /// The cluster's objects, those among the manifests included.
  public let inventory: Inventory
  /// The namespace that policies without one are said to go to; nil where nobody said.
  let home: String?
  /// The namespaces of which the cluster beside the manifests lists pods.
  let listed: Set<String>
  /// What Kustomize does to the files.
  let kustomized: KustomizedFiles
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
  /// What has no namespace goes to the one that Kustomize gives it, else to `home`, else to `default`; `cluster` is
  /// what is known beside the manifests. Parts that Kustomize merges into other objects are no objects here.
  public init(
    _ manifests: [Manifest], unreadable: [UnreadableFile] = [], cluster: [ClusterObject] = [],
    home: String? = nil, today: Day
  ) {
    var policies: [PolicyManifest] = []
    var refusals: [(Manifest, PolicyError)] = []
    var broken: [(Manifest, ObjectError)] = []
    var objects = cluster
    listed = Set(cluster.compactMap { if case .pod(let pod) = $0 { pod.meta.namespace } else { nil } })
    let kustomized = KustomizedFiles(Kustomizations(manifests))
    for manifest in manifests where !kustomized.isPatch(manifest.file) {
      let home = kustomized.namespace(of: manifest.file) ?? home ?? Self.lastHome
      if manifest.isNetworkPolicy {
        do throws(PolicyError) {
          let policy = try NetworkPolicy(manifest.node, file: manifest.file, defaultNamespace: home)
          policies.append(PolicyManifest(policy: policy, manifest: manifest))
        } catch {
          refusals.append((manifest, error))
        }
      } else {
        do throws(ObjectError) {
          if let object = try ClusterObject.read(manifest.node, defaultNamespace: home) {
            objects.append(object)
          }
        } catch {
          broken.append((manifest, error))
        }
      }
    }
    self.manifests = manifests
    self.policies = policies
    self.refusals = refusals
    brokenObjects = broken
    self.home = home
    self.kustomized = kustomized
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
  /// Policies of kinds that no rule looks at though they decide about traffic too, by kind.
  public var otherPolicies: [String: Int] {
    Dictionary(
      manifests.map(\.kind).filter(ManifestReading.otherPolicyKinds.contains).map { ($0, 1) },
      uniquingKeysWith: +)
  }

  /// The namespace in which an object will be, whether it says so or not.
  func namespace(of manifest: Manifest) -> String {
    manifest.namespace ?? kustomized.namespace(of: manifest.file) ?? home ?? Self.lastHome
  }

  /// Where the API server puts what says no namespace.
  private static let lastHome = "default"

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
