/// What can be wrong with a field of a NetworkPolicy.
public enum PolicyFlaw: Hashable, Sendable {
  /// The API does not know the field; these are the ones it knows in that place.
  case unknownField(String, known: [String])
  /// The field holds one kind of value and should hold another.
  case wrongType(found: String, wanted: String)
  /// The field is missing or empty.
  case required(Demand?)
  /// The value, as JSON writes it, does not meet a demand.
  case invalid(String, Demand)
  /// The value, as JSON writes it, is not one of a few.
  case unsupported(String, supported: [String])
  /// The field may not be there beside another.
  case forbidden(Demand)
  /// The object is of another namespace than the one that the request is about.
  case otherNamespace(requested: String)
  /// There is no such namespace.
  case noNamespace(String)
}

extension PolicyFlaw {
  /// What is wrong, as the API server words it.
  public var message: String {
    switch self {
    case .unknownField(let path, _): "unknown field \"\(path)\""
    case .wrongType(let found, let wanted): "is \(found), not \(wanted)"
    case .required(nil): "Required value"
    case .required(let demand?): "Required value: \(demand.words)"
    case .invalid(let value, let demand): "Invalid value: \(value): \(demand.words)"
    case .unsupported(let value, let supported):
      "Unsupported value: \(value): supported values: "
        + supported.map { "\"\($0)\"" }.joined(separator: ", ")
    case .forbidden(let demand): "Forbidden: \(demand.words)"
    case .otherNamespace:
      "the namespace of the provided object does not match the namespace sent on the request"
    case .noNamespace(let name): "namespaces \(Self.quoted(name)) not found"
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch self {
    case .unknownField(let path, let known):
      let name = path.split(separator: ".").last.map(String.init) ?? path
      if let near = Suggestion.nearest(to: name, among: known) { return "did you mean `\(near)`?" }
      return "this place knows " + known.map { "`\($0)`" }.joined(separator: ", ")
    case .wrongType(_, "text"): return "put it in quotes"
    case .wrongType(let found, "a whole number") where found.hasPrefix("the text"):
      return "write the number without quotes"
    case .wrongType: return nil
    case .invalid(_, .letterInPortName): return "a port number stands without quotes"
    case .invalid(_, .noHostBits): return "set the bits beyond the prefix length to zero"
    case .invalid(_, .cidr): return "one address is written with /32, or /128 for IPv6"
    case .unsupported(let value, let supported):
      let bare = value.filter { $0 != "\"" }
      return Suggestion.nearest(to: bare, among: supported).map { "did you mean `\($0)`?" }
    case .required(.somePeer):
      return "for all pods of all namespaces write `namespaceSelector: {}`; for everybody leave the list out"
    case .otherNamespace(let requested): return "the request is about `\(requested)`"
    case .required, .invalid, .forbidden, .noNamespace: return nil
    }
  }

  /// A text as JSON writes it, which is how the API server cites it.
  static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\\(scalar)"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
