public import Kubernetes

/// A need that no rule can be written for: generation stops rather than cut it in silence.
public enum Obstacle: Hashable, Sendable {
  /// Established traffic of a workload with an address that nobody can be named for.
  case unattributed(Edge)
  /// Established traffic with a Service whose backends nobody knows.
  case unknownBackends(Edge)
  /// A workload that no lasting label tells from others; no edge where it is the cluster's DNS, which every pod needs, or a
  /// webhook, which the API server needs, or the control plane of a mesh, which proxies need.
  case noSelector(WorkloadID, SelectorChoice, Remedy, neededBy: Edge?)

  /// What would tell a workload from others.
  public enum Remedy: Hashable, Sendable {
    /// A label of its own, such as this one.
    case label(String?)
    /// That it is gone.
    case isGone
  }

  /// The workloads whose own policies it stands in the way of.
  public var subjects: Set<WorkloadID> {
    switch self {
    case .unattributed(let edge), .unknownBackends(let edge):
      Set([edge.client.workload, edge.server.workload].compactMap(\.self))
    case .noSelector(let id, _, _, let edge):
      Set([id, edge?.client.workload, edge?.server.workload].compactMap(\.self))
    }
  }

  /// What is in the way, for people.
  public var message: String {
    switch self {
    case .unattributed(let edge):
      return Self.words(edge)
    case .unknownBackends(let edge):
      return
        "`\(edge.client)` needs \(edge.server) on \(edge.port)/\(edge.transport), and nobody knows the pods behind it"
    case .noSelector(let id, .shared(let selector, let others), _, _):
      let names = others.prefix(Self.most).map { "`\($0)`" }.joined(separator: ", ")
      let rest = others.count > Self.most ? " and \(others.count - Self.most) more" : ""
      return "the labels of `\(id)` (\(selector)) also pick pods of \(names)\(rest)"
    case .noSelector(let id, _, _, _):
      return "`\(id)` has no label that outlives a roll-out"
    }
  }

  /// How many of those with the same labels are named: there may be thousands.
  private static let most = 5

  /// What would let generation go on.
  public var hint: String {
    switch self {
    case .unattributed(let edge) where edge.cause == .undirected: Self.direction(of: edge)
    case .unattributed(let edge): Self.hint(against: edge.cause ?? .undirected)
    case .unknownBackends:
      "load the Service as it was then, its pods and its EndpointSlices with `\(Advice.loadInventory)`"
    case .noSelector(let id, _, .isGone, _):
      "`\(id)` is gone: leave out what was seen of it with `--since`"
    case .noSelector(let id, _, .label(let label), _):
      (id.kind == "Pod"
        ? "give the pod `\(id)` a label of its own"
        : "give the pods of `\(id)` a label of their own in their template")
        + (label.map { ", such as `\($0)`" } ?? "")
    }
  }

  /// The same where these sides are ruled: of two that are, the one that this is about may be left open.
  public func hint(under isolation: Isolation) -> String {
    guard isolation == .both, let side else { return hint }
    let other = PolicyDirection.allCases.first { $0 != side } ?? side
    return "\(hint), or leave \(side.rawValue) open with `--direction \(other.rawValue)`"
  }

  /// The side that would be left open; nil where no direction leaves it open.
  private var side: PolicyDirection? {
    switch self {
    // Either end may be the one that is ruled.
    case .unattributed(let edge) where edge.cause == .undirected: nil
    case .unattributed(let edge): edge.server.workload == nil ? .egress : .ingress
    case .unknownBackends: .egress
    case .noSelector: nil
    }
  }

  private static func words(_ edge: Edge) -> String {
    let count = edge.evidence.established
    let (s, verb) = count == 1 ? ("", "s") : ("s", "")
    let minutes = edge.evidence.held.components.seconds / 60
    let held = minutes > 0 ? ", seen open for \(minutes) min," : ""
    let talk = "\(count) established conversation\(s) of"
    let (port, reason) = ("\(edge.port)/\(edge.transport)", edge.reason ?? "unknown")
    if let server = edge.server.workload {
      return "\(talk) `\(server)` on \(port)\(held) come\(verb) from `\(edge.client)`: \(reason)"
    }
    return
      "\(talk) `\(edge.client)`\(held) go\(count == 1 ? "es" : "") to `\(edge.server)` on \(port): \(reason)"
  }

  /// How anybody can tell who asked.
  private static func direction(of edge: Edge) -> String {
    let again = "record until the connection is opened anew, as when"
    if let server = edge.server.workload {
      return "declare `containerPort: \(edge.port)` in the template of `\(server)` where it is asked there, "
        + "or \(again) an end of it starts anew"
    }
    // The port of the other end is no more than its likely one, and nobody's to declare.
    return "\(again) `\(edge.client)` starts anew, or declare the port as a `containerPort` where "
      + "`\(edge.client)` is the one that is asked"
  }

  private static func hint(against cause: Doubt.Cause) -> String {
    switch cause {
    case .undirected, .noInventory, .noService, .serviceAtAnotherTime: return cause.advice
    case .changedHands:
      return
        "learn the capture again into a store that has the inventory already: then what one pod did is kept apart "
        + "from what the next one did"
    case .noPodThen:
      return "load a list that was saved at that time, or \(Advice.nameHolder)"
    case .noPodEver:
      return
        "load a list that was saved at that time, or \(Advice.nameHolder); \(Advice.nameOutside)"
    }
  }
}
