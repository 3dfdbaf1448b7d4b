import Console
import Generator
import Kubernetes
import Review

/// What is said about policies that were made.
enum PlanTalk {
  static func tell(_ policies: Policies, writtenTo folder: String?, on terminal: inout Terminal) {
    let plan = policies.plan
    let workloads = plan.policies.count { if case .workload = $0.role { true } else { false } }
    let count = "\(plan.policies.count.counted("policy", "policies")) for \(workloads.counted("workload"))"
    if let folder {
      terminal.say("wrote", "\(count) to \(folder.hasSuffix("/") ? folder : folder + "/")")
    } else {
      terminal.say("made", count)
    }
    terminal.say("proof", proof(plan.proof))
    for edge in plan.proof.openByDesign {
      terminal.warn(
        "quarantined, but open by a broad rule: \(edge.client) to \(edge.server) on \(edge.port)/\(edge.transport)"
      )
    }
    let exposure = plan.exposure
    if exposure.ways > 0 {
      let share = Rounded.percent(Double(exposure.open) / Double(exposure.ways) * 100)
      terminal.say(
        "opens",
        "\(exposure.open.grouped) of \(exposure.ways.grouped) ways between workloads stay open (\(share))")
    }
    let silent = policies.learned.silentWorkloads
    if !silent.isEmpty {
      let names = silent.prefix(5).map(\.description).joined(separator: ", ")
      let more = silent.count > 5 ? " and \(silent.count - 5) more" : ""
      terminal.warn(
        "nothing was ever seen of \(silent.count.counted("workload")): \(names)\(more)",
        hint:
          "whatever they need will be cut; record until they have run, or leave the side open with `--direction`"
      )
    }
    let machines = policies.plan.machineRules
    if machines > 0 {
      terminal.hint(
        "\(machines.counted("rule")) \(machines == 1 ? "names" : "name") machines by address, which Cilium "
          + "ignores unless its `policy-cidr-match-mode` is `nodes`")
    }
    let review = review(policies)
    if !review.isEmpty { terminal.say("review", review) }
  }

  private static func proof(_ proof: Proof) -> String {
    var parts = ["\(proof.passing.counted("edge")) pass, also for tomorrow's replicas"]
    if proof.closed > 0 { parts.append("\(proof.closed.counted("quarantined edge")) stay closed") }
    parts.append("each of \(proof.neededRules.counted("rule")) is needed")
    return parts.joined(separator: "; ")
  }

  private static func review(_ policies: Policies) -> String {
    let edges = policies.learned.edges
    let broad = policies.plan.policies.reduce(0) { $0 + $1.broadRuleCount }
    let thin = edges.count { $0.bin == .learned && $0.remarks.contains(.thin) }
    let lost = edges.count { $0.bin == .unattributed }
    var parts: [String] = []
    if broad > 0 { parts.append(broad.counted("broad rule")) }
    if thin > 0 { parts.append(thin.counted("thin edge")) }
    if lost > 0 { parts.append("\(lost.counted("edge")) not attributed") }
    return parts.joined(separator: ", ")
  }
}
