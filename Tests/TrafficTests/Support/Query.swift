@testable import Traffic

/// DNS messages, written by hand so that they can lie.
struct Query {
  var id = 7
  var name: [UInt8]
  var type = 1

  init(_ name: String, id: Int = 7, type: Int = 1) {
    self.id = id
    self.name = Self.labels(name)
    self.type = type
  }

  /// A question for a name whose labels may hold anything.
  init(labels: [String]) {
    self.init("")
    name = labels.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  /// A record whose owner is given as labels or as a pointer.
  static func record(_ owner: [UInt8], type: Int, _ content: [UInt8]) -> [UInt8] {
    Wire.join(owner, Wire.number16(type), [0, 1, 0, 0, 0, 30], Wire.number16(content.count), content)
  }

  static func labels(_ name: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for label in name.utf8.split(separator: UInt8(ascii: ".")) { bytes += [UInt8(label.count)] + label }
    return bytes + [0]
  }

  /// Points at the question's name, which begins behind the header.
  static let asked: [UInt8] = [0xC0, 12]

  static func address(_ text: String, owner: [UInt8] = asked) -> [UInt8] {
    let address = Address(test: text)
    return record(owner, type: address.isV4 ? 1 : 28, Wire.bytes(address))
  }

  static func alias(_ owner: [UInt8], _ target: String) -> [UInt8] {
    record(owner, type: 5, labels(target))
  }

  var question: [UInt8] { message(flags: 0x0100, []) }

  func answer(_ records: [[UInt8]], flags: Int = 0x8180, count: Int? = nil) -> [UInt8] {
    message(flags: flags, records, count: count)
  }

  private func message(flags: Int, _ records: [[UInt8]], count: Int? = nil) -> [UInt8] {
    Wire.join(
      Wire.number16(id), Wire.number16(flags), [0, 1], Wire.number16(count ?? records.count), [0, 0, 0, 0],
      name,
      Wire.number16(type), [0, 1], Array(records.joined()))
  }
}

extension Tape {
  /// Sends a DNS message in one datagram.
  mutating func send(_ source: Socket, _ destination: Socket, _ message: [UInt8], interface: UInt32 = 2) {
    send(
      (
        interface,
        Wire.ip(
          source.address, destination.address, inside: 17,
          Wire.udp(source.port, destination.port, payload: message))
      ))
  }
}
