import Console
import Generator
import Kubernetes
import Review
import Traffic

/// What is said about policies that were made.
enum PlanTalk {
  static func tell(
    _ policies: Policies, writtenTo folder: String?, review file: String?, on terminal: inout Terminal
  ) {
    let plan = policies.plan
    let workloads = plan.policies.count { if case .workload = $0.role { true } else { false } }
    let count = "\(plan.policies.count.counted("policy", "policies")) for \(workloads.counted("workload"))"
    if let folder {
      terminal.say("wrote", "\(count) to \(folder.hasSuffix("/") ? folder : folder + "/")")
    } else {
      terminal.say("made", count)
    }
    if !policies.leftOut.isEmpty {
      let names = policies.leftOut.map { "`\($0)`" }.joined(separator: ", ")
      terminal.say(
        "without", "\(names), where the cluster itself lives: `--ns` asks for such a namespace by name")
    }
    let isStaged = policies.learned.options.dialect == .calicoStaged
    if isStaged {
      terminal.say("staged", "they are in force nowhere, so that nothing is closed or cut by them yet")
    }
    let condition = isStaged ? "once they are in force: " : ""
    terminal.say("proof", condition + proof(plan))
    let exposure = plan.exposure
    if exposure.ways > 0 {
      let share = Rounded.percent(Double(exposure.open) / Double(exposure.ways) * 100)
      terminal.say(
        "opens",
        "\(condition)\(exposure.open.grouped) of \(exposure.ways.counted("way")) between workloads "
          + "\(verb(exposure.open, "stays", "stay")) open (\(share))")
    }
    let review = review(policies, file)
    if !review.isEmpty { terminal.say("review", review) }
    warn(about: policies, on: &terminal)
  }

  private static func proof(_ plan: Plan) -> String {
    let proof = plan.proof
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
    let borne = plan.borne.count { $0.bin.isNeeded }
    if borne > 0 { parts.append("\(borne.counted("edge")) cut, as was decided") }
    return (parts + [quarantined(proof), rules(proof)].compactMap(\.self)).joined(separator: "; ")
  }

  /// What becomes of each quarantined edge; nil where there is none.
  private static func quarantined(_ proof: Proof) -> String? {
    let fates = [
      (proof.closed, verb(proof.closed, "stays closed", "stay closed")),
      (
        proof.openByDesign.count,
        verb(proof.openByDesign.count, "is", "are") + " open by a broad or shared rule"
      ),
      (proof.leftOpen, verb(proof.leftOpen, "is", "are") + " on a side that is left open"),
    ].filter { $0.0 > 0 }
    let count = fates.reduce(0) { $0 + $1.0 }.counted("quarantined edge")
    guard fates.count > 1 else { return fates.first.map { "\(count) \($0.1)" } }
    return "\(count): \(fates.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", "))"
  }

  /// How many rules are needed, and how many are there whether or not anything seen needs them; nil where there is none.
  private static func rules(_ proof: Proof) -> String? {
    let (needed, byDesign) = (proof.neededRules, proof.baselineRules)
    let isAre = verb(byDesign, "is", "are")
    guard needed > 0 else {
      return byDesign == 0 ? nil : "\(byDesign.counted("rule")) \(isAre) there by design"
    }
    let words = needed == 1 ? "1 rule is needed" : "each of \(needed.counted("rule")) is needed"
    return byDesign == 0 ? words : "\(words), \(byDesign.grouped) more \(isAre) there by design"
  }

  private static func review(_ policies: Policies, _ file: String?) -> String {
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
    let losses = acceptedLosses(edges, policies.plan)
    if losses > 0 { parts.append(losses.counted("accepted loss", "accepted losses")) }
    let words = parts.joined(separator: ", ")
    return file.map { (parts.isEmpty ? "what was kept out" : words) + ": " + $0 } ?? words
  }

  /// Of how many edges the loss is borne: those that no rule can be written for, and those that are nobody's, however
  /// little was seen of them.
  private static func acceptedLosses(_ edges: [Edge], _ plan: Plan) -> Int {
    let given = edges.filter { $0.bin == .unattributed } + plan.borne
    return Set(given.filter { $0.decision?.answer == .accept }.map(\.key)).count
  }

  /// Says what a reviewer must look at before anything is applied.
  private static func warn(about policies: Policies, on terminal: inout Terminal) {
    let proof = policies.plan.proof
    warn(
      "cut though needed, as `--external none` asks", proof.cutByChoice,
      hint: "`--external exact` lets the addresses through that were seen", on: &terminal)
    warn(
      "cut though needed, as was decided", policies.plan.borne.filter { $0.decision?.answer == .accept },
      hint: "what must not be cut wants another decision in the file at `--accept`, or a rule by hand",
      on: &terminal)
    warn(
      "quarantined, but open by a broad or shared rule", proof.openByDesign,
      hint: "`netpol-learn why CLIENT SERVER PORT` says by which", on: &terminal)
    let steady = policies.learned.edges.filter {
      $0.bin == .quarantined && $0.evidence.established >= 3 && $0.decision == nil
    }
    warn(
      "quarantined, though established again and again", steady,
      hint: "what is a need becomes a rule when it is accepted in the review file that `--out` writes",
      on: &terminal)
    let silent = policies.learned.silentWorkloads.map(\.description)
    if !silent.isEmpty {
      terminal.warn(
        "nothing that is needed was seen of \(silent.count.counted("workload")): \(listed(silent))",
        hint: silence(silent.count == 1, policies.learned.options.isolation))
    }
    let asksForNames = policies.learned.options.isolation.covers(.egress)
    if asksForNames, !policies.learned.dns.isObserved {
      terminal.warn(
        "no DNS Service is known: names are asked for at \(policies.learned.dns.namespace), by convention",
        hint: "load the cluster's Services with `\(Advice.loadInventory)`")
    }
    for concern in policies.plan.concerns {
      terminal.warn(concern.message, detail: concern.detail, hint: concern.hint)
    }
    let dns = policies.learned.dns
    if asksForNames, !dns.caches.isEmpty, !dns.areCachesSeen {
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

  /// What becomes of workloads of which nothing was seen, on the sides that are closed, and what to do.
  private static func silence(_ isOne: Bool, _ isolation: Isolation) -> String {
    let (it, has) = isOne ? ("it", "it has run") : ("them", "they have run")
    let asks = isOne ? "it asks" : "they ask"
    return switch isolation {
    case .both:
      "whatever \(isOne ? "it needs" : "they need") will be cut; record until \(has), or leave a side open with `--direction`"
    case .ingress: "whoever asks \(it) will be cut off, and what \(asks) stays open; record until \(has)"
    case .egress: "whatever \(asks) will be cut, and who asks \(it) stays open; record until \(has)"
    }
  }

  private static func warn(
    _ words: String, _ edges: [Edge], hint: String, on terminal: inout Terminal
  ) {
    guard !edges.isEmpty else { return }
    let rest = edges.count - mostEdges
    terminal.warn(
      "\(edges.count.counted("edge")) \(words)",
      detail: edges.prefix(mostEdges).map { edge in
        let reason = edge.bin == .quarantined ? edge.reason.map { ": \($0)" } ?? "" : ""
        return "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport)\(reason)"
      } + (rest > 0 ? ["and \(rest.grouped) more; `netpol-learn flows` lists all"] : []),
      hint: hint)
  }

  /// Whoever has more of them looks for what they have in common.
  private static let mostEdges = 20

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  private static func verb(_ count: Int, _ one: String, _ many: String) -> String { count == 1 ? one : many }
}
