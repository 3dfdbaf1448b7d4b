public import Console
import Generator
import Kubernetes
import Review

/// What may be chosen about policies that are made from the recorded traffic.
struct GenerationOptions: OptionGroup {
  var direction = Isolation.both
  var external = Options.External.auto
  var networks: String?
  var maxLoss = Percent(value: 1)
  var decisions = DecisionOptions()
  // What only a command that writes asks for has its rows there.
  var dialect = Dialect.kubernetes
  var isKustomizeSafe = false
  var standing: [NetworkPolicy] = []
  /// What stands in the folder that is written into.
  var reviews = ReviewFolder()

  static let section = "options"
  static var options: [Option<GenerationOptions>] {
    [
      .value(
        "--direction", value: "SIDE", to: \.direction, "which sides are ruled",
        detail: "`ingress` or `egress` alone leave the other side open, for a roll-out in steps."),
      .value(
        "--external", value: "HOW", to: \.external, "how addresses outside the cluster are written",
        detail: """
          `auto` opens the public internet on the port for what was dialled by a public name, whose addresses \
          rotate, and for public guests where a Service or a `hostPort` offers the port outside; otherwise the seen \
          address. `exact` writes only seen addresses, `public` opens the internet for every public address, and \
          `none` cuts them all. A private address is always written as it was seen, unless `--networks` names its network.
          """),
      .value(
        "--networks", value: "FILE", to: \.networks,
        "named networks that take the place of addresses in them",
        detail: """
          YAML of kind `Networks`: a list of `networks`, each with a `name` and its `cidrs`. An address in one of \
          them, dialled or a guest's, stands for the whole network.
          """),
      .value(
        "--max-loss", value: "PERCENT", to: \.maxLoss, "refuse when more of the packets were lost",
        detail: "Loss that nobody counted, as in most capture files, warns and never refuses."),
    ]
  }

  static var groups: [[Option<GenerationOptions>]] { [.group(\.decisions)] }

  /// The choices, for all namespaces.
  var choices: Options {
    var options = Options()
    options.isolation = direction
    options.external = external
    options.isStrict = decisions.isStrict
    options.plugin = decisions.cni
    options.dialect = dialect
    options.isKustomizeSafe = isKustomizeSafe
    options.standing = standing
    return options
  }
}

/// A share in percent, 0 to 100.
struct Percent: OptionValue {
  let value: Double

  init(value: Double) { self.value = value }

  init?(typed text: String) {
    guard let value = Double(text), (0...100).contains(value) else { return nil }
    self.value = value
  }

  var typed: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

  static let expectation = "a share in percent, 0 to 100"
}

extension Isolation: OptionValue {
  /// The sides with this name.
  init?(typed text: String) {
    switch text {
    case "ingress": self = .ingress
    case "egress": self = .egress
    case "both": self = .both
    default: return nil
    }
  }

  /// The name of the sides.
  var typed: String {
    switch self {
    case .ingress: "ingress"
    case .egress: "egress"
    case .both: "both"
    }
  }

  /// Every name.
  static var choices: [String] { ["ingress", "egress", "both"] }

  /// What is expected.
  static var expectation: String { "one of ingress, egress, both" }
}

extension Generator.Options.External: OptionValue {}

extension NetworkPlugin.Name: OptionValue {}

extension Dialect: OptionValue {}
