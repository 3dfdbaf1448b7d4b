/// A choice of pods or namespaces by their labels; everything it asks must hold.
public struct LabelSelector: Hashable, Sendable {
  /// Labels that must be there with exactly these values (`matchLabels`).
  public let labels: Labels
  /// What else is asked (`matchExpressions`), in order, each once.
  public let requirements: [LabelRequirement]

  /// The selector that asks for these labels and requirements.
  public init(_ labels: Labels, _ requirements: [LabelRequirement] = []) {
    self.labels = labels
    self.requirements = requirements.sorted().reduce(into: []) { list, requirement in
      if list.last != requirement { list.append(requirement) }
    }
  }

  /// The selector that asks for nothing, so that everything matches.
  public static let everything = LabelSelector([:])

  /// The selector for the one namespace with this name, by the label that the API server gives every namespace.
  public static func namespace(_ name: String) -> LabelSelector {
    LabelSelector([namespaceNameLabel: name])
  }

  /// The label that the API server sets on every namespace, and that nobody can set otherwise.
  public static let namespaceNameLabel = "kubernetes.io/metadata.name"

  /// Whether it asks for nothing.
  public var isEverything: Bool { labels.isEmpty && requirements.isEmpty }

  /// Whether these labels are chosen.
  public func matches(_ given: Labels) -> Bool {
    labels.allSatisfy { given[$0.key] == $0.value } && requirements.allSatisfy { $0.matches(given) }
  }
}

extension LabelSelector: CustomStringConvertible {
  /// As `kubectl get -l` takes it, in order; `everything` when nothing is asked.
  public var description: String {
    guard !isEverything else { return "everything" }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return (pairs + requirements.map(\.description)).joined(separator: ",")
  }
}

extension LabelSelector: Comparable {
  /// By what they ask for, as text; the one that asks for nothing is first.
  public static func < (one: LabelSelector, other: LabelSelector) -> Bool {
    if one.isEverything || other.isEverything { return one.isEverything && !other.isEverything }
    return one.description < other.description
  }
}
