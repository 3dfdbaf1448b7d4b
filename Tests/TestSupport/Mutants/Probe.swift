/// A question to one side of a connection, with the answer that the truth gives.
public struct Probe: CustomStringConvertible {
  /// `Egress` for the side that asks, `Ingress` for the one that is asked.
  let side: String
  let client: NaiveEnd
  let server: NaiveEnd
  let port: Int
  let transport: String
  /// Whether the connection has to pass; else it has to be stopped.
  let isNeeded: Bool

  /// Whose policies answer.
  var subject: NaiveEnd { side == "Egress" ? client : server }
  /// The namespace of these policies.
  var namespace: String { subject.namespace ?? "" }

  /// What some policies say.
  func side(in evaluator: NaiveEvaluator) -> NaiveEvaluator.Side {
    evaluator.side(side, from: client, to: server, port: port, protocol: transport)
  }

  /// What is wrong with the answer of some policies; nil where it is right.
  func fault(in evaluator: NaiveEvaluator) -> String? {
    guard side(in: evaluator).isAllowed != isNeeded else { return nil }
    let words = isNeeded ? "blocked" : "wrongly open"
    return "\(words) (\(side.lowercased())): \(description)"
  }

  /// Who asks whom, and on which port.
  public var description: String { "\(client.name) → \(server.name) \(port)/\(transport)" }
}
