/// How a command ended, for the script that called it.
public enum ExitCode: Int32, CaseIterable, Hashable, Sendable {
  /// Done, and nothing to remark.
  case done = 0
  /// Done, and the answer is a difference, a denial or a finding.
  case difference = 1
  /// The command line makes no sense, or names what is not there.
  case usage = 2
  /// The input was read only in part, or not at all.
  case input = 3
  /// Refused because it would not be safe.
  case refused = 4
  /// The machine said no: permission, disk, network.
  case machine = 5
}

// What it can tell.
extension ExitCode {
  /// The code of a run in which both hold: the highest of 5, 4, 3 and 1.
  public func and(_ other: ExitCode) -> ExitCode {
    other.rank > rank ? other : self
  }

  /// What it means, for the help.
  public var meaning: String {
    switch self {
    case .done: "done"
    case .difference: "a difference, a denial or a finding"
    case .usage: "wrong usage, or a name for something that is not there"
    case .input: "the input was read only in part, or not at all"
    case .refused: "refused for safety"
    case .machine: "the machine said no: permission, disk, network"
    }
  }

  /// Wrong usage is found before anything is done, so whatever was done outranks it.
  private var rank: Int32 {
    switch self {
    case .done: -1
    case .usage: 0
    case .difference, .input, .refused, .machine: rawValue
    }
  }
}
