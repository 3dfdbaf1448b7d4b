import Traffic

extension Target {
  /// A frame of any link teaches something or is counted, and a further sighting of it is no further conversation.
  static var frames: Target {
    Target(name: "frames") { bytes in
      let link = LinkType(number: links[Int(bytes.first ?? 0) % links.count])
      let frame = Array(bytes.dropFirst(2))
      let wireLength = frame.count + Int(bytes.dropFirst().first ?? 0)
      let once = harvest(frame, link, wireLength, times: 1)
      law(once.frames == 1, "one frame is not one")
      law(once.facts.count <= 1, "one frame is more than one conversation")
      law(!once.facts.isEmpty || once.passed.values.contains { $0 > 0 }, "it is lost without a word")
      let twice = harvest(frame, link, wireLength, times: 2)
      law(
        twice.facts.map(\.conversations) == once.facts.map(\.conversations),
        "seen twice it is two conversations")
      // A recorder may keep any part of it.
      for kept in stride(from: 0, to: frame.count, by: max(1, frame.count / 16)) {
        _ = harvest(Array(frame.prefix(kept)), link, frame.count, times: 1)
      }
    }
  }

  /// Each link that is understood, under each of its numbers, and one that is not.
  private static let links: [UInt32] = [1, 276, 101, 113, 0, 108, 12, 14, 228, 229, 147]

  private static func harvest(_ frame: [UInt8], _ link: LinkType, _ wireLength: Int, times: Int) -> Harvest {
    var recording = Recording(recorder: "fuzz", seed: 1)
    for time in 0..<times {
      lend(frame) { bytes in
        recording.note(
          bytes, link: link, at: Instant(nanoseconds: 1_795_165_080_000_000_000 + Int64(time) * 10_000),
          interface: UInt32(2 + time), wireLength: wireLength)
      }
    }
    return recording.finish()
  }
}
