import Console
import Generator
import Kubernetes
import Review
import Traffic

/// What is said about policies that were made.
enum PlanTalk {
  static func tell(
    _ policies: Policies, _ file: ReviewFile?, writtenTo folder: String?, on terminal: inout Terminal
  ) {
    let plan = policies.plan
    let workloads = plan.policies.count { if case .workload = $0.role { true } else { false } }
    let count = "\(plan.policies.count.counted("policy", "policies")) for \(workloads.counted("workload"))"
    if let folder {
      terminal.say("wrote", "\(count) to \(folder.hasSuffix("/") ? folder : folder + "/")")
    } else {
      terminal.say("made", count)
    }
    terminal.say("proof", proof(plan.proof))
    let exposure = plan.exposure
    if exposure.ways > 0 {
      let share = Rounded.percent(Double(exposure.open) / Double(exposure.ways) * 100)
      terminal.say(
        "opens",
        "\(exposure.open.grouped) of \(exposure.ways.counted("way")) between workloads "
          + "\(verb(exposure.open, "stays", "stay")) open (\(share))")
    }
    let review = review(policies, file, writtenTo: folder)
    if !review.isEmpty { terminal.say("review", review) }
    warn(about: policies, on: &terminal)
  }

  private static func proof(_ proof: Proof) -> String {
    var parts = [
      "\(proof.passing.counted("edge")) \(verb(proof.passing, "passes", "pass")), also for tomorrow's replicas"
    ]
    if proof.exempt > 0 {
      parts.append(
        "\(proof.exempt.counted("edge")) from a machine to its own pods \(verb(proof.exempt, "is", "are")) no policy's"
      )
    }
    if !proof.cutByChoice.isEmpty {
      parts.append("\(proof.cutByChoice.count.counted("edge")) cut by `--external none`")
    }
    if proof.closed > 0 {
      parts.append(
        "\(proof.closed.counted("quarantined edge")) \(verb(proof.closed, "stays", "stay")) closed")
    }
    parts.append("each of \(proof.neededRules.counted("rule")) is needed")
    return parts.joined(separator: "; ")
  }

  private static func review(
    _ policies: Policies, _ file: ReviewFile?, writtenTo folder: String?
  ) -> String {
    let edges = policies.learned.edges
    let broad = policies.plan.policies.reduce(0) { $0 + $1.broadRuleCount }
    let thin = edges.count { $0.bin.isNeeded && $0.remarks.contains(.thin) }
    let lost = edges.count { $0.bin == .unattributed && $0.decision == nil }
    let accepted = edges.count { $0.overruled != nil }
    var parts: [String] = []
    if broad > 0 { parts.append(broad.counted("broad rule")) }
    if thin > 0 { parts.append(thin.counted("thin edge")) }
    if lost > 0 { parts.append("\(lost.counted("edge")) not attributed") }
    if accepted > 0 { parts.append(accepted.counted("accepted edge")) }
    guard let folder, let file, !file.entries.isEmpty else { return parts.joined(separator: ", ") }
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + ReviewFile.name
    return (parts.isEmpty ? "what was kept out" : parts.joined(separator: ", ")) + ": " + path
  }

  /// Says what a reviewer must look at before anything is applied.
  private static func warn(about policies: Policies, on terminal: inout Terminal) {
    let proof = policies.plan.proof
    warn("cut though needed, as `--external none` asks", proof.cutByChoice, on: &terminal)
    warn("cut though needed, as was decided", policies.plan.borne, on: &terminal)
    warn("quarantined, but open by a broad rule", proof.openByDesign, on: &terminal)
    let steady = policies.learned.edges.filter {
      $0.bin == .quarantined && $0.evidence.established >= 3 && $0.decision == nil
    }
    warn("quarantined, though established again and again", steady, on: &terminal)
    let silent = policies.learned.silentWorkloads.map(\.description)
    if !silent.isEmpty {
      terminal.warn(
        "nothing that is needed was seen of \(silent.count.counted("workload")): \(listed(silent))",
        hint:
          "whatever they need will be cut; record until they have run, or leave a side open with `--direction`"
      )
    }
    if !policies.learned.dns.isObserved {
      terminal.warn(
        "no DNS Service is known: names are asked for at \(policies.learned.dns.namespace), by convention",
        hint: "load the cluster's Services with `\(Advice.loadInventory)`")
    }
    for concern in policies.plan.concerns {
      terminal.warn(concern.message, detail: concern.detail, hint: concern.hint)
    }
    let dns = policies.learned.dns
    if !dns.caches.isEmpty, !dns.areCachesSeen {
      terminal.warn(
        "the machines have a cache of DNS, and no pod was seen to ask it: it is taken to be at \(dns.caches[0])",
        hint:
          "where it is elsewhere (`-localip` of the DaemonSet `node-local-dns`) every name would be cut; record "
          + "port 53 of a pod")
    }
    let machines = policies.plan.machineRules
    if machines > 0 {
      // Where the plugin is known, what it makes of them is a concern or nothing.
      let isKnown = policies.learned.options.plugin.map { $0 != .unknown } ?? false
      terminal.hint(
        "\(machines.counted("rule")) \(verb(machines, "names", "name")) machines by address: new machines are not "
          + (isKnown
            ? "covered" : "covered, and Cilium ignores them unless its `policy-cidr-match-mode` is `nodes`"))
    }
  }

  private static func warn(_ words: String, _ edges: [Edge], on terminal: inout Terminal) {
    guard !edges.isEmpty else { return }
    terminal.warn(
      "\(edges.count.counted("edge")) \(words)",
      detail: edges.map { edge in
        let reason = edge.bin == .quarantined ? edge.reason.map { ": \($0)" } ?? "" : ""
        return "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport)\(reason)"
      })
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  private static func verb(_ count: Int, _ one: String, _ many: String) -> String { count == 1 ? one : many }
}
