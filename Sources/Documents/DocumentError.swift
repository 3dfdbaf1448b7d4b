/// Why a text could not be read as a document.
public struct DocumentError: Error, Hashable, Sendable {
  /// What is wrong.
  public let reason: Reason
  /// Where it is wrong; nil where no place is to blame.
  public let position: Position?

  init(_ reason: Reason, at position: Position? = nil) {
    self.reason = reason
    self.position = position
  }

  /// What can be wrong with a text.
  public enum Reason: Hashable, Sendable {
    /// It breaks the grammar; the words say how.
    case syntax(String)
    /// The text ends in the middle of a value.
    case cutShort
    /// Some bytes are no UTF-8.
    case notUTF8
    /// The text is UTF-16 or UTF-32.
    case wideEncoding
    /// A control character stands where none may.
    case controlCharacter(UInt32)
    /// A byte order mark stands elsewhere than at the very start.
    case strayByteOrderMark
    /// A mapping names one member twice; the position is that of the first.
    case duplicateName(String, first: Position?)
    /// A member's name is no text and has none.
    case nameless(String)
    /// An alias names an anchor that is not there.
    case unknownAnchor(String)
    /// An anchor's value holds itself.
    case endlessAnchor(String)
    /// A merge key names something that is no mapping.
    case unmergeable
    /// A scalar is not what its tag says.
    case mistagged(String, tag: String)
    /// A number that JSON cannot say.
    case notFinite(String)
    /// More bytes than allowed.
    case tooManyBytes(limit: Int)
    /// More levels than allowed.
    case tooDeep(limit: Int)
    /// More values than allowed.
    case tooManyNodes(limit: Int)
    /// More aliases than allowed.
    case tooManyAliases(limit: Int)
    /// No memory is left.
    case outOfMemory
  }
}

// What it can tell.
extension DocumentError: CustomStringConvertible {
  /// What is wrong, in words, without the place.
  public var message: String {
    switch reason {
    case .syntax(let words): words
    case .cutShort: "the text ends in the middle of a value"
    case .notUTF8: "the text is not UTF-8"
    case .wideEncoding: "the text is UTF-16 or UTF-32, not UTF-8"
    case .controlCharacter(let code): "control character `\(code.escaped)`"
    case .strayByteOrderMark: "byte order mark `\u{5C}u{FEFF}` inside the text"
    case .duplicateName(let name, nil): "`\(name.printable)` is given twice"
    case .duplicateName(let name, let first?):
      "`\(name.printable)` is given twice, first on line \(first.line)"
    case .nameless(let kind): "a member's name is \(kind), not text"
    case .unknownAnchor(let name): "no anchor is named `\(name.printable)`"
    case .endlessAnchor(let name): "the value of anchor `\(name.printable)` holds itself"
    case .unmergeable: "the merge key `<<` takes a mapping or a sequence of mappings"
    case .mistagged(let text, let tag): "`\(text.printable)` is no `\(tag.printable)`"
    case .notFinite(let text): "`\(text.printable)` is no number that JSON can say"
    case .tooManyBytes(let limit): "longer than \(limit) bytes"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .tooManyNodes(let limit): "more than \(limit) values"
    case .tooManyAliases(let limit): "more than \(limit) aliases"
    case .outOfMemory: "no memory left"
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch reason {
    case .notUTF8, .wideEncoding: "save it as UTF-8"
    case .duplicateName: "remove one of them: readers of Kubernetes manifests silently keep only the last"
    case .nameless, .notFinite: "put quotes around it if it is meant as text"
    case .syntax(let words) where words.contains("tab"): "indent with spaces"
    default: nil
    }
  }

  /// The place and what is wrong.
  public var description: String {
    guard let position else { return message }
    return "line \(position.line), column \(position.column): \(message)"
  }
}
