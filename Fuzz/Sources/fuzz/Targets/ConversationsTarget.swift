import Traffic

extension Target {
  /// Whatever is sent in whatever order: conversations add up, and none comes less far because more is said.
  static var conversations: Target {
    Target(name: "conversations") { bytes in
      let script = PacketScript(bytes)
      let whole = script.harvest(steps: .max, limit: 1 << 16)
      law(whole.frames == UInt64(script.count), "frames are lost")
      law(sum(whole, .tcp) == whole.connections, "connections do not add up")
      law(sum(whole, .udp) == whole.exchanges, "exchanges do not add up")
      law(sum(whole, .sctp) == whole.associations, "associations do not add up")
      law(whole.sightings >= whole.connections + whole.associations, "a connection was seen nowhere")
      let isFull = [.overflow, .factOverflow, .displaced].contains { whole.passed[$0] != nil }
      law(!isFull, "a table was full")
      let half = script.harvest(steps: script.count / 2, limit: 1 << 16)
      law(farthest(half) <= farthest(whole), "a connection fell from \(farthest(half)) to \(farthest(whole))")
      let narrow = script.harvest(steps: .max, limit: 2)
      law(narrow.facts.count <= 2, "a table of two holds \(narrow.facts.count)")
      law(narrow == script.harvest(steps: .max, limit: 2), "the same frames teach something else")
    }
  }

  private static func sum(_ harvest: Harvest, _ transport: Transport) -> UInt64 {
    harvest.facts.filter { $0.key.transport == transport }.reduce(0) { $0 + $1.conversations }
  }

  private static func farthest(_ harvest: Harvest) -> UInt8 {
    harvest.facts.filter { $0.key.transport != .udp }.map(\.key.tier.rawValue).max() ?? 0
  }
}
