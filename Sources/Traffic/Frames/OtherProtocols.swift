/// The names under which frames that hold no conversation are counted.
extension Passed {
  /// What an EtherType other than that of IP says, by the registry of IEEE 802.
  init(etherType: UInt16) {
    switch etherType {
    // Up to 1500 it is not a type but a length, and a header of IEEE 802.2 follows: spanning tree and its like.
    case 0...1500: self = .llc
    case 0x0806: self = .arp
    case 0x8847, 0x8848: self = .mpls
    case 0x8863, 0x8864: self = .pppoe
    case 0x888E: self = .eapol
    case 0x88CC: self = .lldp
    default: self = .otherProtocol
    }
  }

  /// What an IP protocol says that is neither a transport nor an overlay, by the registry of IANA.
  init(ipProtocol number: UInt8) {
    switch number {
    case IPHeader.igmp: self = .igmp
    case 50: self = .esp
    // RFC 8200 §4.7.
    case 59: self = .nothing
    default: self = .otherTransport
    }
  }
}
