import Documents

extension PolicyFindings {
  /// A label selector; nil where it is absent.
  mutating func selector(_ field: PolicyField?) -> LabelSelector? {
    guard let field else { return nil }
    expect(["matchExpressions", "matchLabels"], in: field)
    guard field.node.mapping != nil else { return nil }
    let labels = labels(field["matchLabels"])
    let requirements = elements(of: field["matchExpressions"]).compactMap { requirement($0) }
    return LabelSelector(labels, requirements)
  }

  /// Labels, of an object or asked for by a selector.
  mutating func labels(_ field: PolicyField?) -> Labels {
    let labels = texts(field)
    guard let field else { return labels }
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      note(Syntax.labelKey(key), by: key, at: field.member(key))
      note(Syntax.labelValue(value), by: value, at: field.member(key))
    }
    return labels
  }

  /// Annotations; their values are free, and case does not count in their keys.
  mutating func annotations(_ field: PolicyField?) -> Labels {
    let annotations = texts(field)
    guard let field else { return annotations }
    for key in annotations.keys.sorted() {
      note(Syntax.labelKey(key.lowercased()), by: key, at: field.member(key))
    }
    return annotations
  }

  private mutating func requirement(_ field: PolicyField) -> LabelRequirement? {
    expect(["key", "operator", "values"], in: field)
    let key = text(field["key"]) ?? ""
    let keyField = field["key"] ?? PolicyField(node: field.node, path: field.child("key"))
    note(Syntax.labelKey(key), by: key, at: keyField)
    let valuesField = field["values"] ?? PolicyField(node: field.node, path: field.child("values"))
    var values: [String] = []
    for element in elements(of: field["values"]) {
      guard let value = text(element) else { continue }
      note(Syntax.labelValue(value), by: value, at: element)
      values.append(value)
    }
    guard let test = test(field, values, at: valuesField) else { return nil }
    return LabelRequirement(key, test)
  }

  private mutating func test(
    _ field: PolicyField, _ values: [String], at valuesField: PolicyField
  ) -> LabelRequirement.Test? {
    let name = text(field["operator"]) ?? ""
    let some = OneOrMore(values)
    switch (name, some) {
    case ("In", let some?): return .isOneOf(some)
    case ("NotIn", let some?): return .isNoneOf(some)
    case ("Exists", nil): return .isPresent
    case ("DoesNotExist", nil): return .isAbsent
    case ("In", nil), ("NotIn", nil): note(.required(.valuesPresent), at: valuesField)
    case ("Exists", _), ("DoesNotExist", _): note(.forbidden(.valuesAbsent), at: valuesField)
    default:
      let operatorField = field["operator"] ?? PolicyField(node: field.node, path: field.child("operator"))
      note(.invalid(PolicyFlaw.quoted(name), .selectorOperator), at: operatorField)
    }
    return nil
  }
}

extension PolicyField {
  /// A member of a mapping of texts, called by the mapping's path as the API server does.
  fileprivate func member(_ key: String) -> PolicyField {
    PolicyField(node: node[key] ?? node, path: path)
  }
}
