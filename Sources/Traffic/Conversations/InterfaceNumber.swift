/// Interfaces of several sources by one number each: the source in the upper eight bits, and below it what the source calls
/// it.
///
/// Each machine counts its interfaces from 1 on, so the same index is another interface in another machine's capture.
enum InterfaceNumber {
  /// The number of an interface; 0 for one that nobody named.
  ///
  /// Indexes that no machine comes to are one.
  @inline(__always)
  static func number(_ index: UInt32, of source: UInt8) -> UInt32 {
    index == 0 ? 0 : min(index, highest) | UInt32(source) << 24
  }

  /// What its source calls an interface.
  static func index(_ number: UInt32) -> UInt32 { number & highest }

  private static let highest: UInt32 = 0xFF_FFFF
}
