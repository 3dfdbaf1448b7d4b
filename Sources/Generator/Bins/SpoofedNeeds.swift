import Traffic

/// Needs of which one recorder saw the same sent in the client's name by another.
///
/// What nobody answers looks alike whoever sent it. A recorder on the sender's machine sees by which interface it came in;
/// one elsewhere doesn't, and its facts make a need of it. Whether the client sends there too nobody can tell from that,
/// so such a need is told and not taken away.
struct SpoofedNeeds {
  private let spoofed: [Edge.Key: SpoofedEdge]

  /// The needs that may be among these.
  init(_ spoofed: [SpoofedEdge]) {
    self.spoofed = Dictionary(uniqueKeysWithValues: spoofed.map { ($0.key, $0) })
  }

  /// Whether a need may be somebody else's; what was answered is not, for whoever spoofs hears no answer.
  func hold(_ edge: Edge) -> Bool {
    !spoofed.isEmpty && edge.bin.isNeeded && !edge.evidence.tier.isEstablished && spoofed[edge.key] != nil
  }

  /// What must be known of these edges; `recorders` tells who recorded one.
  func concerns(_ edges: [Edge], recorders: (Edge) -> [String]) -> [Concern] {
    let doubtful = edges.filter(hold)
    guard !doubtful.isEmpty else { return [] }
    let isOne = doubtful.count == 1
    return [
      Concern(
        .spoofedSources,
        "\(doubtful.count) need\(isOne ? " stands" : "s stand") on datagrams that nobody answered, of which others were seen to send some in the client's name",
        detail: doubtful.compactMap { edge in spoofed[edge.key].map { words($0, of: edge, recorders(edge)) }
        },
        hint:
          "ask whose the client\(isOne ? " is" : "s are") whether it sends there: if not, take the rule out, and look who sits behind the interface"
      )
    ]
  }

  private func words(_ spoofed: SpoofedEdge, of edge: Edge, _ recorders: [String]) -> String {
    let count = spoofed.conversations
    let names = recorders.map { "`\($0)`" }
    let stands = names.isEmpty ? "" : "; the need is what \(Self.listed(names)) saw"
    return
      "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport): \(count) conversation\(count == 1 ? "" : "s") in its name came in by \(spoofed.origin), behind which another sits\(stands)"
  }

  private static func listed(_ names: [String]) -> String {
    let rest = names.count - 3
    return names.prefix(3).joined(separator: " and ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
