import Console
import Traffic

/// What a command that reads the store looks at: which store, which inventory beside it, which time.
struct SourceOptions: OptionGroup {
  var store = StoreOptions()
  var cluster: [String] = []
  var since: Moment?
  var until: Moment?

  static let section = "common options"
  static var options: [Option<SourceOptions>] {
    [
      .values(
        "--cluster", value: "SOURCE", to: \.cluster, "cluster objects for this run only",
        detail: """
          A JSON or YAML file as `kubectl get … -o json` prints it, the events of a watch, a table of addresses in \
          CSV, a folder of such files, or `-` for standard input. May be given several times.
          """),
      .value(
        "--since", value: "TIME", to: \.since, "only what was seen from then on",
        detail: """
          RFC 3339 such as 2026-11-20T08:00:00Z, or a time back from the last packet of all conversations such as 90m, \
          12h or 7d. A conversation that began earlier and was seen since counts, to the minute.
          """,
        otherwise: "everything"),
      .value(
        "--until", value: "TIME", to: \.until, "only what began up to then", otherwise: "everything"),
    ]
  }

  /// Whether a time is counted back from the last packet.
  var isCountedBack: Bool {
    [since, until].contains { if case .back = $0 { true } else { false } }
  }
  static var groups: [[Option<SourceOptions>]] { [.group(\.store)] }
}

/// A moment as it is typed: a date, or a time back from the last packet of all conversations.
enum Moment: OptionValue {
  case at(Instant)
  case back(seconds: Int64)

  init?(typed text: String) {
    if let instant = Instant(text) {
      self = .at(instant)
      return
    }
    guard let span = TimeSpan(typed: text) else { return nil }
    self = .back(seconds: span.seconds)
  }

  var typed: String {
    switch self {
    case .at(let instant): instant.description
    case .back(let seconds): "\(seconds)s"
    }
  }

  static let expectation = "a time such as 2026-11-20T08:00:00Z, 90m, 12h or 7d"

  /// The moment that is meant, where the last packet's is known.
  func instant(before last: Instant) -> Instant {
    switch self {
    case .at(let instant): instant
    case .back(let seconds): last.advanced(bySeconds: -seconds)
    }
  }
}
