import Kubernetes

extension NetworkPlugin {
  /// The program that runs in a cluster, as its DaemonSets and its machines show; the one of which nothing is known where
  /// they don't.
  ///
  /// Several go together: one makes the network and another rules it. The one that rules counts.
  init(installedIn inventory: Inventory) {
    let daemonSets = inventory.topmost.filter {
      $0.kind == "DaemonSet" && inventory.workloads[$0]?.meta.deleted == nil
    }
    let running = Set(daemonSets.filter { Self.homes.contains($0.namespace) }.map(\.name))
    let name =
      Self.rulers.first { running.contains($0.daemonSet) }?.name
      ?? (Self.isK3s(inventory, daemonSets) ? .kubeRouter : nil)
      ?? (Self.networks.isDisjoint(with: running) ? .unknown : .flannel)
    self = NetworkPlugin(name)
  }

  /// Whose DaemonSet goes by which name, those that rule networks of others first.
  private static let rulers: [(daemonSet: String, name: Name)] = [
    ("calico-node", .calico), ("canal", .calico), ("rke2-canal", .calico), ("cilium", .cilium),
    ("anetd", .cilium), ("antrea-agent", .antrea), ("kube-router", .kubeRouter),
    ("ovnkube-node", .ovnKubernetes),
    // They rule too, and nothing is known of them.
    ("kube-network-policies", .unknown), ("weave-net", .unknown), ("kube-ovn-cni", .unknown),
    ("azure-npm", .unknown),
    ("aws-node", .awsVPC), ("kindnet", .kindnet),
  ]

  /// Flannel's DaemonSets, which rule nothing by themselves.
  private static let networks: Set<String> = ["kube-flannel-ds", "kube-flannel"]

  /// Where they are installed: a name alone says nothing in a namespace of somebody's applications.
  private static let homes: Set<String> = [
    system, "calico-system", "cilium", "kube-flannel", "kube-router", "openshift-ovn-kubernetes",
  ]
  private static let system = "kube-system"

  /// Whether k3s rules the cluster itself: what it took over from kube-router runs in its agent, and no DaemonSet shows it.
  ///
  /// Where it was told to leave that to others they are somewhere, so that nobody else is there must be known: the pods
  /// of the system are, no namespace of another program's is there, and no DaemonSet has the name of one.
  private static func isK3s(_ inventory: Inventory, _ daemonSets: [WorkloadID]) -> Bool {
    let others = Set(rulers.map(\.daemonSet))
    return inventory.nodes.contains { $0.meta.deleted == nil && $0.release.contains("+k3s") }
      && inventory.topmost.contains { $0.namespace == system }
      && !inventory.namespaces.keys.contains { $0 != system && $0 != "kube-flannel" && homes.contains($0) }
      && !daemonSets.contains { others.contains($0.name) }
  }
}
