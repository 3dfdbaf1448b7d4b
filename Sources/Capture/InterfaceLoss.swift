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
}
