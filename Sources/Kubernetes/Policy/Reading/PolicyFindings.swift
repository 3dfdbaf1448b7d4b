import Documents

/// What has been found wrong with a document so far; reading goes on after a flaw so that all are told at once.
struct PolicyFindings {
  private(set) var causes: [PolicyError.Cause] = []
  /// Whether a server holds the object already; then it is past the demands that are made of new objects only.
  var isStored = false

  mutating func note(_ flaw: PolicyFlaw, at field: PolicyField) {
    causes.append(PolicyError.Cause(field: field.path, flaw: flaw, position: field.node.position))
  }

  /// Notes each demand that a text does not meet.
  mutating func note(_ unmet: [Demand], by text: String, at field: @autoclosure () -> PolicyField) {
    for demand in unmet { note(.invalid(PolicyFlaw.quoted(text), demand), at: field()) }
  }

  /// Notes members of a mapping that are not known here; what is no mapping is a flaw of its own.
  mutating func expect(_ known: [String], in field: PolicyField) {
    if field.node.isNull { return }
    guard let members = field.node.mapping else {
      return note(.wrongType(found: field.node.asFound, wanted: "a mapping"), at: field)
    }
    // By their places: most are known, and to hold on to all of a member costs more than to look at its name.
    for place in members.indices where !known.contains(members[place].key) {
      let member = members[place]
      let path = field.child(member.key)
      causes.append(
        PolicyError.Cause(
          field: path, flaw: .unknownField(path, known: known),
          position: member.position ?? member.value.position))
    }
  }

  /// The elements of a list; none where it is absent.
  mutating func elements(of field: PolicyField?) -> [PolicyField] {
    guard let field else { return [] }
    guard let nodes = field.node.sequence else {
      note(.wrongType(found: field.node.asFound, wanted: "a list"), at: field)
      return []
    }
    return nodes.enumerated().map { field.element($0, node: $1) }
  }

  /// The text of a field; nil where it is absent.
  mutating func text(_ field: PolicyField?) -> String? {
    guard let field else { return nil }
    if let text = field.node.string { return text }
    note(.wrongType(found: field.node.asFound, wanted: "text"), at: field)
    return nil
  }

  /// The whole number of a field; nil where it is absent.
  mutating func number(_ field: PolicyField?) -> Int? {
    guard let field else { return nil }
    // The API holds ports in 32 bits; what does not fit cannot even be decoded.
    if let number = field.node.integer, Int32(exactly: number) != nil { return number }
    note(.wrongType(found: field.node.asFound, wanted: "a whole number"), at: field)
    return nil
  }

  /// Names and texts of a mapping; none where it is absent.
  ///
  /// A null is an empty text to the API server's decoder.
  mutating func texts(_ field: PolicyField?) -> Labels {
    guard let field else { return [:] }
    guard let members = field.node.mapping else {
      note(.wrongType(found: field.node.asFound, wanted: "a mapping"), at: field)
      return [:]
    }
    var texts: Labels = [:]
    for member in members {
      texts[member.key] =
        member.value.isNull
        ? "" : member.value.string ?? text(field.member(member.key, node: member.value))
    }
    return texts
  }
}
