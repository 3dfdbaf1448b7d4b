/// Why a declaration of commands and options makes no sense; a test asks for them.
public enum DeclarationFault: Hashable, Sendable {
  /// Something has no name, or one that cannot be typed or told from others.
  case badName(String, of: String)
  /// Two things have the same name.
  case duplicateName(String, of: String)
  /// A summary is missing, ends with a full stop or has more than one line.
  case badSummary(String, of: String)
  /// The word for a value or an argument is not in capitals.
  case badValueName(String, of: String)
  /// The default is not among the choices.
  case foreignDefault(String, option: String, of: String)
  /// An option is required though it has a default.
  case requiredDefault(option: String, of: String)
  /// A flag is on from the start and can't be switched off.
  case endlessFlag(option: String, of: String)
  /// A flag can be switched off with `--no-`, but has no long name.
  case namelessNegation(option: String, of: String)
  /// Two options are set by the same environment variable, or its name is not one.
  case badVariable(String, of: String)
  /// An argument stands where none can be reached any more.
  case unreachableArgument(String, of: String)
  /// An example is refused by the program itself.
  case badExample(String, of: String, why: String)
}

extension DeclarationFault: CustomStringConvertible {
  /// The fault in words, with what would be right.
  public var description: String {
    switch self {
    case .badName(let name, let place):
      "\(place): `\(name)` is no name: small letters, digits and `-`, options with their dashes"
    case .duplicateName(let name, let place): "\(place): `\(name)` is declared twice"
    case .badSummary(let text, let place): "\(place): the summary `\(text)` is not one line without full stop"
    case .badValueName(let name, let place): "\(place): `\(name)` is not a word in capitals"
    case .foreignDefault(let text, let option, let place):
      "\(place): the default `\(text)` of `\(option)` is not among its choices"
    case .requiredDefault(let option, let place): "\(place): `\(option)` is required though it has a default"
    case .endlessFlag(let option, let place):
      "\(place): `\(option)` is on from the start and can never be off; make it negatable"
    case .namelessNegation(let option, let place): "\(place): `\(option)` is negatable but has no long name"
    case .badVariable(let name, let place):
      "\(place): `$\(name)` is no variable of its own: capitals, digits and `_`, for one option"
    case .unreachableArgument(let name, let place):
      "\(place): `\(name)` follows an argument that takes all words, or an optional one that it does not share"
    case .badExample(let line, let place, let why): "\(place): the example `\(line)` is refused: \(why)"
    }
  }
}
