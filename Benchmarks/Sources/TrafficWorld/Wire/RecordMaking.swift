/// The records of a capture file, in pieces that are given away as they become ready.
struct RecordMaking {
  /// The piece of the file that is being made; what is appended between `begin` and `end` is a frame.
  var bytes: [UInt8] = []
  private let form: CaptureForm
  private let snapLength: Int
  private var handedOver = 0
  /// Where the record begins.
  private var start = 0
  /// Nanoseconds since the epoch; 2025-10-09T08:53:20Z at first.
  private var clock: UInt64 = 1_760_000_000 * 1_000_000_000

  init(_ plan: TrafficWorld.Plan) {
    form = plan.form
    snapLength = plan.snapLength
    bytes.reserveCapacity(1 << 23)
    let link = plan.link.rawValue
    switch form {
    case .classic:
      for word in [0xA1B2_C3D4, 0x0004_0002, 0, 0, UInt32(snapLength), link] { bytes.append(little: word) }
    case .nextGeneration:
      for word in [0x0A0D_0D0A, 28, 0x1A2B_3C4D, 1, .max, .max, 28] as [UInt32] { bytes.append(little: word) }
      for word in [1, 20, link, UInt32(snapLength), 20] { bytes.append(little: word) }
    }
  }

  /// How many bytes the file has so far.
  var count: Int { handedOver + bytes.count }

  mutating func handOver() -> [UInt8] {
    let piece = bytes
    handedOver += piece.count
    bytes = []
    bytes.reserveCapacity(1 << 23)
    return piece
  }

  /// Begins a record, so many nanoseconds after the one before.
  mutating func begin(after wait: UInt64) {
    clock += wait
    start = bytes.count
    let microseconds = clock / 1_000
    switch form {
    case .classic:
      bytes.append(little: UInt32(truncatingIfNeeded: microseconds / 1_000_000))
      bytes.append(little: UInt32(truncatingIfNeeded: microseconds % 1_000_000))
    case .nextGeneration:
      for word in [6, 0, 0] as [UInt32] { bytes.append(little: word) }
      bytes.append(little: UInt32(truncatingIfNeeded: microseconds >> 32))
      bytes.append(little: UInt32(truncatingIfNeeded: microseconds))
    }
    bytes.append(little: 0)
    bytes.append(little: 0)
  }

  /// Ends the record, now that it is known how long its frame is.
  mutating func end() {
    let head = form == .classic ? 16 : 28
    let length = bytes.count - start - head
    let kept = min(length, snapLength)
    bytes.removeLast(length - kept)
    bytes.put(little: UInt32(truncatingIfNeeded: kept), at: start + head - 8)
    bytes.put(little: UInt32(truncatingIfNeeded: length), at: start + head - 4)
    guard form == .nextGeneration else { return }
    bytes.append(contentsOf: repeatElement(0, count: (4 - kept % 4) % 4))
    let whole = UInt32(truncatingIfNeeded: bytes.count - start + 4)
    bytes.append(little: whole)
    bytes.put(little: whole, at: start + 4)
  }
}
