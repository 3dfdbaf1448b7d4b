import Traffic

/// One SCTP packet, without its ports (RFC 9260 §3).
public struct SCTPPacket: Hashable, Sendable {
  /// One chunk: its kind, its flags and what follows its length.
  public struct Chunk: Hashable, Sendable {
    let kind: UInt8
    let flags: UInt8
    let content: [UInt8]

    /// A chunk of any kind.
    public init(kind: UInt8, flags: UInt8 = 0, _ content: [UInt8] = []) {
      self.kind = kind
      self.flags = flags
      self.content = content
    }

    /// INIT: the number that the sender chose for itself, and a first sequence number.
    public static func initiation(tag: UInt32) -> Chunk { Chunk(kind: 1, opening(tag)) }

    /// INIT-ACK, with a cookie.
    public static func initiationAck(tag: UInt32) -> Chunk {
      // The cookie's parameter: its type, its length, and what it holds.
      Chunk(kind: 2, opening(tag) + [0, 7, 0, 12] + cookie)
    }

    /// COOKIE-ECHO.
    public static let cookieEcho = Chunk(kind: 10, cookie)
    /// COOKIE-ACK.
    public static let cookieAck = Chunk(kind: 11)
    /// ABORT by who knows the receiver's number, or reflects the sender's.
    public static func abort(reflected isReflected: Bool = false) -> Chunk {
      Chunk(kind: 6, flags: isReflected ? 1 : 0)
    }
    /// SHUTDOWN, acknowledging everything up to a number.
    public static func shutdown(acknowledging number: UInt32) -> Chunk { Chunk(kind: 7, word(number)) }
    /// SHUTDOWN-ACK.
    public static let shutdownAck = Chunk(kind: 8)
    /// SHUTDOWN-COMPLETE.
    public static let shutdownComplete = Chunk(kind: 14)

    /// DATA: one whole message of stream 0.
    public static func data(_ payload: [UInt8], number: UInt32) -> Chunk {
      Chunk(kind: 0, flags: 3, word(number) + [0, 0, 0, 0, 0, 0, 0, 0] + payload)
    }

    /// SACK without gaps.
    public static func sack(_ number: UInt32) -> Chunk {
      Chunk(kind: 3, word(number) + word(106_496) + [0, 0, 0, 0])
    }

    private static let cookie = Array("biscuits".utf8)

    private static func opening(_ tag: UInt32) -> [UInt8] {
      // Window, streams out and in, and the first number, which is the tag as usual.
      word(tag) + word(106_496) + [0, 10, 0xFF, 0xFF] + word(tag)
    }

    private static func word(_ value: UInt32) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(big: value)
      return bytes
    }

    var bytes: [UInt8] {
      var bytes = [kind, flags]
      bytes.append(big: UInt16(content.count + 4))
      return bytes + content + [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    }
  }

  /// The number that the receiver chose for itself.
  public var tag: UInt32
  /// What it says.
  public var chunks: [Chunk]

  /// A packet.
  public init(tag: UInt32, _ chunks: Chunk...) {
    self.tag = tag
    self.chunks = chunks
  }

  func bytes(from source: Socket, to destination: Socket) -> [UInt8] {
    var body: [UInt8] = []
    body.append(big: source.port)
    body.append(big: destination.port)
    body.append(big: tag)
    body.append(big: 0 as UInt32)
    for chunk in chunks { body += chunk.bytes }
    // The one checksum that stands least significant byte first (RFC 9260 appendix A).
    var sum: [UInt8] = []
    sum.append(big: Checksum.castagnoli(of: body).byteSwapped)
    body.replaceSubrange(8..<12, with: sum)
    return body
  }
}
