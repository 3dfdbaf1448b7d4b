public import Kubernetes
public import Traffic

/// What policies say to a question.
public struct Answer: Sendable {
  /// The question.
  public let question: Question
  /// Each pair of pods that the question means and that policies tell apart, with what they say.
  public internal(set) var parts: [Part] = []
  /// What else one should know, or why there is no answer.
  public internal(set) var notes: [String] = []
  /// The names in the question that nobody has.
  public internal(set) var strangers: [String] = []

  /// One pair of parties, and what policies say.
  public struct Part: Sendable {
    /// The end that asks.
    public let source: String
    /// The end that is asked.
    public let destination: String
    /// Its own port.
    public let port: UInt16
    /// The protocol.
    public let transport: Transport
    /// What the policies say.
    public let verdict: Verdict
    let standings: (source: Standing, destination: Standing)
  }

  /// Whether some policy of an end's namespace could not be read, so that the answer may be another.
  public internal(set) var isUnsure = false

  /// Whether all that the question means is allowed; nil where it can't be told.
  public var isAllowed: Bool? { parts.isEmpty || isUnsure ? nil : parts.allSatisfy(\.verdict.isAllowed) }

  /// The part that decides: the first that is denied, or the first.
  public var deciding: Part? { parts.first { !$0.verdict.isAllowed } ?? parts.first }
}

/// Answers questions about one population, and remembers whom it has met.
public struct Answering {
  private let population: Population
  private var known: [String: Resolution] = [:]
  /// So many names are remembered; a run may ask about more.
  private static let memory = 200_000

  /// Somebody who answers.
  public init(_ population: Population) { self.population = population }

  private mutating func resolve(_ text: String) -> Resolution {
    if let met = known[text] { return met }
    let found = population.resolve(text)
    if known.count >= Self.memory { known = [:] }
    known[text] = found
    return found
  }

  /// The answer to a question.
  public mutating func answer(_ question: Question) -> Answer {
    let (source, destination) = (resolve(question.from), resolve(question.to))
    var answer = Answer(question: question, notes: source.notes)
    if destination.notes != source.notes { answer.notes += destination.notes }
    if source.isUnknown { answer.strangers.append(question.from) }
    if destination.isUnknown, question.to != question.from { answer.strangers.append(question.to) }
    if source.service != nil { answer.notes.append("`\(question.from)` is a Service, which asks nothing") }
    if question.port == .number(0) { answer.notes.append("there is no port 0") }
    guard !source.ends.isEmpty, question.port != .number(0) else { return answer }
    if let one = source.family, let other = destination.family, one != other {
      answer.notes.append(
        "`\(question.from)` is \(one) and `\(question.to)` is \(other): nothing passes between them")
      return answer
    }
    // Whoever asks by an address means its family; a Service may lead to pods over another.
    let family = destination.service == nil ? destination.family ?? source.family : source.family
    for (end, port) in targets(destination, question, &answer.notes) {
      for asking in source.ends {
        answer.parts.append(part(asking, end, port, question.transport, over: family))
      }
    }
    for note in answer.parts.flatMap(\.verdict.notes).map(\.description) where !answer.notes.contains(note) {
      answer.notes.append(note)
    }
    let namespaces = Set(
      answer.parts.flatMap { [$0.standings.source.party, $0.standings.destination.party] }
        .compactMap(\.selectable?.namespace))
    let unread = population.unreadNotes(of: namespaces)
    answer.isUnsure = !unread.isEmpty
    answer.notes += unread
    let allowed = answer.parts.count { $0.verdict.isAllowed }
    if allowed > 0, allowed < answer.parts.count {
      answer.notes.append(
        "allowed for \(allowed) of \(answer.parts.count) pairs of pods that policies tell apart")
    }
    return answer
  }

  /// The ends that are asked, each on its own port.
  private func targets(
    _ destination: Resolution, _ question: Question, _ notes: inout [String]
  ) -> [(end: Resolution.End, port: UInt16)] {
    if let service = destination.service {
      let (ends, note) = population.backends(of: service, question.port, question.transport)
      notes.append(note)
      return ends
    }
    switch question.port {
    case .number(let number): return destination.ends.map { ($0, number) }
    case .name(let name):
      let ends = destination.ends.flatMap { end -> [(end: Resolution.End, port: UInt16)] in
        guard case .pod(let traits, _) = end.standing.party else { return [] }
        let named = traits.ports.filter { $0.name == name && $0.transport == question.transport }
        return Set(named.map(\.number)).sorted().map { (end, $0) }
      }
      if ends.isEmpty, !destination.ends.isEmpty {
        notes.append("`\(question.to)` has no port that is called `\(name)` for \(question.transport)")
      }
      return ends
    }
  }

  private func part(
    _ source: Resolution.End, _ destination: Resolution.End, _ port: UInt16, _ transport: Transport,
    over family: Family?
  ) -> Answer.Part {
    // Of pods alike, one asks another and not itself.
    let isSame = source.standing.party == destination.standing.party
    let asked = isSame ? destination.other ?? destination.standing : destination.standing
    let verdict = population.reach.policies.verdict(
      from: source.standing, to: asked, port: port, transport: transport, over: family,
      areReplicas: isSame && destination.mayHaveReplicas)
    return Answer.Part(
      source: source.name, destination: destination.name, port: port, transport: transport, verdict: verdict,
      standings: (source.standing, asked))
  }

  /// The policies that isolate the deciding end of a part.
  func isolators(of part: Answer.Part, _ direction: PolicyDirection) -> [Citation] {
    population.reach.policies.gate(direction, from: part.standings.source, to: part.standings.destination)
      .isolatedBy
  }
}
