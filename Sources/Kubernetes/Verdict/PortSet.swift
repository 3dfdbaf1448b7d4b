public import Traffic

/// A set of ports of the three protocols, exact and in one form only, so that equal sets are equal values.
public struct PortSet: Hashable, Sendable {
  /// Closed spans on one line, in order, with room between any two.
  ///
  /// The line holds the protocols one after the other, 65,536 places each. No policy can name port 0, so the first
  /// place of each protocol stays free and no span runs from one protocol into the next.
  private var spans: [ClosedRange<UInt32>]

  private init(spans: [ClosedRange<UInt32>]) {
    self.spans = spans
  }

  /// No port.
  public static let none = PortSet(spans: [])

  /// Every port of every protocol.
  public static let all = PortSet(spans: Transport.allCases.map { span($0, .whole) })

  /// These ports of one protocol.
  public init(_ transport: Transport, _ range: PortRange) {
    spans = [Self.span(transport, range)]
  }

  /// All of these ports.
  init(_ ranges: [(Transport, PortRange)]) {
    spans = Self.merged(ranges.map { Self.span($0, $1) })
  }

  private static func span(_ transport: Transport, _ range: PortRange) -> ClosedRange<UInt32> {
    let start = place(of: transport)
    return start + UInt32(range.first)...start + UInt32(range.last)
  }

  private static func place(of transport: Transport) -> UInt32 {
    switch transport {
    case .tcp: 0
    case .udp: 1 << 16
    case .sctp: 2 << 16
    }
  }
}

// What it can tell.
extension PortSet {
  /// Whether there is no port in it.
  public var isEmpty: Bool { spans.isEmpty }

  /// Whether the port is in it.
  public func contains(_ port: UInt16, _ transport: Transport) -> Bool {
    let place = Self.place(of: transport) + UInt32(port)
    return spans.contains { $0.contains(place) }
  }

  /// The ports as ranges, TCP before UDP before SCTP, lowest first.
  public var ranges: [(transport: Transport, ports: PortRange)] {
    spans.compactMap { span in
      let transport = Transport.allCases.last { Self.place(of: $0) < span.lowerBound }
      let first = UInt16(truncatingIfNeeded: span.lowerBound)
      let last = UInt16(truncatingIfNeeded: span.upperBound)
      guard let transport, let range = PortRange(first, through: last) else { return nil }
      return (transport, range)
    }
  }

  /// The ports as texts such as `TCP/8080`, `TCP/8000-8010` and `UDP/all`; `all` alone for every port.
  public var terms: [String] {
    if self == .all { return ["all"] }
    return ranges.map { $1 == .whole ? "\($0)/all" : "\($0)/\($1)" }
  }
}

extension PortSet: CustomStringConvertible {
  /// The terms with commas between; `none` when there is no port.
  public var description: String { isEmpty ? "none" : terms.joined(separator: ", ") }
}

// How it is reckoned with.
extension PortSet {
  /// The ports of either set.
  public func union(_ other: PortSet) -> PortSet {
    if spans.isEmpty { return other }
    if other.spans.isEmpty { return self }
    return PortSet(spans: Self.merged(spans + other.spans))
  }

  /// Spans in any order as spans in order, with room between any two.
  private static func merged(_ spans: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    spans.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, span in
      // The line ends far below the largest number, so one more is never too much.
      if let last = merged.last, span.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
  }

  /// The ports that are in both sets.
  public func intersection(_ other: PortSet) -> PortSet {
    var (mine, theirs) = (spans[...], other.spans[...])
    var common: [ClosedRange<UInt32>] = []
    while let one = mine.first, let two = theirs.first {
      if one.overlaps(two) { common.append(one.clamped(to: two)) }
      if one.upperBound < two.upperBound { mine.removeFirst() } else { theirs.removeFirst() }
    }
    return PortSet(spans: common)
  }

  /// The ports that are not in the other set.
  public func subtracting(_ other: PortSet) -> PortSet {
    var left: [ClosedRange<UInt32>] = []
    var cuts = other.spans[...]
    for span in spans {
      var start = span.lowerBound
      while let cut = cuts.first, cut.upperBound < start { cuts.removeFirst() }
      for cut in cuts {
        guard cut.lowerBound <= span.upperBound, start <= span.upperBound else { break }
        if start < cut.lowerBound { left.append(start...cut.lowerBound - 1) }
        start = max(start, cut.upperBound + 1)
      }
      if start <= span.upperBound { left.append(start...span.upperBound) }
    }
    return PortSet(spans: left)
  }
}
