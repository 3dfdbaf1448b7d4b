import Console
import Generator

/// What becomes of edges beyond what was seen of them: what people decided, and what puts the policies in force.
struct DecisionOptions: OptionGroup {
  var accepted: [String] = []
  var cni: NetworkPlugin.Name?
  var isStrict = false

  static let section = "options"
  static var options: [Option<DecisionOptions>] {
    [
      .values(
        "--accept", value: "FILE", to: \.accepted,
        "what people decided about edges that were kept out; may be given several times",
        detail: """
          A review file as `generate --out` writes it, filled in. What is quarantined and accepted is a need like \
          others; of what no rule can be written for the loss is accepted; what is rejected stays closed. Files that \
          say different things of one edge are refused.
          """),
      .value(
        "--cni", value: "PROFILE", to: \.cni, "what puts the policies in force",
        detail: """
          Network plugins differ on whether a machine reaches its own pods, whether an ipBlock holds machines, on SCTP, \
          and on whether anything is in force. Of one that is not known both is thought possible.
          """,
        otherwise: "what the inventory shows, else `unknown`"),
      .flag("--strict", to: \.isStrict, "keep out what one pod did once"),
    ]
  }

  /// What is learned from what a store holds, where people decided so.
  func learned(from kept: Kept, _ decided: Decided) -> Learned {
    var choices = Options()
    choices.plugin = cni
    choices.isStrict = isStrict
    choices.decisions = decided.decisions
    return Learned(kept.facts, kept.inventory, choices)
  }
}
