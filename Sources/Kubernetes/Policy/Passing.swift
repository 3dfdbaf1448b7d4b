/// Why a label does not stay on a workload's pods as it is.
public enum Passing: Hashable, Sendable {
  /// A new revision of the workload has another.
  case rollout
  /// Each replica has its own.
  case replica
  /// Each run of a Job has its own.
  case run
  /// A new release of what runs in the pods has another.
  case release
  /// What installs the workload writes it for itself.
  case tool
  /// The service mesh writes it while it is there.
  case mesh
  /// The node gives it.
  case node

  /// Why a label does not stay; nil for one that does as far as anybody knows.
  public init?(of key: String) {
    if let known = Self.exact[key] {
      self = known
    } else if let known = Self.prefixes.first(where: { key.hasPrefix($0.prefix) }) {
      self = known.reason
    } else {
      return nil
    }
  }

  /// What changes it, as the end of a sentence.
  public var words: String {
    switch self {
    case .rollout: "changes with every roll-out"
    case .replica: "names one replica of many"
    case .run: "names one run of a Job"
    case .release: "changes with every release"
    case .tool: "belongs to the tool that installed the pods"
    case .mesh: "belongs to the service mesh and changes with it"
    case .node: "changes with the node that a pod runs on"
    }
  }

  /// Whether Kubernetes' own controllers write it, so that nobody can mean something lasting by it.
  public static func isOfControllers(_ key: String) -> Bool {
    switch Passing(of: key) {
    case .rollout, .replica, .run: true
    case .release, .tool, .mesh, .node, nil: false
    }
  }

  private static let exact: [String: Passing] = [
    "controller-revision-hash": .rollout, "pod-template-generation": .rollout, "pod-template-hash": .rollout,
    "rollouts-pod-template-hash": .rollout,
    "apps.kubernetes.io/pod-index": .replica, "statefulset.kubernetes.io/pod-name": .replica,
    "controller-uid": .run, "job-name": .run,
    "app.kubernetes.io/revision": .release, "app.kubernetes.io/version": .release, "build": .release,
    "chart": .release, "commit": .release, "date": .release, "helm.sh/chart": .release, "image-tag": .release,
    "revision": .release, "sha": .release, "timestamp": .release, "version": .release,
    "app.kubernetes.io/created-by": .tool, "app.kubernetes.io/managed-by": .tool, "heritage": .tool,
    "istio.io/rev": .mesh, "security.istio.io/tlsMode": .mesh, "service.istio.io/canonical-revision": .mesh,
    "kubernetes.io/hostname": .node,
  ]

  private static let prefixes: [(prefix: String, reason: Passing)] = [
    ("argocd.argoproj.io/", .tool), ("batch.kubernetes.io/", .run),
    ("failure-domain.beta.kubernetes.io/", .node),
    ("helm.toolkit.fluxcd.io/", .tool), ("kustomize.toolkit.fluxcd.io/", .tool), ("linkerd.io/proxy-", .mesh),
    ("topology.kubernetes.io/", .node),
  ]
}
