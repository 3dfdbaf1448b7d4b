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
    /// Pods whose labels are those of another workload: generation must stop.
    case lookalikes
    /// Workloads of two namespaces with the same labels.
    case sameLabels = "the same labels in two namespaces"
    /// Workloads of two kinds with one name.
    case sameNames = "one name for two workloads"
    /// Labels that several workloads have.
    case sharedLabels = "labels that workloads share"
    /// Replicas of an owner that nobody knows, which need each other.
    case strangersAmongThemselves = "replicas of an unknown owner that need each other"
    /// Addresses of both families.
    case dualStack = "dual stack"
    /// Addresses of load balancers that pods dial as well.
    case balancersInside = "load balancers dialled inside"
    /// Services with the pods of two workloads behind them.
    case sharedServices = "Services of two workloads"
    /// The machines' ports that pods dial as well.
    case nodePortsInside = "machines' ports dialled inside"
    /// The cluster's DNS as OpenShift has it.
    case otherDNS = "DNS of another distribution"
    /// The cluster's DNS on a port other than 53.
    case dnsElsewhere = "DNS behind another port"
    /// Recordings in which nobody asks for a name.
    case unaskedDNS = "names that nobody asks for"
    /// Answers that are too long for a datagram.
    case truncation = "names asked again over TCP"
    /// A cache of the cluster's DNS on each machine.
    case nameCaches = "a cache of DNS on each machine"
    /// Machines that tell no block of their pods' addresses.
    case derivedRanges = "machines without blocks for pods"
    /// A recording of each machine by itself.
    case recordedApart = "machines recorded apart"
    /// Recordings that don't tell which interface showed a packet.
    case plainInterfaces = "recordings without interfaces"
    /// Recordings that tell times less exactly.
    case microseconds
    /// Recordings that nobody gives a name.
    case unnamedRecordings = "recordings without a name"
    /// Machines that record nothing.
    case unrecorded = "machines that record nothing"
    /// Packets in packets between machines.
    case overlays
    /// Addresses outside the cluster that are asked without a name.
    case externals = "addresses outside"
    /// Addresses outside the cluster that are asked by name.
    case publicNames = "public names"
    /// Private addresses beside the cluster that are asked by name.
    case privateNames = "private names"
    /// Names that somebody else than the cluster's DNS answers.
    case foreignNames = "names that strangers answer"
    /// The same for IPv6.
    case externals6 = "addresses outside of IPv6"
    /// Guests from outside, through load balancers and the machines' ports.
    case guests = "guests from outside"
    /// Guests whom the machine hides that they come in by.
    case hiddenGuests = "hidden guests"
    /// Guests who are handed on to a pod of another machine.
    case handedGuests = "guests handed on to other machines"
    /// Services that lead guests to pods of the machine that they came in by only.
    case keptGuests = "guests who keep their addresses"
    /// Pods that reach themselves through their own Service.
    case hairpins = "pods that reach themselves through a Service"
    /// The API server.
    case apiServer = "the API server"
    /// Machines that hide their pods from others, on ways that lead through no Service.
    case hiddenPods = "hidden pods"
    /// The same where the machine that is asked is recorded, and the machine that hides is not, or apart.
    case hiddenFromOthers = "pods hidden from other recorders"
    /// The same on ways through a Service: both ends change at once.
    case hiddenBehindServices = "pods hidden on the way through a Service"
    /// Scrapes of metrics.
    case monitoring
    /// Scrapes of pods in their machines' network.
    case hostScrapes = "scrapes of machines"
    /// The machine's agent asks its pods how they are.
    case probes
    /// Pods in their machines' network.
    case hostNetwork = "host network"
    /// Associations of SCTP.
    case associations
    /// Datagrams that are answered.
    case datagrams
    /// Datagrams that nobody answers, to ports that are declared or not.
    case oneWay = "datagrams that nobody answers"
    /// The same, for minutes from one port.
    case steadySockets = "datagrams that nobody answers, from one port"
    /// Exchanges of which the recording sees the answer first.
    case midExchanges = "exchanges under way"
    /// Doors that are closed, and addresses that nobody has.
    case refusals
    /// Clients that knock on doors.
    case scans
    /// Clients that knock on doors, and again on the next day.
    case dailyScans = "daily scans"
    /// Pods that end, and others that get their addresses.
    case reuse = "reused addresses"
    /// The same where nobody knew of it when the recording was made.
    case laterInventory = "reused addresses, known only later"
    /// Pods of which no object is left.
    case vanished = "pods that nobody lists"
    /// Such pods that talk again and again: generation must stop.
    case steadyUnknowns = "steady talk of pods that nobody lists"
    /// The same on machines of which no other pod is known, nor the block.
    case vanishedAlone = "pods that nobody lists, far from others"
    /// Connections that were opened before the recording.
    case midStream = "connections under way"
    /// Connections that are open through the whole recording, between ports that nobody declares: generation must stop.
    case openThroughout = "connections open throughout"
    /// Several connections under way to a port that nobody declares: that so many lead there shows who is asked.
    case pools = "pools of connections under way"
    /// Needs that fail now and then.
    case failures
    /// Connections that are silent for minutes.
    case longLived = "long-lived connections"
    /// Openings that are answered after seconds.
    case slowOpenings = "slow openings"
    /// Packets that are sent again.
    case retransmissions
    /// A client's port that opens a second connection.
    case portReuse = "reused client ports"

    /// In how many of a hundred worlds it is.
    var chance: Int {
      switch self {
      // Worlds that have it mostly have no policies.
      case .steadyUnknowns, .lookalikes, .openThroughout: 12
      // It leaves no names to be learned.
      case .unaskedDNS: 20
      // It leaves numbers that are no more than estimates.
      case .laterInventory: 20
      default: 65
      }
    }
  }

  /// The features that the generator does not master yet, each with what goes wrong.
  public static let leftOut: [Feature: String] = [
    .hiddenFromOthers: """
    a recording that shows a hidden pod's machine alone tells of the machine: the connection is counted for both, and \
    where the pod's own machine records nothing its need is not seen and is cut
    """
  ]

  /// All the other features.
  public static let mastered = Set(Feature.allCases).subtracting(leftOut.keys)
}
