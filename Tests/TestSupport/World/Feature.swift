extension MadeWorld {
  /// Something that can be in a world.
  public enum Feature: String, Hashable, Sendable, CaseIterable {
    /// Services whose port is not the pods' own.
    case services
    /// Services that say the pods' port by its name.
    case namedTargets = "named target ports"
    /// A name that means another port on older pods.
    case differingTargets = "target ports that differ from pod to pod"
    /// Services without an address of their own.
    case headless
    /// Several replicas, on different machines.
    case replicas
    /// Every kind of workload, with bare pods and owners that nobody knows.
    case kinds = "all kinds of workloads"
    /// Labels that several workloads have.
    case sharedLabels = "labels that workloads share"
    /// Replicas of an owner that nobody knows, which need each other.
    case strangersAmongThemselves = "replicas of an unknown owner that need each other"
    /// Addresses of both families.
    case dualStack = "dual stack"
    /// The cluster's DNS on a port other than 53.
    case dnsElsewhere = "DNS behind another port"
    /// Recordings in which nobody asks for a name.
    case unaskedDNS = "names that nobody asks for"
    /// Answers that are too long for a datagram.
    case truncation = "names asked again over TCP"
    /// Packets in packets between machines.
    case overlays
    /// Addresses outside the cluster that are asked without a name.
    case externals = "addresses outside"
    /// Addresses outside the cluster that are asked by name.
    case publicNames = "public names"
    /// Guests from outside, through load balancers and the machines' ports.
    case guests = "guests from outside"
    /// The API server.
    case apiServer = "the API server"
    /// Machines that hide their pods from others, on ways that lead through no Service.
    case hiddenPods = "hidden pods"
    /// The same on ways through a Service: both ends change at once.
    case hiddenBehindServices = "pods hidden on the way through a Service"
    /// Scrapes of metrics.
    case monitoring
    /// The machine's agent asks its pods how they are.
    case probes
    /// Pods in their machines' network.
    case hostNetwork = "host network"
    /// Datagrams that are answered.
    case datagrams
    /// Datagrams that nobody answers, to ports that are declared or not.
    case oneWay = "datagrams that nobody answers"
    /// Doors that are closed, and addresses that nobody has.
    case refusals
    /// Clients that knock on doors.
    case scans
    /// Pods that end, and others that get their addresses.
    case reuse = "reused addresses"
    /// Connections that were opened before the recording.
    case midStream = "connections under way"
    /// Connections that are silent for minutes.
    case longLived = "long-lived connections"
    /// Packets that are sent again.
    case retransmissions
    /// A client's port that opens a second connection.
    case portReuse = "reused client ports"
  }

  /// The features that the generator does not master yet, each with what goes wrong.
  public static let leftOut: [Feature: String] = [
    .hiddenBehindServices: """
    where a Service and the hiding change both ends at once, nothing ties what a pod dialled to what the machine \
    sends for it: the connection is counted again, as one of the machine's own
    """,
    .strangersAmongThemselves: """
    where all replicas look alike and no template is known, the proof takes two of them for one pod, which needs no \
    rule, and calls their rule needless: nothing is generated
    """,
    .unaskedDNS: """
    the cluster's DNS lets in only who was seen to ask: with policies for its namespace and for others too, every pod \
    may ask and nobody may be asked
    """,
  ]

  /// All the other features.
  public static let mastered = Set(Feature.allCases).subtracting(leftOut.keys)
}
