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
  /// The files that findings of this scene are about; nil where they are about all but those of its variants.
  let scope: Set<String>?
  /// The variants that Kustomize makes of files that it puts into several wholes, each a scene of its own.
  let variants: [Scene]
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
  /// Objects go to the namespace that Kustomize gives them; what has none goes to `home`, else to `default`. `cluster`
  /// is what is known beside the manifests. Parts that Kustomize merges into other objects are no objects here.
  public init(
    _ manifests: [Manifest], unreadable: [UnreadableFile] = [], cluster: [ClusterObject] = [],
    home: String? = nil, today: Day
  ) {
    let kustomizations = Kustomizations(manifests)
    func scene(_ roots: [Int], _ scope: Set<String>?, _ variants: [Scene]) -> Scene {
      Scene(
        manifests, KustomizedFiles(kustomizations, applying: roots), scope, variants, unreadable, cluster,
        home,
        today)
    }
    let variants = KustomizeVariants(kustomizations).all.map { scene($0.roots, $0.files, []) }
    self = scene(kustomizations.roots, nil, variants)
  }

  private init(
    _ manifests: [Manifest], _ kustomized: KustomizedFiles, _ scope: Set<String>?, _ variants: [Scene],
    _ unreadable: [UnreadableFile], _ cluster: [ClusterObject], _ home: String?, _ today: Day
  ) {
    var policies: [PolicyManifest] = []
    var refusals: [(Manifest, PolicyError)] = []
    var broken: [(Manifest, ObjectError)] = []
    var objects = cluster
    listed = Set(cluster.compactMap { if case .pod(let pod) = $0 { pod.meta.namespace } else { nil } })
    let manifests = manifests.filter { !kustomized.isElsewhere($0.file) }
    for manifest in manifests where !kustomized.isPatch(manifest.file) {
      let given = kustomized.namespaces(of: manifest.file)
      let home = given.first ?? home ?? Self.lastHome
      if manifest.isNetworkPolicy {
        do throws(PolicyError) {
          let policy = try NetworkPolicy(manifest.node, file: manifest.file, defaultNamespace: home)
          let places = given.isEmpty ? [policy.namespace] : given
          policies += places.map { PolicyManifest(policy: policy.placed(in: $0), manifest: manifest) }
        } catch {
          refusals.append((manifest, error))
        }
      } else {
        do throws(ObjectError) {
          if let object = try ClusterObject.read(manifest.node, defaultNamespace: home) {
            objects += given.isEmpty ? [object] : given.map(object.placed)
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
    self.scope = scope
    self.variants = variants
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

  /// The namespaces in which an object will be, whether it says so or not: one, but for what Kustomize multiplies.
  func namespaces(of manifest: Manifest) -> [String] {
    let given = kustomized.namespaces(of: manifest.file)
    return given.isEmpty ? [manifest.namespace ?? home ?? Self.lastHome] : given
  }

  /// How many policies are written; what Kustomize makes several of is one.
  public var policyCount: Int {
    manifests.count { $0.isNetworkPolicy && !kustomized.isPatch($0.file) }
  }

  /// Where the API server puts what says no namespace.
  private static let lastHome = "default"

  /// The workloads of looks, in order, each once.
  func workloads(of places: [Int]) -> [WorkloadID] { Set(places.map { looks[$0].workload }).sorted() }
}

extension NetworkPolicy {
  /// The policy in this namespace, wherever it was.
  fileprivate func placed(in namespace: String) -> NetworkPolicy {
    var policy = self
    policy.namespace = namespace
    return policy
  }
}

extension Manifest {
  /// Whether it is a NetworkPolicy of Kubernetes itself; other API groups have kinds of the same name.
  var isNetworkPolicy: Bool {
    kind == "NetworkPolicy"
      && (node["apiVersion"]?.string ?? "networking.k8s.io/v1").hasPrefix("networking.k8s.io/")
  }
}
