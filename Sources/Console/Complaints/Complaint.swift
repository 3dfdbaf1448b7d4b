/// What went wrong, in the words that people read.
public struct Complaint: Error, Hashable, Sendable {
  /// One line: lower case, the thing in backticks, no full stop.
  public var message: String
  /// Lines that show the evidence.
  public var detail: [String]
  /// The next step, where it is known.
  public var hint: String?
  /// How the command ends because of it.
  public var exitCode: ExitCode

  /// A complaint of these words.
  public init(_ message: String, detail: [String] = [], hint: String? = nil, exitCode: ExitCode) {
    self.message = message
    self.detail = detail
    self.hint = hint
    self.exitCode = exitCode
  }
}

/// An error that knows how to say itself to people.
public protocol Complaining: Error {
  /// The error in words.
  var complaint: Complaint { get }
}

extension Complaint: Complaining {
  /// The error in words.
  public var complaint: Complaint { self }
}

// How it is made.
extension Complaint {
  /// The words for any error; one that has none of its own is the machine's.
  public init(about error: any Error) {
    self = (error as? any Complaining)?.complaint ?? Complaint("\(error)", exitCode: .machine)
  }
}

// How it reads.
extension Complaint {
  /// How much it matters.
  enum Weight: String {
    case error
    case warning
  }

  /// The lines people read: what is wrong, the evidence, the next step.
  ///
  /// Names in them come from elsewhere, so nothing in them reaches the terminal as a command to it.
  func lines(as weight: Weight, colored: Bool) -> [String] {
    let label = (weight == .error ? Style.error : .warning).applied(to: weight.rawValue + ":", colored)
    let evidence = detail.map { "  " + VisibleText.escaped($0) }
    return ["\(label) \(VisibleText.escaped(message))"] + evidence
      + (hint.map { [Self.line(hint: $0, colored)] } ?? [])
  }

  /// The line of a next step.
  static func line(hint: String, _ colored: Bool) -> String {
    "\(Style.hint.applied(to: "hint:", colored)) \(VisibleText.escaped(hint))"
  }
}
