extension LinkHeader {
  /// Four bytes with a protocol family: https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html and LINKTYPE_LOOP.html.
  static func family(_ frame: RawSpan) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= 4 else { throw .cut }
    var family = frame.number32(0)
    // The order is that of the network for LOOP and else that of a host nobody knows any more; every family fits into
    // the low half of its number.
    if family > 0xFFFF { family = family.byteSwapped }
    switch family {
    // AF_INET, and AF_INET6 of Linux, Windows, NetBSD and OpenBSD, Solaris, FreeBSD, Darwin.
    case 2, 10, 23, 24, 26, 28, 30: return LinkHeader(offset: 4)
    default: throw .otherProtocol
    }
  }
}
