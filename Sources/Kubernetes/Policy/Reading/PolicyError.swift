public import Documents

/// A document that is no NetworkPolicy that the API server would take, and all that is wrong with it.
public struct PolicyError: Error, Hashable, Sendable {
  /// The file, as its reader named it.
  public let file: String
  /// Namespace and name as far as they could be read.
  public let policy: String
  /// What is wrong, in the order of the document's fields; never empty.
  public let causes: OneOrMore<Cause>

  /// One thing that is wrong.
  public struct Cause: Hashable, Sendable {
    /// The path of the field, as the API server writes it.
    public let field: String
    /// What is wrong with it.
    public let flaw: PolicyFlaw
    /// Where it is.
    public let position: Position?
  }
}

extension PolicyError: CustomStringConvertible {
  /// One line for each thing that is wrong, with its place.
  public var description: String {
    causes.map { cause in
      let origin = Origin(file: file, line: cause.position?.line)
      return "\(origin): `\(policy)`: \(cause)"
    }.joined(separator: "\n")
  }

  /// What to do about the first thing for which that is known.
  public var hint: String? {
    causes.lazy.compactMap { $0.flaw.hint }.first
  }
}

extension PolicyError.Cause: CustomStringConvertible {
  /// The field and what is wrong with it.
  public var description: String { "\(field): \(flaw.message)" }
}
