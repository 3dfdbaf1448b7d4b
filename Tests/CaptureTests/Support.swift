import Glibc
import Traffic

@testable import Capture

/// Capture files as bytes, written by hand so that they can lie.
enum CaptureBytes {
  struct Frame: Equatable {
    var nanoseconds: UInt64
    var bytes: [UInt8]
    var wireLength: Int
    var link: UInt32 = 1

    init(_ nanoseconds: UInt64, _ bytes: [UInt8], wireLength: Int? = nil, link: UInt32 = 1) {
      self.nanoseconds = nanoseconds
      self.bytes = bytes
      self.wireLength = wireLength ?? bytes.count
      self.link = link
    }
  }

  static func number(_ value: UInt64, bytes count: Int, isBig: Bool) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    return isBig ? little.reversed() : little
  }

  static func classic(_ frames: [Frame], isBig: Bool = false, isNano: Bool = false, link: UInt32 = 1)
    -> [UInt8]
  {
    func word(_ value: UInt64) -> [UInt8] { number(value, bytes: 4, isBig: isBig) }
    var file = word(isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4)
    file += number(2, bytes: 2, isBig: isBig) + number(4, bytes: 2, isBig: isBig)
    file += word(0) + word(0) + word(262_144) + word(UInt64(link))
    for frame in frames {
      let fraction = frame.nanoseconds % 1_000_000_000
      file += word(frame.nanoseconds / 1_000_000_000) + word(isNano ? fraction : fraction / 1000)
      file += word(UInt64(frame.bytes.count)) + word(UInt64(frame.wireLength)) + frame.bytes
    }
    return file
  }

  static func option(_ code: UInt64, _ value: [UInt8], isBig: Bool) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    return number(code, bytes: 2, isBig: isBig) + number(UInt64(value.count), bytes: 2, isBig: isBig) + value
      + padding
  }

  static func block(_ kind: UInt64, _ body: [UInt8], isBig: Bool, trailer: Int? = nil) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
    let length = 12 + body.count + padding.count
    var block = number(kind, bytes: 4, isBig: isBig) + number(UInt64(length), bytes: 4, isBig: isBig)
    block += body + padding
    return block + number(UInt64(trailer ?? length), bytes: 4, isBig: isBig)
  }

  static func section(isBig: Bool) -> [UInt8] {
    var body = number(0x1A2B_3C4D, bytes: 4, isBig: isBig)
    body += number(1, bytes: 2, isBig: isBig) + number(0, bytes: 2, isBig: isBig)
    return block(0x0A0D_0D0A, body + number(.max, bytes: 8, isBig: isBig), isBig: isBig)
  }

  static func interface(link: UInt32, resolution: UInt8? = nil, isBig: Bool) -> [UInt8] {
    var body =
      number(UInt64(link), bytes: 2, isBig: isBig) + [0, 0] + number(262_144, bytes: 4, isBig: isBig)
    if let resolution { body += option(9, [resolution], isBig: isBig) + option(0, [], isBig: isBig) }
    return block(1, body, isBig: isBig)
  }

  static func packet(_ frame: Frame, interface: UInt64, ticks: UInt64, isBig: Bool) -> [UInt8] {
    var body = number(interface, bytes: 4, isBig: isBig)
    body += number(ticks >> 32, bytes: 4, isBig: isBig) + number(ticks & 0xFFFF_FFFF, bytes: 4, isBig: isBig)
    body += number(UInt64(frame.bytes.count), bytes: 4, isBig: isBig)
    body += number(UInt64(frame.wireLength), bytes: 4, isBig: isBig) + frame.bytes
    return block(6, body, isBig: isBig)
  }

  /// One section, one interface a link type, in nanoseconds.
  static func nextGeneration(_ frames: [Frame], isBig: Bool = false) -> [UInt8] {
    var links: [UInt32] = []
    for frame in frames where !links.contains(frame.link) { links.append(frame.link) }
    var file = section(isBig: isBig)
    for link in links { file += interface(link: link, resolution: 9, isBig: isBig) }
    for frame in frames {
      let index = UInt64(links.firstIndex(of: frame.link) ?? 0)
      file += packet(frame, interface: index, ticks: frame.nanoseconds, isBig: isBig)
    }
    return file
  }
}

/// A folder that is gone with its last user.
struct Folder: ~Copyable {
  let path: String

  init() throws {
    var template = Array("/tmp/netpol-learn-test-XXXXXX".utf8CString)
    // Valid: the template is terminated text, which the call fills in place.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw Failure.noFolder }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    // Valid: each call gets terminated text, and entries are read before the next call.
    if let folder = unsafe opendir(path) {
      while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { unsafe unlink("\(path)/\(name)") }
      }
      unsafe closedir(folder)
    }
    unsafe rmdir(path)
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(self.path)/\(name)"
    // Valid: Swift lends path and bytes for the calls, and the count is the array's own.
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw Failure.noFile }
    defer { close(file) }
    let written = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw Failure.noFile }
    return path
  }

  func remove(_ name: String) throws {
    // Valid: Swift lends the path as terminated text.
    guard unsafe unlink("\(path)/\(name)") == 0 else { throw Failure.noFile }
  }

  enum Failure: Error {
    case noFolder
    case noFile
  }
}

/// What a reader saw of a file, in its own words.
struct Seen: Equatable {
  var nanoseconds: Int64
  var wireLength: Int
  var bytes: [UInt8]
}

/// A file read to its end.
struct ReadFile {
  /// Every frame.
  private(set) var frames: [Seen] = []
  /// How reading ended.
  let ending: CaptureReading.Ending?

  init(path: String) throws(CaptureError) {
    var reader = try CaptureReader.opening(path)
    var frames: [Seen] = []
    while reader.record != nil {
      _ = try reader.give(until: .distantFuture, atMost: 3) { record, frame in
        // In bounds: each offset is one of the frame's own.
        let bytes = frame.byteOffsets.map { unsafe frame.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        frames.append(
          Seen(nanoseconds: record.instant.nanoseconds, wireLength: record.wireLength, bytes: bytes))
      }
    }
    self.frames = frames
    ending = reader.ending
  }
}
