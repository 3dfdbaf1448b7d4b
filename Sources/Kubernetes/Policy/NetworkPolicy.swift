/// A NetworkPolicy of `networking.k8s.io/v1`, with the API server's defaults applied.
public struct NetworkPolicy: Hashable, Sendable {
  /// The namespace it lives in and whose pods it selects.
  public var namespace: String
  /// Its name, unique in the namespace.
  public var name: String
  /// Its own labels.
  public var labels: Labels
  /// Its own annotations.
  public var annotations: Labels
  /// The pods it is about (`podSelector`).
  public var subject: LabelSelector
  /// In which directions these pods let nothing through but what a rule names (`policyTypes`).
  public var isolates: Isolation
  /// What may reach them, as written; without effect where ingress is not isolated.
  public var ingress: [Rule]
  /// What they may ask for, as written; without effect where egress is not isolated.
  public var egress: [Rule]
  /// Where it was read; nil for a policy that was made.
  public var origin: Origin?

  /// A policy with these parts.
  public init(
    namespace: String, name: String, labels: Labels = [:], annotations: Labels = [:],
    subject: LabelSelector, isolates: Isolation, ingress: [Rule] = [], egress: [Rule] = [],
    origin: Origin? = nil
  ) {
    self.namespace = namespace
    self.name = name
    self.labels = labels
    self.annotations = annotations
    self.subject = subject
    self.isolates = isolates
    self.ingress = ingress
    self.egress = egress
    self.origin = origin
  }

  /// Namespace and name, as messages and answers call it.
  public var path: String { "\(namespace)/\(name)" }

  /// The rules written for a direction, with or without effect.
  public func rules(_ direction: PolicyDirection) -> [Rule] {
    switch direction {
    case .ingress: ingress
    case .egress: egress
    }
  }

  /// The same policy as if it had been made here: nothing says where it was read.
  public var withoutOrigin: NetworkPolicy {
    var copy = self
    copy.origin = nil
    for index in copy.ingress.indices { copy.ingress[index].origin = nil }
    for index in copy.egress.indices { copy.egress[index].origin = nil }
    return copy
  }
}

extension NetworkPolicy: CustomStringConvertible {
  /// Namespace and name.
  public var description: String { path }
}
