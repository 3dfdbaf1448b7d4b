public import Traffic

/// How much of the traffic the recorders missed.
public struct LossSummary: Hashable, Sendable {
  /// Packets that reached a recorder.
  public let received: UInt64
  /// Packets dropped on the way to a recorder that counted them.
  public let dropped: UInt64
  /// Recorders that did not count: their loss is unknown, not zero.
  public let unknownRecorders: Int

  /// The summary of what was missed.
  public init(_ losses: [Loss]) {
    received = losses.map(\.received).saturatingSum
    dropped = losses.compactMap(\.dropped).saturatingSum
    unknownRecorders = Set(losses.filter { $0.dropped == nil }.map(\.recorder)).count
  }

  /// The share that was dropped, in percent, as far as it was counted.
  public var percent: Double {
    let all = Double(received) + Double(dropped)
    return all == 0 ? 0 : Double(dropped) / all * 100
  }
}
