import Traffic

/// One TCP segment, without its ports.
public struct TCPSegment: Hashable, Sendable {
  /// The bits that steer a connection.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits as the header holds them.
    public let rawValue: UInt8

    /// The flags with these bits.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// The sender is done.
    public static let fin = Flags(rawValue: 1)
    /// The sender opens.
    public static let syn = Flags(rawValue: 2)
    /// The connection is over, or never was.
    public static let rst = Flags(rawValue: 4)
    /// Hand the bytes on at once.
    public static let psh = Flags(rawValue: 8)
    /// The acknowledgement counts.
    public static let ack = Flags(rawValue: 16)
  }

  /// The flags.
  public var flags: Flags
  /// The number of the first byte.
  public var sequence: UInt32
  /// The number of the byte expected next.
  public var acknowledgement: UInt32
  /// The bytes carried.
  public var payload: [UInt8]

  /// A segment; one with SYN also says its greatest segment size.
  public init(_ flags: Flags, sequence: UInt32, acknowledgement: UInt32 = 0, payload: [UInt8] = []) {
    self.flags = flags
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.payload = payload
  }

  func bytes(from source: Socket, to destination: Socket) -> [UInt8] {
    // 1460 bytes fill an Ethernet frame.
    let options: [UInt8] = flags.contains(.syn) ? [2, 4, 0x05, 0xB4] : []
    var body: [UInt8] = []
    body.append(big: source.port)
    body.append(big: destination.port)
    body.append(big: sequence)
    body.append(big: acknowledgement)
    body += [UInt8((20 + options.count) / 4) << 4, flags.rawValue]
    // A reset closes the window too.
    body.append(big: flags.contains(.rst) ? 0 : 64_240 as UInt16)
    body.append(big: 0 as UInt32)
    body += options + payload
    let sum = Checksum.of(
      body, transport: Transport.tcp.rawValue, from: source.address, to: destination.address)
    body.put(sum, at: 16)
    return body
  }
}
