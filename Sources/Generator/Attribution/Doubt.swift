/// Why nobody can say whose address it was.
public enum Doubt: Hashable, Sendable {
  /// Nothing of the cluster is known.
  case noInventory
  /// It went from one pod to another around that time.
  case changedHands(pods: String, before: String)
  /// Pods held it, and none of them then.
  case noPodThen
  /// It lies in a range of pods, and no pod is known to have had it.
  case noPodEver
  /// It lies in the range of Services, and none is known to have it.
  case noService
  /// It was a Service's at another time.
  case serviceAtAnotherTime(String)

  /// The words for people.
  public var words: String {
    switch self {
    case .noInventory: "unknown: there is no inventory"
    case .changedHands(let pods, let before): "address changed hands before \(before) (\(pods))"
    case .noPodThen: "unknown: no pod held it then"
    case .noPodEver: "unknown: no pod is known to have held it"
    case .noService: "unknown: no Service is known to have it"
    case .serviceAtAnotherTime(let name): "unknown: the Service \(name) had it at another time"
    }
  }

  /// What they have in common with others of the kind.
  public var cause: Cause {
    switch self {
    case .noInventory: .noInventory
    case .changedHands: .changedHands
    case .noPodThen: .noPodThen
    case .noPodEver: .noPodEver
    case .noService: .noService
    case .serviceAtAnotherTime: .serviceAtAnotherTime
    }
  }

  /// The kinds of doubt, with that of a connection of which nobody knows who asked.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    /// Nothing of the cluster is known.
    case noInventory = "there is no inventory"
    /// An address went from one pod to another around that time.
    case changedHands = "the address changed hands around that time"
    /// Pods held the address, and none of them then.
    case noPodThen = "no pod held the address then"
    /// No pod is known to have had the address.
    case noPodEver = "no pod is known to have held the address"
    /// No Service is known to have the address.
    case noService = "no Service is known to have the address"
    /// The address was a Service's at another time.
    case serviceAtAnotherTime = "a Service had the address at another time"
    /// No opening was seen, and no port is declared.
    case undirected = "no opening was seen: nobody can tell which end asked"

    /// What would take the doubt away, for what was recorded already or from the next time on.
    public var advice: String {
      switch self {
      case .noInventory: "load one with `\(Advice.loadInventory)`"
      case .noPodThen, .changedHands:
        "pods that came and went between two lists are known from a watch: `\(Advice.watchPods)`"
      case .noPodEver:
        "pods that came and went between two lists are known from a watch: `\(Advice.watchPods)`; or "
          + "\(Advice.nameHolder): \(Advice.nameOutside)"
      case .noService:
        "save them while they are there with `\(Advice.loadServices)`; or "
          + "\(Advice.nameHolder): \(Advice.nameOutside)"
      case .serviceAtAnotherTime:
        "load a list of that time, and save them while they are there with `\(Advice.loadServices)`"
      case .undirected: "declare the port as a `containerPort`, or record until the connection is opened anew"
      }
    }
  }
}
