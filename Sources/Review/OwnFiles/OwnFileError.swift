public import Documents
public import Generator
public import Kubernetes

/// Why a file of ours that people fill in could not be read.
public enum OwnFileError: Error, Hashable, Sendable {
  /// It is no YAML.
  case text(DocumentError)
  /// It holds no document, or several.
  case documents(Int)
  /// It is of another kind, or of another version of it.
  case another(field: String, found: String, wanted: String, Position?)
  /// A member has a name that means nothing here.
  case unknownField(String, known: [String], Position?)
  /// A member that must be there is not.
  case missing(String, Position?)
  /// A member holds something else than it should.
  case wrong(field: String, wanted: String, Position?)
  /// Something is given twice.
  case twice(String, first: Position?, Position?)
  /// Something was decided, and nobody says by whom.
  case nobodys(Decision.Answer, Position?)
  /// It holds more than anybody decides about.
  case tooMany(limit: Int)
  /// The API server would not take a block of addresses.
  case block(PolicyError.Cause)
}

// What it can tell.
extension OwnFileError {
  /// What is wrong.
  public var message: String {
    switch self {
    case .text(let error): error.message
    case .documents(0): "it is empty"
    case .documents(let count): "it holds \(count) documents, and one is wanted"
    case .another(let field, let found, let wanted, _): "`\(field)` is `\(found)`, not `\(wanted)`"
    case .unknownField(let name, _, _): "there is no field `\(name)`"
    case .missing(let name, _): "`\(name)` is missing"
    case .wrong(let field, let wanted, _): "`\(field)` is not \(wanted)"
    case .twice(let thing, let first, _):
      "`\(thing)` is given twice" + (first.map { ", first on line \($0.line)" } ?? "")
    case .nobodys(let answer, _): "`decision` is `\(answer.rawValue)`, and `owner` doesn't say who decided it"
    case .tooMany(let limit): "it names more than \(limit) edges"
    case .block(let cause): cause.description
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch self {
    case .text(let error):
      error.hint ?? "indent fields as those beside them, and put quotes around text with `: ` or ` #` in it"
    case .documents(0): "remove the file, or begin it with its `kind`"
    case .documents: "put all into the first, and take out the lines `---`"
    case .another(let field, _, let wanted, _): "if it is such a file, write `\(field): \(wanted)`"
    case .missing(let name, _) where Self.naming.contains(name):
      "an edge is told by \(Self.naming.map { "`\($0)`" }.joined(separator: ", ")): add `\(name)`, or remove the entry"
    case .missing(let name, _): "add `\(name)`"
    case .wrong(_, "a mapping", _): "write its fields as `name: value`, one a line"
    case .wrong("edges", _, _), .wrong("networks", _, _): "begin each entry with a dash"
    case .wrong("decision", _, _): "write what was decided, or leave it empty as long as that is open"
    case .wrong("direction", _, _): "leave it out where it is known who asks"
    case .wrong(let field, let wanted, _): "make `\(field)` \(wanted), or remove the entry"
    case .twice: "remove one of them"
    case .tooMany: "narrow its ranges of ports"
    case .unknownField(let name, let known, _):
      Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
        ?? "fields are \(known.map { "`\($0)`" }.joined(separator: ", "))"
    case .nobodys: "write who decided it as the `owner`: a person, or a team"
    case .block(let cause): cause.flaw.hint
    }
  }

  /// What tells an edge in a review file.
  private static let naming = ["client", "server", "port", "protocol"]

  /// Where it is wrong.
  public var position: Position? {
    switch self {
    case .text(let error): error.position
    case .documents, .tooMany: nil
    case .another(_, _, _, let position), .unknownField(_, _, let position), .missing(_, let position),
      .wrong(_, _, let position), .twice(_, _, let position), .nobodys(_, let position):
      position
    case .block(let cause): cause.position
    }
  }
}
