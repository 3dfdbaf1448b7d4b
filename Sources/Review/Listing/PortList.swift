/// Several ports in few words: those beside each other as a range.
enum PortList {
  /// All of them, in order: `22, 80, 8000-8010`.
  static func words(_ ports: [UInt16]) -> String { ranges(ports).joined(separator: ", ") }

  /// The first of them, and how many more there are where that is not all.
  static func fewWords(_ ports: [UInt16]) -> String {
    let ranges = ranges(ports)
    let rest = ranges.count - most
    return ranges.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// More than these make a column too wide to read.
  private static let most = 6

  private static func ranges(_ ports: [UInt16]) -> [String] {
    var ranges: [ClosedRange<UInt16>] = []
    for port in ports.sorted() {
      if let last = ranges.last, last.contains(port) { continue }
      if let last = ranges.last, UInt32(last.upperBound) + 1 == UInt32(port) {
        ranges[ranges.count - 1] = last.lowerBound...port
      } else {
        ranges.append(port...port)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
  }
}
