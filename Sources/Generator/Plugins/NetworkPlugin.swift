/// What is known of the program that puts a cluster's policies in force, where such programs differ.
///
/// Where each answer comes from stands in the record of the decision. An answer that is nil is not known, or differs
/// from release to release.
public struct NetworkPlugin: Hashable, Sendable {
  /// What people choose it by.
  public let name: Name
  /// Whether policies are in force at all.
  public let enforcement: Enforcement
  /// Whether a machine reaches its own pods whatever policies say, as its agent does to ask how they are.
  public let letsOwnMachineIn: Bool?
  /// Whether a block of addresses holds machines of the cluster.
  public let matchesMachinesByBlock: Bool?
  /// Whether SCTP can be ruled.
  public let rulesSCTP: Bool?

  /// The programs that are known by name.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// Calico, also where it rules another program's network.
    case calico
    /// Cilium, also as GKE's Dataplane V2.
    case cilium
    /// Antrea.
    case antrea
    /// kube-router, also as k3s runs it in its agent.
    case kubeRouter = "kube-router"
    /// Amazon's VPC network.
    case awsVPC = "aws-vpc"
    /// OVN-Kubernetes, which OpenShift has.
    case ovnKubernetes = "ovn-kubernetes"
    /// kindnet, which kind has.
    case kindnet
    /// Flannel, with nothing beside it.
    case flannel
    /// Any other.
    case unknown
  }

  /// Whether policies are in force.
  public enum Enforcement: Hashable, Sendable {
    /// They are.
    case always
    /// They are where somebody asked for it.
    case onRequest
    /// They are taken, and nothing comes of it.
    case never
    /// Nobody can tell.
    case unknown
  }
}

// How it is made.
extension NetworkPlugin {
  /// What is known of the program with this name.
  public init(_ name: Name) {
    self = Self.known[name] ?? Self.unknown
  }

  /// A program of which nothing is known.
  public static let unknown = NetworkPlugin(
    .unknown, .unknown, ownMachine: nil, machinesByBlock: nil, sctp: nil)

  private init(
    _ name: Name, _ enforcement: Enforcement, ownMachine: Bool?, machinesByBlock: Bool?, sctp: Bool?
  ) {
    self.name = name
    self.enforcement = enforcement
    letsOwnMachineIn = ownMachine
    matchesMachinesByBlock = machinesByBlock
    rulesSCTP = sctp
  }

  private static let known = Dictionary(
    [
      NetworkPlugin(.calico, .always, ownMachine: true, machinesByBlock: true, sctp: true),
      NetworkPlugin(.cilium, .always, ownMachine: true, machinesByBlock: false, sctp: false),
      NetworkPlugin(.antrea, .always, ownMachine: true, machinesByBlock: nil, sctp: true),
      NetworkPlugin(.kubeRouter, .always, ownMachine: true, machinesByBlock: true, sctp: false),
      NetworkPlugin(.awsVPC, .onRequest, ownMachine: true, machinesByBlock: true, sctp: nil),
      NetworkPlugin(.ovnKubernetes, .always, ownMachine: true, machinesByBlock: nil, sctp: true),
      NetworkPlugin(.kindnet, .always, ownMachine: false, machinesByBlock: true, sctp: nil),
      NetworkPlugin(.flannel, .never, ownMachine: true, machinesByBlock: nil, sctp: nil),
    ].map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

// What it can tell.
extension NetworkPlugin.Name {
  /// How its makers write it.
  public var title: String {
    switch self {
    case .calico: "Calico"
    case .cilium: "Cilium"
    case .antrea: "Antrea"
    case .kubeRouter: "kube-router"
    case .awsVPC: "Amazon VPC CNI"
    case .ovnKubernetes: "OVN-Kubernetes"
    case .kindnet: "kindnet"
    case .flannel: "Flannel"
    case .unknown: "a network plugin that is not known"
    }
  }
}
