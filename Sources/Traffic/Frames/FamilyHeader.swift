extension LinkHeader {
  /// Four bytes with a protocol family: https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html.
  static func family(_ frame: RawSpan, isNetworkOrder: Bool) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= 4 else { throw .cut }
    var family = frame.number32(0)
    // The order is that of a host nobody knows any more; every family fits into the low half of its number.
    if !isNetworkOrder, family > 0xFFFF { family = family.byteSwapped }
    switch family {
    // AF_INET, and AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, Darwin.
    case 2, 10, 24, 28, 30: return LinkHeader(offset: 4)
    default: throw .otherProtocol
    }
  }
}
