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

  var typed: String { "\(number)/\(transport)" }

  static let expectation = "a port such as 5432 or 53/UDP"
}
