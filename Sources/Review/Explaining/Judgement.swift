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
    let silence: Silence?
    /// How many of the pods that are asked run on the machine that asks, where one does.
    let ownPods: MachinePods?
    /// Whether it is a need that was seen.
    public let isNeeded: Bool

    /// Why there is no ruling, in words.
    var reason: String? { silence?.words }

    /// What else one should know.
    var notes: [String] {
      let notes = ruling?.notes ?? []
      let doubts = ruling?.doubts ?? []
      guard let ownPods, notes.contains(.sourceIsNode) else { return notes.map(\.description) + doubts }
      let rest = notes.filter { $0 != .sourceIsNode }.map(\.description) + doubts
      return ownPods.here == 0 ? rest : [Self.words(ownPods, pair)] + rest
    }

    private static func words(_ pods: MachinePods, _ pair: Explanation.Pair) -> String {
      let runs = pods.here == 1 ? "runs" : "run"
      return
        "\(pods.here) of \(pods.all) pods of \(pair.server) \(runs) on \(pods.machine), which always reaches its own"
    }

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
    let hearing = Hearing(set, ends, in: learned.cast(of: ends, in: edges))
    self.pairs = pairs.map { pair in
      let seen = edges.filter { $0.client == pair.client && $0.server == pair.server && $0.port == pair.port }
      let isNeeded = seen.contains { $0.bin.isNeeded }
      let own = Self.ownPods(of: pair, in: learned)
      if let silence = Self.silence(pair, seen, own, in: learned) {
        return Judged(pair: pair, ruling: nil, silence: silence, ownPods: own, isNeeded: isNeeded)
      }
      let ruling = Ruling(hearing, from: pair.client, to: pair.server, pair.port, transport, in: seen)
      return Judged(
        pair: pair, ruling: ruling, silence: ruling == nil ? .noLook : nil, ownPods: own, isNeeded: isNeeded)
    }
  }

  /// Why policies need not be asked about two ends; nil where they must be.
  private static func silence(
    _ pair: Explanation.Pair, _ seen: [Edge], _ own: MachinePods?, in learned: Learned
  ) -> Silence? {
    if pair.client.doubt != nil || pair.server.doubt != nil {
      let end = pair.client.doubt == nil ? pair.server : pair.client
      return end.doubt.map { .doubtful(end, $0) }
    }
    if case .service = pair.server { return .unknownBackends }
    let isOwn = seen.isEmpty ? own?.areAll ?? false : seen.contains(where: learned.isWithinMachine)
    return isOwn ? .ownMachine : nil
  }

  private static func ownPods(of pair: Explanation.Pair, in learned: Learned) -> MachinePods? {
    guard case .node(let name, _) = pair.client, let workload = pair.server.workload else { return nil }
    return learned.pods(of: workload, onMachine: name)
  }
}
