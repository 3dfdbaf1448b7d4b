import Generator
public import Kubernetes
import Traffic

/// What policies say of a connection between two ends, for every look that they have.
public struct Ruling: Hashable, Sendable {
  /// What decides: the verdict on the first meeting that does not pass, or on the first of all.
  public let verdict: Verdict
  /// What else one should know of any of the meetings, each once.
  public let notes: [Verdict.Note]
  /// The namespaces whose labels rules ask for that would let some of it pass, and nobody told them; sorted.
  public let doubtfulNamespaces: [String]
  /// How many meetings there are: pairs of pods that policies tell apart, over each family that was seen.
  public let meetings: Int
  /// How many of them pass.
  public let passing: Int

  /// Whether all of it passes.
  public var isAllowed: Bool { passing == meetings }

  /// Whose pods are cut where not all are, in words; nil where all fare alike.
  public let exception: String?

  /// For whom, where not all fare alike; nil where they do.
  public var share: String? {
    guard let exception else { return nil }
    return "passes for \(passing) of \(meetings) pairs of pods that policies tell apart; \(exception)"
  }

  /// What else one should know, in words.
  public var remarks: [String] { notes.map(\.description) + doubts }

  /// What is not known and might let through what is cut, in words.
  var doubts: [String] {
    doubtfulNamespaces.map {
      "a rule asks for labels of the namespace `\($0)`, which is not known as an object: with the right ones it may pass"
    }
  }

  /// What policies say of two ends, of which these edges were seen; nil where nobody knows what one of them looks like.
  init?(
    _ hearing: Hearing, from client: End, to server: End, _ port: UInt16, _ transport: Transport,
    in edges: [Edge], note: (Hearing.Meeting) -> Void = { _ in }
  ) {
    var deciding: Verdict?
    var notes: [Verdict.Note] = []
    var doubtful: Set<String> = []
    var (meetings, passing) = (0, 0)
    var parting = Parting(client, server)
    for meeting in hearing.meetings(from: client, to: server, in: edges) {
      let verdict = hearing.verdict(meeting, port, transport)
      meetings += 1
      if verdict.isAllowed { passing += 1 }
      parting.note(meeting, isAllowed: verdict.isAllowed)
      if deciding?.isAllowed ?? true, deciding == nil || !verdict.isAllowed { deciding = verdict }
      if !verdict.isAllowed {
        doubtful.formUnion(hearing.doubtfulNamespaces(meeting, verdict, port, transport))
      }
      for each in verdict.notes where !notes.contains(each) { notes.append(each) }
      note(meeting)
    }
    guard let deciding else { return nil }
    verdict = deciding
    self.notes = notes
    doubtfulNamespaces = doubtful.sorted()
    self.meetings = meetings
    self.passing = passing
    exception = parting.words
  }
}

extension Verdict {
  /// The sides that let it not through, what the client asks for first.
  var denials: [(direction: PolicyDirection, denial: Denial)] {
    [(PolicyDirection.egress, egress), (.ingress, ingress)].compactMap { direction, side in
      if case .denied(let denial) = side { (direction, denial) } else { nil }
    }
  }

  /// The rules that let it through, those of the client's side first.
  var passages: [Citation] {
    [egress, ingress].flatMap { side -> [Citation] in
      if case .allowed(let rules) = side { Array(rules) } else { [] }
    }
  }
}
