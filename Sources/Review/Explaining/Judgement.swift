public import Generator
import Kubernetes
import Traffic

/// What one set of policies says of a connection.
public struct Judgement: Sendable {
  /// The policies.
  public let source: PolicySource
  /// Each pair of ends that is meant, with what they say; none where there are no policies to ask.
  public let pairs: [Judged]

  /// Two ends, and what the policies say of them.
  public struct Judged: Sendable {
    let pair: Explanation.Pair
    /// What they say; nil where no policy rules such a pair, or nobody knows what an end looks like.
    public let ruling: Ruling?
    /// Why there is no ruling.
    public let reason: String?
    /// Whether it is a need that was seen.
    public let isNeeded: Bool

    /// Whether it is a need that was seen, and these policies cut it.
    public var isLoss: Bool { isNeeded && ruling?.isAllowed == false }
    /// The end that asks.
    public var client: End { pair.client }
    /// The end that is asked.
    public var server: End { pair.server }
    /// Its own port.
    public var port: UInt16 { pair.port }
  }

  /// Whether all pairs pass; nil where there is nobody to ask, or nobody can be named for an end of one that might not.
  public var isAllowed: Bool? {
    let rulings = pairs.compactMap(\.ruling)
    guard rulings.allSatisfy(\.isAllowed) else { return false }
    return rulings.isEmpty || pairs.contains { $0.pair.doubt != nil } ? nil : true
  }

  /// What is said of an edge's own ends; nil where they were not asked about.
  func judged(_ edge: Edge) -> Judged? {
    let pair = Explanation.Pair(edge)
    return pairs.first { $0.pair == pair }
  }

  init(
    _ source: PolicySource, of pairs: [Explanation.Pair], _ edges: [Edge], over transport: Transport,
    in learned: Learned
  ) {
    self.source = source
    guard source.hindrance == nil else {
      self.pairs = []
      return
    }
    let set = PolicySet(source.policies, namespaces: learned.namespaceLabels)
    let ends = Set(pairs.lazy.filter { $0.doubt == nil }.flatMap { [$0.client, $0.server] })
    let hearing = Hearing(set, ends, in: learned.cast(of: ends))
    self.pairs = pairs.map { pair in
      let seen = edges.filter { $0.client == pair.client && $0.server == pair.server && $0.port == pair.port }
      let families = Set(seen.flatMap(\.evidence.serverAddresses).map(\.family))
      let isExempt = seen.contains(where: learned.isWithinMachine)
      let isUnknown = if case .service = pair.server { true } else { false }
      let ruling =
        isExempt || isUnknown || pair.doubt != nil
        ? nil : Ruling(hearing, from: pair.client, to: pair.server, pair.port, transport, over: families)
      return Judged(
        pair: pair, ruling: ruling,
        reason: ruling == nil ? Self.doubtful(pair) ?? Self.reason(isExempt, isUnknown) : nil,
        isNeeded: seen.contains { $0.bin.isNeeded })
    }
  }

  /// Why nobody can be named for an end, whom policies would have to be asked about.
  private static func doubtful(_ pair: Explanation.Pair) -> String? {
    let end = pair.client.doubt == nil ? pair.server : pair.client
    return end.doubt.map { doubt in
      let words = doubt.words.hasPrefix("unknown: ") ? String(doubt.words.dropFirst(9)) : doubt.words
      return "nobody can be named for \(end): \(words), and policies see pods, not addresses"
    }
  }

  private static func reason(_ isExempt: Bool, _ isUnknown: Bool) -> String {
    if isExempt { return "a machine always reaches its own pods, and no policy rules that" }
    if isUnknown { return "nobody knows the pods behind that Service, and they are what policies see" }
    return "nobody knows the labels of one end's pods, or they live in their machine's network"
  }
}
