import Traffic

/// What a capture file says about the drops of one of its interfaces.
struct InterfaceLoss {
  let interface: UInt32
  var from: Instant?
  var until: Instant
  var received: UInt64?
  var dropped: UInt64?

  init(interface: UInt32, at instant: Instant) {
    self.interface = interface
    until = instant
  }

  mutating func addDrops(_ count: UInt64) {
    let sum = (dropped ?? 0).addingReportingOverflow(count)
    dropped = sum.overflow ? .max : sum.partialValue
  }

  /// What a store keeps of it: no stretch of the far future, which would never be forgotten; nil when nothing tells
  /// another.
  func loss(recorder: String, within span: ClosedRange<Instant>?) -> Loss? {
    let bound = Instant.credible.upperBound
    let ends = [until, span?.upperBound].compactMap(\.self).filter { $0 < bound }
    guard let end = ends.first else { return nil }
    let starts = [from, span?.lowerBound].compactMap(\.self).filter { $0 < bound }
    return Loss(
      recorder: recorder, interface: interface, from: starts.first ?? end, until: end,
      received: received ?? 0, dropped: dropped)
  }
}
