import Console

/// A stretch of time as it is typed: `90m`, `12h`, `7d`.
struct TimeSpan: OptionValue {
  let seconds: Int64

  init?(typed text: String) {
    guard let unit = text.last, let scale = Self.units[unit], let amount = Int64(text.dropLast()),
      amount >= 0, text.first != "+",
      case let seconds = amount.multipliedReportingOverflow(by: scale), !seconds.overflow
    else { return nil }
    self.seconds = seconds.partialValue
  }

  var typed: String { "\(seconds)s" }

  static let expectation = "a stretch of time such as 90m, 12h or 7d"

  private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
}
