/// What the API server knows when it is asked to store a policy, beyond the policy itself; all of it may be unknown.
public struct Admission: Hashable, Sendable {
  /// The namespace that the request is about; an object that names another one is refused.
  public let requested: String?
  /// The namespaces that exist; an object of another one is refused.
  public let namespaces: Set<String>?

  /// A request about a namespace, to a server that has these namespaces.
  public init(requested: String? = nil, namespaces: Set<String>? = nil) {
    self.requested = requested
    self.namespaces = namespaces
  }

  /// Nothing is known but the policy.
  public static let unknown = Admission()

  /// Why an object of a namespace is refused before anything else of it is looked at.
  func flaw(ofNamespace namespace: String) -> PolicyFlaw? {
    if let requested, requested != namespace { return .otherNamespace(requested: requested) }
    if let namespaces, !namespaces.contains(namespace) { return .noNamespace(namespace) }
    return nil
  }
}
