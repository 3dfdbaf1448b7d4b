import Generator
import Kubernetes
import TestSupport
import Traffic

/// Asks whether everything needed passes, for the pods of today and for those that nobody has seen yet.
struct NeedLaw {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []
  /// How many questions were asked.
  private(set) var questions = 0

  init(_ lesson: Lesson, _ asking: Asking) {
    guard !lesson.world.stops else {
      questions = 1
      if lesson.plan.obstacles.isEmpty {
        faults.append("nothing is in the way of policies that can't be right")
      }
      let named = Set(lesson.plan.unwritable.map(TruthLaw.name))
      let unnamed = lesson.world.obstacles.map(TruthLaw.name).filter { !named.contains($0) }
      faults += unnamed.map { "would be cut in silence: \($0)" }
      return
    }
    faults += lesson.plan.obstacles.map { "in the way: \($0.message)" }
    faults += lesson.plan.proof.failures.map { "not proven: \($0.message)" }
    for edge in lesson.world.truth where edge.isNeeded {
      for client in asking.standings(of: edge.client) {
        for server in asking.standings(of: edge.server) {
          questions += 1
          let passes = asking.set.allows(
            from: client, to: server, port: edge.port, transport: edge.transport)
          if !passes {
            faults.append(
              "cut: \(edge.client.name) → \(edge.server.name) \(edge.port)/\(edge.transport), \(client.party) to \(server.party)"
            )
          }
        }
      }
    }
    askMachines(asking)
    if questions == 0 { faults.append("nothing was asked") }
  }

  /// A guest who was handed on by one machine may come by any other tomorrow.
  private mutating func askMachines(_ asking: Asking) {
    for door in asking.handed {
      for address in asking.world.nodes.flatMap(\.everyAddress) where address.isV4 == door.isV4 {
        for server in asking.standings[door.server, default: []] {
          questions += 1
          let passes = asking.set.allows(
            from: asking.set.standing(of: .node(address)), to: server, port: door.port,
            transport: door.transport)
          if !passes {
            faults.append("cut: a guest by \(address) → \(door.server) \(door.port)/\(door.transport)")
          }
        }
      }
    }
  }
}
