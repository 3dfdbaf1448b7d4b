/// A question and an answer in the protocol that usually has a port, short but true to it.
enum Speech {
  static func exchange(onPort port: UInt16, _ random: inout SeededRandom) -> (
    asked: [UInt8], answered: [UInt8]
  ) {
    switch port {
    case 443, 6443:
      return (hello(1, rest: [0, 2, 0x13, 0x01, 1, 0], &random), hello(2, rest: [0x13, 0x01, 0], &random))
    case 5432:
      // "May I use TLS?" and "no", as every PostgreSQL session begins.
      return ([0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F], [UInt8(ascii: "N")])
    case 6379:
      return (Array("*1\r\n$4\r\nPING\r\n".utf8), Array("+PONG\r\n".utf8))
    case 9090, 9153:
      let samples = (1...12).map { "http_requests_total{code=\"20\($0 % 4)\"} \($0 * 37)\n" }.joined()
      return http("GET /metrics", samples)
    default:
      return http("GET /", "ok\n")
    }
  }

  private static func http(_ request: String, _ body: String) -> (asked: [UInt8], answered: [UInt8]) {
    (
      Array("\(request) HTTP/1.1\r\nHost: a\r\n\r\n".utf8),
      Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    )
  }

  /// A TLS 1.2 hello without extensions (RFC 5246 §7.4.1): version, 32 random bytes, no session, the rest.
  private static func hello(_ kind: UInt8, rest: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let body: [UInt8] = [3, 3] + random.bytes(32) + [0] + rest
    let handshake = [kind, 0, 0, UInt8(body.count)] + body
    return [22, 3, 1, 0, UInt8(handshake.count)] + handshake
  }
}
