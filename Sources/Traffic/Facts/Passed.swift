/// Why a frame, or part of one, taught nothing.
///
/// Every such frame is counted under its reason, so that nothing is dropped in silence.
public enum Passed: String, Error, Hashable, Sendable, CaseIterable {
  /// Address resolution.
  case arp = "ARP"
  /// Labels between Ethernet and what they switch.
  case mpls = "MPLS"
  /// Point-to-point sessions on Ethernet.
  case pppoe = "PPPoE"
  /// Link-layer discovery.
  case lldp = "LLDP"
  /// Authentication on a port of a switch.
  case eapol = "EAPOL"
  /// Frames with a length in place of a type: spanning tree and its like.
  case llc = "802.3 LLC"
  /// ICMP and ICMPv6 that refuse no conversation.
  case icmp = "ICMP"
  /// Multicast and broadcast.
  case multicast = "multicast"
  /// Sent by or to an address or port that nobody can have: nothing, multicast or broadcast as the sender, port 0.
  case impossibleEnds = "packets between impossible ends"
  /// A later piece of a fragmented packet: it holds no ports.
  case fragment = "later fragments"
  /// Membership in multicast groups.
  case igmp = "IGMP"
  /// A tunnel that carries neither IP nor Ethernet, or of a form that is not read.
  case gre = "GRE"
  /// IPsec, whose inside can't be read.
  case esp = "ESP"
  /// An IPv6 packet that says it holds nothing.
  case nothing = "packets that hold nothing"
  /// An IP protocol that a NetworkPolicy can't name.
  case otherTransport = "other transports"
  /// A frame of a protocol other than IP.
  case otherProtocol = "other protocols"
  /// A frame cut by the snap length before its headers ended.
  case cut = "frames cut short"
  /// A frame whose recorder's clock can't have been right: see `Instant.credible`.
  case impossibleTime = "frames of an impossible time"
  /// A frame whose headers contradict themselves.
  case malformed = "malformed frames"
  /// A packet in an overlay, cut by the snap length before its headers ended.
  case overlayCut = "packets in overlays cut short"
  /// A packet in an overlay whose headers contradict themselves.
  case overlayMalformed = "malformed packets in overlays"
  /// A packet in overlays within overlays, deeper than anybody stacks them.
  case overlayDepth = "overlays nested too deep"
  /// What an overlay's own ends tell each other.
  case overlayControl = "control messages of overlays"
  /// Traffic of the recording host with itself.
  case loopback = "loopback"
  /// A link type that nobody taught this program.
  case linkType = "unknown link types"
  /// An exchange that was seen again behind a masquerade, and counts as the pod's own.
  case masqueraded = "exchanges seen again behind a masquerade"
  /// A packet of a conversation that found the table full.
  case overflow = "packets of conversations beyond the table"
  /// The same, by the name that older stores have for it.
  case overflowOnce = "conversations beyond the table"
  /// A conversation that nobody answered, begun in another's name: see `Doors`.
  case spoofedSource = "conversations from a spoofed source"
  /// What tied the sightings of a conversation, forgotten before the others could have come.
  case forgottenTie = "ties forgotten too early"
  /// A conversation that found no room among the facts.
  case factOverflow = "conversations beyond the facts"
  /// Attempts among the facts that gave their room to what was established: no need is lost.
  case displaced = "attempts that gave way among the facts"
  /// An attempt, which is never a need, that found no room among the facts or its share of them taken.
  case attemptOverflow = "attempts beyond the facts"
  /// A DNS question that found too many others open.
  case questionOverflow = "DNS questions beyond the table"
  /// An address in an answer of DNS that found no room among the names.
  case nameOverflow = "DNS addresses beyond the names"
  /// SCTP, as long as its conversations were not followed: older stores have it.
  case sctp = "SCTP"
  /// The middle of a connection, or an answer, of which no other side was seen.
  case oneSided = "one-sided remains of conversations"
  /// A connection that went on after its opening with one side silent; it counts as far as it came.
  case oneDirection = "connections seen in one direction only"
  /// A SYN in the midst of a connection, which nobody answers by opening another.
  case staleOpening = "openings within live connections"
  /// A DNS message of which the capture lacks what counts: by the snap length, by loss, or in a later fragment.
  case dnsCut = "DNS messages cut short"
  /// A DNS message that breaks the rules of its form, or that never came to its end.
  case dnsMalformed = "DNS messages not understood"
  /// A DNS answer that says that it is cut, and to ask again over TCP.
  case dnsTruncated = "truncated DNS answers"
  /// A DNS answer about a name that no host can have.
  case dnsName = "DNS answers about other than host names"
  /// A DNS answer to a question that was not seen within five seconds before it.
  case dnsUnasked = "DNS answers that nobody asked for"

  /// Why nothing of a frame was understood; one of another protocol was, as far as it goes.
  public static let unread: [Passed] = [.linkType, .cut, .malformed, .overlayCut, .overlayMalformed]

  /// What frames look like whose file names another link type than theirs: nothing, or a protocol that nobody knows.
  public static let strange: [Passed] = [.llc, .otherProtocol]

  /// What may have been a need, and found no room.
  public static let crowdedOut: [Passed] = [.overflow, .overflowOnce, .factOverflow]

  /// What may have been the name of a need, and found no room: a rule for the address of the day takes its place.
  public static let namesCrowdedOut: [Passed] = [.questionOverflow, .nameOverflow]
}
