/// Why a frame, or part of one, taught nothing.
///
/// Every such frame is counted under its reason, so that nothing is dropped in silence.
public enum Passed: String, Hashable, Sendable, CaseIterable {
  /// Address resolution.
  case arp = "ARP"
  /// ICMP and ICMPv6 that refuse no conversation.
  case icmp = "ICMP"
  /// Multicast and broadcast.
  case multicast = "multicast"
  /// A later piece of a fragmented packet: it holds no ports.
  case fragment = "later fragments"
  /// An IP protocol that a NetworkPolicy can't name.
  case otherTransport = "other transports"
  /// A frame of a protocol other than IP.
  case otherProtocol = "other protocols"
  /// A frame cut by the snap length before its headers ended.
  case cut = "frames cut short"
  /// A frame whose headers contradict themselves.
  case malformed = "malformed frames"
  /// Traffic of the recording host with itself.
  case loopback = "loopback"
  /// A link type that nobody taught this program.
  case linkType = "unknown link types"
  /// A conversation that found the table full.
  case overflow = "conversations beyond the table"
}
