import Console
import Traffic

/// A port as it is typed, with its protocol: `5432`, `53/UDP`.
struct PortAndTransport: OptionValue {
  let number: UInt16
  let transport: Transport

  init?(typed text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let number = UInt16(parts[0]), number > 0,
      let transport = parts.count == 1 ? .tcp : Transport(name: parts[1].uppercased())
    else { return nil }
    self.number = number
    self.transport = transport
  }

  /// An end, and the port that is typed behind it: `payments/api:8080`, `[fd00::7]:53/UDP`; nil where none is.
  ///
  /// Only addresses of IPv6 hold colons of their own, and without brackets nobody can tell where such a one ends.
  static func split(_ text: String) -> (end: String, port: String)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let end = text[..<colon]
    let port = String(text[text.index(after: colon)...])
    if end.hasPrefix("["), end.hasSuffix("]") { return (String(end.dropFirst().dropLast()), port) }
    return end.isEmpty || end.contains(":") ? nil : (String(end), port)
  }

  var typed: String { "\(number)/\(transport)" }

  static let expectation = "a port such as 5432 or 53/UDP"
}
