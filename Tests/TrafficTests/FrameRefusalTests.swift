import TestSupport
import Testing

@testable import Traffic

private let four = (Address(test: "10.244.1.10"), Address(test: "10.244.1.11"))
private let six = (Address(test: "fd00:1::10"), Address(test: "fd00:1::11"))
private let router = Address(test: "10.0.0.1")

private func transport(_ kind: Transport) -> [UInt8] {
  switch kind {
  case .tcp: Wire.tcp(40_000, 8_080, sequence: 77)
  case .udp: Wire.udp(40_000, 8_080, payload: [1, 2, 3, 4])
  case .sctp: Wire.join(Wire.number16(40_000), Wire.number16(8_080), Wire.number32(77), [0, 0, 0, 0])
  }
}

private func packet(_ kind: Transport, _ ends: (Address, Address) = four, options: [UInt8] = []) -> [UInt8] {
  Wire.ip(ends.0, ends.1, inside: kind.rawValue, transport(kind), options: options)
}

private func expectRefusal(
  _ frame: [UInt8], _ kind: Transport, _ ends: (Address, Address) = four,
  at location: SourceLocation = #_sourceLocation
) throws {
  guard case .refusal(let refusal) = try Wire.decode(frame).get().content else {
    Issue.record("no refusal", sourceLocation: location)
    return
  }
  #expect(refusal.source == Socket(ends.0, 40_000), sourceLocation: location)
  #expect(refusal.destination == Socket(ends.1, 8_080), sourceLocation: location)
  #expect(refusal.transport == kind, sourceLocation: location)
  #expect(refusal.sequence == (kind == .udp ? 0 : 77), sourceLocation: location)
}

private func expectPassed(_ frame: [UInt8], _ reason: Passed = .icmp, _ comment: Comment? = nil) {
  guard case .failure(let found) = Wire.decode(frame) else {
    Issue.record(comment ?? "decoded")
    return
  }
  #expect(found == reason, comment)
}

@Suite("An ICMP error names the packet that it refuses")
struct FrameRefusalTests {
  @Test("of either family and each transport", arguments: Transport.allCases)
  func transports(kind: Transport) throws {
    for ends in [four, six] {
      try expectRefusal(Wire.unreachable(from: ends.1, quoting: packet(kind, ends), to: ends.0), kind, ends)
    }
  }

  @Test("from a router, with options in the header quoted, and in an overlay", arguments: Transport.allCases)
  func forms(kind: Transport) throws {
    try expectRefusal(Wire.unreachable(from: router, quoting: packet(kind), to: four.0), kind)
    let optional = packet(kind, options: [7, 7, 4, 0, 0, 0, 0, 0])
    let error = Wire.unreachable(from: four.1, quoting: optional, to: four.0)
    try expectRefusal(error, kind)
    for carrier in Carrier.allCases {
      try expectRefusal(carrier.carry(error, from: router, to: Address(test: "10.0.0.2")), kind)
    }
    let chain = Wire.extended(
      six.0, six.1, [(0, [0, 1, 4, 0, 0, 0, 0])], transport(kind), inside: kind.rawValue)
    try expectRefusal(Wire.unreachable(from: six.1, quoting: chain, to: six.0, bytes: 16), kind, six)
  }

  @Test("for codes that say that nobody will have it, and for no others")
  func codes() throws {
    for code in UInt8(0)...20 {
      let error = Wire.unreachable(from: four.1, quoting: packet(.tcp), to: four.0, code: code)
      if [0, 1, 2, 3, 6, 7, 9, 10, 13].contains(code) {
        try expectRefusal(error, .tcp)
      } else {
        expectPassed(error, .icmp, "code \(code)")
      }
      let error6 = Wire.unreachable(from: six.1, quoting: packet(.tcp, six), to: six.0, code: code)
      if code <= 6 {
        try expectRefusal(error6, .tcp, six)
      } else {
        expectPassed(error6, .icmp, "code \(code)")
      }
    }
    // Time exceeded, parameter problems, redirects, source quench, and packets too large.
    for type: UInt8 in [0, 4, 5, 8, 11, 12] {
      expectPassed(Wire.unreachable(from: four.1, quoting: packet(.tcp), to: four.0, type: type))
    }
    for (type, code) in [(2, 0), (3, 0), (4, 0), (4, 2), (128, 0)] as [(UInt8, UInt8)] {
      expectPassed(
        Wire.unreachable(from: six.1, quoting: packet(.tcp, six), to: six.0, type: type, code: code))
    }
    try expectRefusal(
      Wire.unreachable(from: six.1, quoting: packet(.sctp, six), to: six.0, type: 4, code: 1), .sctp, six)
  }

  @Test("where so much of it is quoted that it can be known")
  func shortQuotes() throws {
    for length in 0...8 {
      for kind in Transport.allCases {
        let error = Wire.unreachable(from: four.1, quoting: packet(kind), to: four.0, bytes: length)
        // Bytes behind the error, as Ethernet pads short frames, are not of the quote.
        if length >= (kind == .udp ? 4 : 8) {
          try expectRefusal(error + [0, 0, 0, 0], kind)
        } else {
          expectPassed(error + [0, 0, 0, 0, 0, 0, 0, 0], .icmp, "\(kind), \(length) bytes")
        }
      }
    }
    let error = Wire.unreachable(from: four.1, quoting: packet(.tcp), to: four.0)
    for length in 20..<error.count { expectPassed(Array(error.prefix(length)), .icmp, "\(length) bytes") }
  }

  @Test("and not where it quotes what the receiver never sent, a later fragment, or no transport")
  func others() {
    expectPassed(Wire.unreachable(from: four.1, quoting: packet(.tcp), to: Address(test: "10.244.1.66")))
    let later = Wire.ip(four.0, four.1, inside: 17, transport(.udp), fragment: 185)
    expectPassed(Wire.unreachable(from: four.1, quoting: later, to: four.0))
    let echo = Wire.ip(four.0, four.1, inside: 1, [8, 0, 0, 0, 0, 1, 0, 1])
    expectPassed(Wire.unreachable(from: four.1, quoting: echo, to: four.0))
    expectPassed(Wire.unreachable(from: four.1, quoting: [0x44] + packet(.tcp).dropFirst(), to: four.0))
  }
}
