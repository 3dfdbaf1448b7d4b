import CPcap
import Testing
import Traffic

@testable import Capture

/// What libpcap sees in a file; nil when it refuses it.
func libpcap(_ path: String) -> [Seen]? {
  var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
  // Valid: the buffer has the size that libpcap asks for.
  guard
    let handle = unsafe message.withUnsafeMutableBufferPointer({ buffer in
      unsafe pcap_open_offline_with_tstamp_precision(
        path, UInt32(PCAP_TSTAMP_PRECISION_NANO), buffer.baseAddress)
    })
  else { return nil }
  defer { unsafe pcap_close(handle) }
  var seen: [Seen] = []
  var header: UnsafeMutablePointer<pcap_pkthdr>?
  var bytes: UnsafePointer<UInt8>?
  // Valid until the next call: header and bytes are copied at once, as many as the header says.
  while unsafe pcap_next_ex(handle, &header, &bytes) == 1, let found = unsafe header?.pointee {
    let count = Int(found.caplen)
    seen.append(
      Seen(
        nanoseconds: Int64(found.ts.tv_sec) * 1_000_000_000 + Int64(found.ts.tv_usec),
        wireLength: Int(found.len),
        bytes: unsafe Array(UnsafeBufferPointer(start: bytes, count: count))))
  }
  return seen
}

@Test("libpcap reads the same frames", arguments: [false, true])
func sameAsLibpcap(isBig: Bool) throws {
  let folder = try Folder()
  let frames = (0..<300).map { index in
    CaptureBytes.Frame(
      1_795_165_080_123_456_000 + UInt64(index) * 77_777_000,
      (0..<(index * 37 % 1_500)).map { UInt8(truncatingIfNeeded: $0 &+ index) }, wireLength: 1_500)
  }
  for bytes in [
    CaptureBytes.classic(frames, isBig: isBig), CaptureBytes.classic(frames, isBig: isBig, isNano: true),
    CaptureBytes.nextGeneration(frames, isBig: isBig),
  ] {
    let path = try folder.file("capture", bytes)
    let expected = try #require(libpcap(path))
    #expect(expected.count == frames.count)
    #expect(try ReadFile(path: path).frames == expected)
  }
}

@Test("A cut file gives what libpcap gives")
func sameAsLibpcapWhenCut() throws {
  let folder = try Folder()
  let frames = (0..<6).map { CaptureBytes.Frame(UInt64($0) * 1_000, [UInt8](repeating: 7, count: 70 + $0)) }
  for whole in [CaptureBytes.classic(frames, isNano: true), CaptureBytes.nextGeneration(frames)] {
    for length in stride(from: 60, through: whole.count, by: 7) {
      let path = try folder.file("capture", Array(whole.prefix(length)))
      guard let expected = libpcap(path) else { continue }
      #expect(try ReadFile(path: path).frames == expected)
    }
  }
}

@Test("Several link types in one file, which libpcap refuses, are read")
func beyondLibpcap() throws {
  let folder = try Folder()
  let frames = [1, 276, 101, 1].map { CaptureBytes.Frame(1_000, [1, 2, 3], link: UInt32($0)) }
  let path = try folder.file("capture", CaptureBytes.nextGeneration(frames))
  #expect(try ReadFile(path: path).frames.count == 4)
  #expect(libpcap(path)?.count != 4)
}
