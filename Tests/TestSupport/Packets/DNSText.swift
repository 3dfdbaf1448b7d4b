public import Traffic

/// DNS messages for tests (RFC 1035), as they stand after the UDP header.
public enum DNSText {
  /// What is asked for.
  public enum Kind: UInt16, Hashable, Sendable {
    case a = 1
    case aaaa = 28

    /// The kind with this name.
    public init?(name: some StringProtocol) {
      switch name {
      case "A": self = .a
      case "AAAA": self = .aaaa
      default: return nil
      }
    }
  }

  /// How an answer ends.
  public enum Outcome: Hashable, Sendable {
    /// The name is there: through these aliases to these addresses, those of the kind asked for.
    case found(aliases: [String], addresses: [Address])
    /// There is no such name.
    case noSuchName
    /// The answer is too long for a datagram: ask again over TCP.
    case truncated
  }

  /// A question, recursion desired.
  public static func question(_ name: String, _ kind: Kind, id: UInt16) -> [UInt8] {
    header(id, flags: 0x0100, answers: 0) + encoded(name) + tail(kind)
  }

  /// The answer to a question, with the pointers that servers use to keep it short (RFC 1035 §4.1.4).
  public static func answer(
    _ name: String, _ kind: Kind, id: UInt16, _ outcome: Outcome, timeToLive: UInt32 = 30
  ) -> [UInt8] {
    var aliases: [String] = []
    var addresses: [Address] = []
    // A response, recursion desired and available.
    var flags: UInt16 = 0x8180
    switch outcome {
    case .found(let throughAliases, let all):
      aliases = throughAliases
      addresses = all.filter { $0.isV4 == (kind == .a) }
    case .noSuchName: flags |= 3
    case .truncated: flags |= 0x0200
    }
    var message = header(id, flags: flags, answers: aliases.count + addresses.count)
    // The header is 12 bytes long: there the asked name begins.
    var owner: UInt16 = 0xC000 | 12
    message += encoded(name) + tail(kind)
    for alias in aliases {
      let text = encoded(alias)
      appendRecord(to: &message, owner, kind: 5, timeToLive, text)
      owner = 0xC000 | UInt16(message.count - text.count)
    }
    for address in addresses {
      var data: [UInt8] = []
      data.append(address)
      appendRecord(to: &message, owner, kind: kind.rawValue, timeToLive, data)
    }
    return message
  }

  /// The message as TCP carries it, behind its length (RFC 1035 §4.2.2).
  public static func overTCP(_ message: [UInt8]) -> [UInt8] {
    var framed: [UInt8] = []
    framed.append(big: UInt16(message.count))
    return framed + message
  }

  private static func header(_ id: UInt16, flags: UInt16, answers: Int) -> [UInt8] {
    var header: [UInt8] = []
    for number in [id, flags, 1, UInt16(answers), 0, 0] { header.append(big: number) }
    return header
  }

  private static func appendRecord(
    to message: inout [UInt8], _ owner: UInt16, kind: UInt16, _ timeToLive: UInt32, _ data: [UInt8]
  ) {
    message.append(big: owner)
    message.append(big: kind)
    message.append(big: 1 as UInt16)
    message.append(big: timeToLive)
    message.append(big: UInt16(data.count))
    message += data
  }

  private static func encoded(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  /// What follows the name in a question: the kind, and the class Internet.
  private static func tail(_ kind: Kind) -> [UInt8] { [0, UInt8(kind.rawValue), 0, 1] }
}
