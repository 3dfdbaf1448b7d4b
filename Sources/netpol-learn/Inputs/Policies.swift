import Console
import Generator

/// The policies that the recorded traffic of some namespaces asks for, or the reason why there are none.
struct Policies {
  let learned: Learned
  let plan: Plan

  /// Learns, proves, and refuses what would not be safe.
  init(
    _ kept: Kept, _ generation: GenerationOptions, _ namespaces: NamespaceOptions, on terminal: inout Terminal
  ) throws {
    let all = Learned(kept.facts, kept.inventory, generation.choices)
    var chosen = try namespaces.chosen(among: all.knownNamespaces, isNeeded: true)
    if namespaces.isEvery {
      // A namespace of which nothing was seen would only get a closed door: it must be asked for by name.
      chosen = all.busyNamespaces.subtracting(NamespaceOptions.infrastructure).union(namespaces.names)
      guard !chosen.isEmpty else {
        throw Complaint(
          "nothing was seen of any namespace",
          hint:
            "record with `netpol-learn learn -r FILE`, and load the cluster with `\(Advice.loadInventory)`",
          exitCode: .usage)
      }
    }
    let silent = chosen.subtracting(all.busyNamespaces).sorted()
    guard silent.isEmpty else {
      throw Complaint(
        "nothing was seen of \(silent.map { "`\($0)`" }.joined(separator: ", ")): all its pods need would be cut",
        hint:
          "record longer, or load an inventory that knows its pods with `\(Advice.loadInventory)`",
        exitCode: .refused)
    }
    learned = all.about(chosen)
    plan = learned.plan
    try Self.refuse(plan)
    try Self.judge(all.loss, limit: generation.maxLoss.value, on: &terminal)
    guard plan.proof.holds else {
      throw Complaint(
        "the policies could not be proven, and nothing was written",
        detail: plan.proof.failures.map(\.message),
        hint: "this is a mistake of netpol-learn: please report it with the store", exitCode: .refused)
    }
  }

  private static func refuse(_ plan: Plan) throws {
    guard let first = plan.obstacles.first else { return }
    guard plan.obstacles.count > 1 else {
      throw Complaint(first.message, hint: first.hint, exitCode: .refused)
    }
    throw Complaint(
      "\(plan.obstacles.count) needs can't be written as rules, and would be cut",
      detail: plan.obstacles.map(\.message), hint: first.hint, exitCode: .refused)
  }

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
        "how much was lost is unknown for \(loss.unknownRecorders.counted("recorder")): the files don't say")
    }
  }
}
