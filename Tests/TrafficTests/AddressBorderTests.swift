import Testing

@testable import Traffic

private struct Border: CustomTestStringConvertible {
  let address: String
  /// Why a segment from there teaches nothing; nil where it does.
  var from: Passed?
  /// The same of one that goes there.
  var to: Passed?
  var testDescription: String { address }
}

@Test(
  "Addresses beside those of nobody, of the host itself and of groups are anybody's",
  arguments: [
    Border(address: "0.0.0.0", from: .impossibleEnds, to: .impossibleEnds),
    Border(address: "0.0.0.1"), Border(address: "0.255.255.255"), Border(address: "1.0.0.0"),
    Border(address: "126.255.255.255"), Border(address: "127.0.0.0", from: .loopback, to: .loopback),
    Border(address: "127.255.255.255", from: .loopback, to: .loopback), Border(address: "128.0.0.0"),
    Border(address: "223.255.255.255"),
    Border(address: "224.0.0.0", from: .impossibleEnds, to: .multicast),
    Border(address: "239.255.255.255", from: .impossibleEnds, to: .multicast),
    Border(address: "240.0.0.0"), Border(address: "255.255.255.254"),
    Border(address: "255.255.255.255", from: .impossibleEnds, to: .multicast),
    Border(address: "::", from: .impossibleEnds, to: .impossibleEnds),
    Border(address: "::1", from: .loopback, to: .loopback), Border(address: "::2"),
    Border(address: "ff::1"), Border(address: "100::"),
    Border(address: "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    Border(address: "ff00::", from: .impossibleEnds, to: .multicast),
  ])
private func borders(border: Border) {
  let address = Address(test: border.address)
  let peer = Address(test: address.isV4 ? "10.0.0.9" : "fd00::9")
  for (source, destination, reason) in [(address, peer, border.from), (peer, address, border.to)] {
    let segment = Wire.ip(source, destination, Wire.tcp(40_000, 80))
    #expect(told(segment) == reason)
    // What a recording reads at once and what it looks at closely are told alike.
    #expect(told(Wire.ip(source, destination, inside: 17, Wire.udp(40_000, 80))) == reason)
    #expect(noted(segment) == reason)
  }
}

/// Why the decoder says nothing of a packet.
private func told(_ packet: [UInt8]) -> Passed? {
  if case .failure(let reason) = Wire.decode(packet) { reason } else { nil }
}

/// Why a recording learns nothing of a packet.
private func noted(_ packet: [UInt8]) -> Passed? {
  var recording = Recording(recorder: "test")
  Wire.lend(packet) { frame in
    recording.note(frame, link: .raw, at: Instant(seconds: 1_800_000_000), wireLength: packet.count)
  }
  let harvest = recording.finish()
  return harvest.facts.isEmpty ? harvest.passed.keys.first : nil
}
