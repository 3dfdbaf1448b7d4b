import Traffic

/// The stretch of a file that is in memory: one buffer, reused, filled 256 KiB at a time.
struct ByteWindow: ~Copyable {
  private let file: FileDescriptor
  private let path: String
  private var buffer: [UInt8]
  private var start = 0
  private var end = 0
  /// Where in the file the window begins.
  private(set) var offset: UInt64 = 0
  /// The fingerprint of what goes through a pipe, which can't be read ahead.
  private var passing: Fingerprint.Passing?

  init(_ file: consuming FileDescriptor, path: String) {
    passing = file.size == nil ? Fingerprint.Passing() : nil
    // A small file needs little; it may grow while it is read, and then by records of common size.
    let room = max(min(file.size ?? .max, UInt64(Self.longestRecord + Self.readSize)), Self.leastRoom)
    self.file = file
    self.path = path
    buffer = [UInt8](repeating: 0, count: Int(room))
  }

  /// How many bytes are at hand.
  var count: Int { end - start }

  /// Sees to it that this many bytes are at hand; false when the file ends before.
  ///
  /// No more than `longestRecord` can be asked for.
  @inline(__always)
  mutating func holds(_ wanted: Int) throws(CaptureError) -> Bool {
    count >= wanted ? true : try fill(wanted)
  }

  @inline(never)
  private mutating func fill(_ wanted: Int) throws(CaptureError) -> Bool {
    guard wanted <= Self.longestRecord else { return false }
    if start > 0 {
      // Byte by byte, for a slice of the buffer would keep it and have all of it copied.
      for place in 0..<count { buffer[place] = buffer[start + place] }
      end -= start
      start = 0
    }
    while count < wanted {
      let got = try file.read(into: &buffer, at: end, count: Self.readSize, path: path)
      guard got > 0 else { return false }
      passing?.note(buffer[end..<end + got])
      end += got
    }
    return true
  }

  /// Goes on by this many bytes, which are at hand.
  mutating func advance(_ distance: Int) {
    let step = min(distance, count)
    start += step
    offset += UInt64(step)
  }

  /// Goes on by this many bytes, at hand or not; false when the file ends before.
  mutating func skip(_ distance: Int) throws(CaptureError) -> Bool {
    var left = distance
    while left > 0 {
      guard try holds(min(left, Self.readSize)) else {
        advance(count)
        return false
      }
      let step = min(left, count)
      advance(step)
      left -= step
    }
    return true
  }

  /// Lends all bytes at hand.
  @inline(__always)
  func lend<Result>(_ body: (RawSpan) -> Result) -> Result {
    // In bounds: extracting checks, and bytes have no padding that could be left unset.
    let bytes = unsafe buffer.span.extracting(start..<end).bytes
    return body(bytes)
  }

  /// A number at hand, in the byte order of the file; 0 where it is not at hand.
  @inline(__always)
  func number32(_ place: Int, isBig: Bool) -> UInt32 {
    guard place >= 0, place + 4 <= count else { return partly32(place, isBig: isBig) }
    // In bounds: checked above, and the load checks against the buffer as well.
    let number = unsafe buffer.span.bytes.unsafeLoadUnaligned(fromByteOffset: start + place, as: UInt32.self)
    return isBig ? UInt32(bigEndian: number) : UInt32(littleEndian: number)
  }

  /// A number of which not all bytes are at hand: those beyond the end count as 0.
  private func partly32(_ place: Int, isBig: Bool) -> UInt32 {
    UInt32(number16(place, isBig: isBig)) << (isBig ? 16 : 0)
      | UInt32(number16(place + 2, isBig: isBig)) << (isBig ? 0 : 16)
  }

  /// A number at hand, in the byte order of the file.
  func number16(_ place: Int, isBig: Bool) -> UInt16 {
    let one = UInt16(byte(place))
    let other = UInt16(byte(place + 1))
    return isBig ? one << 8 | other : other << 8 | one
  }

  /// A byte at hand.
  func byte(_ place: Int) -> UInt8 {
    place < count ? buffer[start + place] : 0
  }

  /// What tells this file from others; a regular file's can be had at any time, a pipe's at its end.
  func fingerprint() throws(CaptureError) -> Fingerprint {
    if let passing { return passing.fingerprint }
    let size = file.size ?? 0
    let head = try file.read(at: 0, count: Int(min(size, Fingerprint.edge)), path: path)
    let tail = try file.read(
      at: size - min(size, Fingerprint.edge), count: Int(min(size, Fingerprint.edge)), path: path)
    return Fingerprint(size: size, head: head, tail: tail)
  }

  /// Whether the file is read as it arrives.
  var isPipe: Bool { passing != nil }

  /// The size of a regular file.
  var size: UInt64? { file.size }

  /// What libpcap allows for a packet (MAXIMUM_SNAPLEN), and room for the head of its record.
  static let longestRecord = 262_144 + 4_096
  private static let readSize = 262_144
  private static let leastRoom: UInt64 = 65_536
}
