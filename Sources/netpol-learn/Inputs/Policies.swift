import Console
import Generator
import Kubernetes
import Review

/// The policies that the recorded traffic of some namespaces asks for, or the reason why there are none.
struct Policies {
  let learned: Learned
  let plan: Plan
  /// The namespaces that every namespace leaves out though something was seen of them, in order.
  let leftOut: [String]
  private let decided: Decided

  /// Learns, proves, and refuses what would not be safe.
  init(
    _ kept: Kept, _ generation: GenerationOptions, _ namespaces: NamespaceOptions, on terminal: inout Terminal
  ) throws {
    try kept.requireWholeInventory()
    decided = try Decided(at: generation.decisions.accepted, beside: generation.reviews)
    var choices = generation.choices
    choices.decisions = decided.decisions
    choices.networks = try NamedNetworks.read(at: generation.networks)
    try NamedNetworks.requireOutside(choices.networks, of: kept.inventory)
    let all = Learned(kept.facts, kept.inventory, choices)
    var chosen = try namespaces.chosen(among: all.knownNamespaces, isNeeded: true)
    if namespaces.isEvery {
      // A namespace of which nothing was seen would only get a closed door: it must be asked for by name.
      chosen = all.busyNamespaces.subtracting(NamespaceOptions.infrastructure).union(namespaces.names)
      guard !chosen.isEmpty else {
        throw Complaint(
          "nothing was seen of any namespace",
          hint: kept.isEmptyTime
            ? "nothing at all was seen in that time: `netpol-learn status` tells what is recorded"
            : "record with `netpol-learn learn -r FILE`, and load the cluster with `\(Advice.loadInventory)`",
          exitCode: .usage)
      }
    }
    leftOut = namespaces.isEvery ? all.busyNamespaces.subtracting(chosen).sorted() : []
    let silent = chosen.subtracting(all.busyNamespaces).sorted()
    guard silent.isEmpty else {
      throw Complaint(
        "nothing was seen of \(silent.map { "`\($0)`" }.joined(separator: ", ")): all its pods need would be cut",
        hint: kept.isEmptyTime
          ? "nothing at all was seen in that time: `netpol-learn status` tells what is recorded"
          : "record longer, or load an inventory that knows its pods with `\(Advice.loadInventory)`",
        exitCode: .refused)
    }
    learned = all.about(chosen)
    plan = learned.plan
    decided.tellFound(on: &terminal)
    decided.tellExpired(on: &terminal)
    decided.tellUnseen(learned, on: &terminal)
    decided.tellIdle(learned, plan, on: &terminal)
    try Self.refuse(plan, learned.options.isolation)
    try Self.judge(all.loss, limit: generation.maxLoss.value, on: &terminal)
    guard plan.proof.holds else {
      throw Complaint(
        "the policies could not be proven, and nothing was written",
        detail: plan.proof.failures.map(\.message),
        hint: "this is a mistake of netpol-learn: please report it with the store", exitCode: .refused)
    }
  }

  /// What a person should decide, and what was decided already.
  var review: ReviewFile { ReviewFile(learned, plan, keeping: decided.file) }

  /// Refuses to cut a need in silence, and shows what would let it be cut aloud.
  private static func refuse(_ plan: Plan, _ isolation: Isolation) throws {
    guard let first = plan.obstacles.first else { return }
    let several = plan.obstacles.count > 1
    let entries = ReviewFile(plan.unwritable).lines(deciding: .accept)
    let shown = entries.prefix(mostEntries)
    let rest =
      entries.count > shown.count
      ? ["# and \((entries.count - shown.count).counted("more entry", "more entries"))"] : []
    let canBear = !plan.unwritable.isEmpty
    let isRejected = plan.unwritable.contains { $0.decision?.answer == .reject }
    throw Complaint(
      several
        ? "\(plan.obstacles.count) needs can't be written as rules, and would be cut" : first.message,
      detail: (several ? plan.obstacles.map(\.message) : []) + (canBear ? shown + rest : []),
      hint: first.hint(under: isolation)
        + (canBear
          ? ", or accept the loss: save the lines from `kind: Review` on with an `owner`, and add `--accept FILE`"
            + (isRejected ? "; a `reject` cuts nothing that is needed: make an `accept` of it" : "")
          : ""),
      exitCode: .refused)
  }

  /// Whoever has more of them has something else to mend first.
  private static let mostEntries = 22

  private static func judge(_ loss: LossSummary, limit: Double, on terminal: inout Terminal) throws {
    let share = LossWords.share(loss)
    let isDropped = loss.droppedPercent > limit || !loss.hasCrowdedOut
    let advice =
      isDropped
      ? "record again with a larger buffer" : "learn from shorter captures, each in a run of its own"
    if loss.percent > limit {
      throw Complaint(
        "\(share), more than \(Rounded.percent(limit)): what was not seen would be cut",
        detail: loss.hasCrowdedOut ? LossWords.list(loss) : [],
        hint: "\(advice), or accept it with `--max-loss \(Int(loss.percent.rounded(.up)))`",
        exitCode: .refused)
    }
    if loss.hasCrowdedOut {
      terminal.warn("\(share): \(LossWords.list(loss).joined(separator: ", ")), and needs may be cut")
    } else if loss.percent > 0.1 {
      terminal.warn("\(share): what was not seen will be cut")
    }
    if loss.unknownRecorders > 0 {
      terminal.warn(
        "how much was lost is unknown for \(loss.unknownRecorders.counted("recorder")): the files don't say",
        hint: "`dumpcap` writes what it dropped into the file, `tcpdump` does not")
    }
  }
}
