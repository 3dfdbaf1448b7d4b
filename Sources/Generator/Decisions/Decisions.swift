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
  private let answers: [EdgeName: Decision]

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
