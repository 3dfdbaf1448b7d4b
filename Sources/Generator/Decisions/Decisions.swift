/// What somebody decided about an edge.
public struct Decision: Hashable, Sendable {
  /// What was decided.
  public let answer: Answer
  /// Who decided it; nil where nobody says so.
  public let owner: String?

  /// What can be decided.
  public enum Answer: String, Hashable, Sendable, CaseIterable {
    /// It is a need. What no rule can be written for is cut, and the loss is borne.
    case accept
    /// It is none, and stays closed.
    case reject
  }

  /// An answer, and whose it is.
  public init(_ answer: Answer, owner: String? = nil) {
    self.answer = answer
    self.owner = owner
  }
}

/// What people decided about edges that are kept out, or that no rule can be written for.
public struct Decisions: Hashable, Sendable {
  private var answers: [EdgeName: Decision]
  /// Which edges were meant by names that were written without saying that nobody can tell who asked.
  public private(set) var meanings: [EdgeName: EdgeName] = [:]

  /// These decisions; none by default.
  public init(_ answers: [EdgeName: Decision] = [:]) {
    self.answers = answers
  }

  /// What was decided about an edge; nil where nothing was.
  subscript(edge: Edge) -> Decision? {
    answers.isEmpty ? nil : answers[EdgeName(edge)]
  }

  /// What was decided about the edge of this name; nil where nothing was.
  public subscript(edge: EdgeName) -> Decision? { answers[edge] }

  /// The edges that something was decided about, in order.
  public var names: [EdgeName] { answers.keys.sorted() }
}

extension Decisions {
  /// The same, each about the edge that it can only mean.
  ///
  /// Who writes an entry by hand may leave out that nobody can tell which end asked. Where no edge of that name was seen,
  /// and one without a direction was, that one is meant, unless something was decided about it by its own name.
  func meant(among edges: [Edge]) -> Decisions {
    guard answers.keys.contains(where: \.isDirected) else { return self }
    let seen = Set(edges.map(EdgeName.init))
    let candidates = Dictionary(
      grouping: edges.filter { !$0.key.isDirected }.flatMap { edge in
        let name = EdgeName(edge)
        // Of such an edge none of the ends is likelier to have asked.
        return edge.key.nature == .mutual
          ? [(name.bare, name), (name.bare.reversed, name)] : [(name.bare, name)]
      }, by: \.0
    ).mapValues { Set($0.map(\.1)) }
    var copy = self
    for name in names where name.isDirected && !seen.contains(name) {
      guard let meant = candidates[name], meant.count == 1, let other = meant.first,
        copy.answers[other] == nil
      else { continue }
      copy.answers[other] = copy.answers.removeValue(forKey: name)
      copy.meanings[name] = other
    }
    return copy
  }
}

extension EdgeName {
  /// The same, as if it were known who asked.
  fileprivate var bare: EdgeName {
    EdgeName(client: client, server: server, port: port, transport: transport, isDirected: true)
  }

  /// The same with its ends the other way round.
  fileprivate var reversed: EdgeName {
    EdgeName(client: server, server: client, port: port, transport: transport, isDirected: isDirected)
  }
}
