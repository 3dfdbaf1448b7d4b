import Generator
import Kubernetes
import Review
import TestSupport
import Traffic

/// Asks whether a proof says of every edge what becomes of it, once, whichever sides are closed.
struct ProofLaw {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []

  init(_ lesson: Lesson) {
    let chosen = Set(lesson.learned.knownNamespaces)
    for isolation in [Isolation.both, .ingress, .egress] {
      for external in [Options.External.auto, .none] {
        var options = Options()
        options.namespaces = chosen
        options.isolation = isolation
        options.external = external
        check(Learned(lesson.facts, lesson.inventory, options))
      }
    }
  }

  private mutating func check(_ learned: Learned) {
    let plan = learned.plan
    let proof = plan.proof
    let cut = proof.failures.count { if case .cut = $0 { true } else { false } }
    let faceless = proof.failures.count { if case .faceless = $0 { true } else { false } }
    let opened = proof.failures.count { if case .opened = $0 { true } else { false } }
    let borne = plan.borne.count { $0.bin.isNeeded }
    let edges = learned.edges
    compare(
      "needed edges", edges.count { $0.bin.isNeeded },
      proof.passing + proof.exempt + proof.cutByChoice.count + borne + cut + faceless, learned)
    compare(
      "quarantined edges", edges.count { $0.bin == .quarantined },
      proof.closed + proof.openByDesign.count + proof.leftOpen + opened, learned)
    guard plan.obstacles.isEmpty else { return }
    let replay = Replay(learned, under: plan.policies.map(\.policy))
    compare("rules", replay.uses.count, proof.neededRules + proof.baselineRules, learned)
    let unused = replay.unused.count { if case .rule = $0.part { true } else { false } }
    if unused > proof.baselineRules {
      faults.append(
        "\(unused) rules are unused in a replay, and the proof knows \(proof.baselineRules) that are there by design"
      )
    }
  }

  private mutating func compare(_ what: String, _ seen: Int, _ told: Int, _ learned: Learned) {
    guard seen != told else { return }
    let options = learned.options
    faults.append(
      "\(what), \(options.isolation), external \(options.external): \(seen), and the proof tells of \(told)")
  }
}
