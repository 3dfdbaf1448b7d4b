extension PacketBuilder {
  /// The pieces of an IP packet whose parts behind the IP header have at most `size` bytes, a multiple of eight.
  public static func fragments(of packet: [UInt8], size: Int, identification: UInt16 = 0x4321) -> [[UInt8]] {
    let isV4 = packet[0] >> 4 == 4
    let headerLength = isV4 ? Int(packet[0] & 15) * 4 : 40
    let body = Array(packet[headerLength...])
    return stride(from: 0, to: body.count, by: size).map { start in
      let part = Array(body[start..<min(start + size, body.count)])
      let hasMore = start + size < body.count
      var header = Array(packet[..<headerLength])
      if isV4 {
        header.put(UInt16(headerLength + part.count), at: 2)
        header.put(identification, at: 4)
        header.put(UInt16(start / 8) | (hasMore ? 0x2000 : 0), at: 6)
        header.put(0, at: 10)
        header.put(Checksum.of(header), at: 10)
        return header + part
      }
      // RFC 8200 §4.5: the header of the piece says what the whole says that it holds.
      var piece = [header[6], 0]
      piece.append(big: UInt16(start) | (hasMore ? 1 : 0))
      piece.append(big: UInt32(identification))
      header[6] = 44
      header.put(UInt16(8 + part.count), at: 4)
      return header + piece + part
    }
  }
}
