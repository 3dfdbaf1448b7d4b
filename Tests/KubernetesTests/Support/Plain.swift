import Documents

/// A document node that tests write as it looks in JSON, with brackets for braces.
struct Plain: Sendable {
  var node: Node
}

extension Plain: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { node = .string(text) }
}

extension Plain: ExpressibleByIntegerLiteral {
  init(integerLiteral number: Int) { node = .integer(number) }
}

extension Plain: ExpressibleByFloatLiteral {
  init(floatLiteral number: Double) { node = Node(.number("\(number)")) }
}

extension Plain: ExpressibleByBooleanLiteral {
  init(booleanLiteral claim: Bool) { node = .bool(claim) }
}

extension Plain: ExpressibleByNilLiteral {
  init(nilLiteral: ()) { node = .null }
}

extension Plain: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: Plain...) { node = .sequence(elements.map(\.node)) }
}

extension Plain: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral members: (String, Plain)...) {
    node = Node(.mapping(members.map { Node.Member($0.0, $0.1.node) }))
  }
}

/// A NetworkPolicy object with this specification.
func policyNode(_ name: String, in namespace: String, _ spec: Plain) -> Node {
  let object: Plain = [
    "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
    "metadata": ["name": "\(name)", "namespace": "\(namespace)"], "spec": spec,
  ]
  return object.node
}
