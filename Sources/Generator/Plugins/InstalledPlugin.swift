import Kubernetes

extension NetworkPlugin {
  /// The program that runs in a cluster, as its DaemonSets show; the one of which nothing is known where they don't.
  ///
  /// Several go together: one makes the network and another rules it. The one that rules counts.
  init(installedIn inventory: Inventory) {
    let running = Set(
      inventory.topmost.filter { $0.kind == "DaemonSet" && Self.homes.contains($0.namespace) }.map(\.name))
    self = Self.marks.first { running.contains($0.daemonSet) }.map { NetworkPlugin($0.name) } ?? .unknown
  }

  /// Whose DaemonSet goes by which name, those that rule networks of others first.
  private static let marks: [(daemonSet: String, name: Name)] = [
    ("calico-node", .calico), ("canal", .calico), ("cilium", .cilium), ("anetd", .cilium),
    ("antrea-agent", .antrea), ("kube-router", .kubeRouter), ("ovnkube-node", .ovnKubernetes),
    ("aws-node", .awsVPC), ("kindnet", .kindnet), ("kube-flannel-ds", .flannel), ("kube-flannel", .flannel),
  ]

  /// Where they are installed: a name alone says nothing in a namespace of somebody's applications.
  private static let homes: Set<String> = [
    "kube-system", "calico-system", "cilium", "kube-flannel", "kube-router", "openshift-ovn-kubernetes",
  ]
}
