public import Traffic

/// An ARP message for IPv4 over Ethernet (RFC 826), from its first byte on.
public struct ARPMessage: Hashable, Sendable {
  /// Whether it answers; otherwise it asks.
  public let isReply: Bool
  /// Who sends it.
  public let sender: Address
  /// The hardware address of the sender.
  public let senderHardware: HardwareAddress
  /// Who is asked for, or answered.
  public let target: Address
  /// The hardware address of the target; zero in a question.
  public let targetHardware: HardwareAddress

  /// Who has `target`? Tell the sender.
  public static func question(from sender: Address, at hardware: HardwareAddress, for target: Address) -> Self
  {
    Self(
      isReply: false, sender: sender, senderHardware: hardware, target: target, targetHardware: .zero)
  }

  /// The answer to a question.
  public static func answer(
    from sender: Address, at hardware: HardwareAddress, to target: Address, at targetHardware: HardwareAddress
  ) -> Self {
    Self(
      isReply: true, sender: sender, senderHardware: hardware, target: target,
      targetHardware: targetHardware)
  }

  /// The message on the wire.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = [0, 1, 8, 0, 6, 4, 0, isReply ? 2 : 1]
    bytes += senderHardware.bytes
    bytes.append(sender)
    bytes += targetHardware.bytes
    bytes.append(target)
    return bytes
  }
}
