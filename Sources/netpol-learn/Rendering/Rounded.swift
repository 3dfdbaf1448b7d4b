/// Numbers that people read, with no more digits than they need.
enum Rounded {
  /// A share in percent: one digit below 10, none above, `<0.1` for next to nothing.
  static func percent(_ value: Double) -> String {
    if value > 0 && value < 0.05 { return "<0.1 %" }
    if value >= 10 || value == value.rounded() { return "\(Int(value.rounded())) %" }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }

  /// A stretch of time: seconds below two minutes, then minutes, hours, days.
  static func duration(seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7200: return "\(whole / 60) min"
    case ..<172_800: return "\(whole / 3600) h"
    default: return "\(whole / 86_400) days"
    }
  }
}
