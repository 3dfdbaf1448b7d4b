import Console
import Traffic

/// The port of the edges that people ask for: over any protocol as `53`, over one as `53/UDP`.
struct AskedPort: OptionValue {
  let number: UInt16
  let transport: Transport?

  init?(typed text: String) {
    guard let one = PortAndTransport(typed: text) else { return nil }
    number = one.number
    transport = text.contains("/") ? one.transport : nil
  }

  /// Whether it is this one.
  func holds(_ port: UInt16, _ transport: Transport) -> Bool {
    port == number && (self.transport ?? transport) == transport
  }

  var typed: String { transport.map { "\(number)/\($0)" } ?? "\(number)" }

  static let expectation = PortAndTransport.expectation
}
