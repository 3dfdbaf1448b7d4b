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
    /// The end that asks.
    public let client: End
    /// The end that is asked.
    public let server: End
    /// Its own port.
    public let port: UInt16
    /// What they say; nil where no policy rules such a pair, or nobody knows what an end looks like.
    public let ruling: Ruling?
    /// Why there is no ruling.
    public let reason: String?
    /// Whether it is a need that was seen.
    public let isNeeded: Bool

    /// Whether it is a need that was seen, and these policies cut it.
    public var isLoss: Bool { isNeeded && ruling?.isAllowed == false }
  }

  /// Whether all pairs pass; nil where there is nobody to ask.
  public var isAllowed: Bool? {
    let rulings = pairs.compactMap(\.ruling)
    return rulings.isEmpty ? nil : rulings.allSatisfy(\.isAllowed)
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
    let ends = Set(pairs.flatMap { [$0.client, $0.server] })
    let hearing = Hearing(set, ends, in: learned.cast(of: ends))
    self.pairs = pairs.map { pair in
      let seen = edges.filter { $0.client == pair.client && $0.server == pair.server && $0.port == pair.port }
      let families = Set(seen.flatMap(\.evidence.serverAddresses).map(\.family))
      let isExempt = seen.contains(where: learned.isWithinMachine)
      let isUnknown = if case .service = pair.server { true } else { false }
      let ruling =
        isExempt || isUnknown
        ? nil : Ruling(hearing, from: pair.client, to: pair.server, pair.port, transport, over: families)
      return Judged(
        client: pair.client, server: pair.server, port: pair.port, ruling: ruling,
        reason: ruling == nil ? Self.reason(isExempt, isUnknown) : nil,
        isNeeded: seen.contains { $0.bin.isNeeded })
    }
  }

  private static func reason(_ isExempt: Bool, _ isUnknown: Bool) -> String {
    if isExempt { return "a machine always reaches its own pods, and no policy rules that" }
    if isUnknown { return "nobody knows the pods behind that Service, and they are what policies see" }
    return "nobody knows the labels of one end's pods, or they live in their machine's network"
  }
}
