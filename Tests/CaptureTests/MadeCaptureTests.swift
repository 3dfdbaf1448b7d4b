import Glibc
import TestSupport
import Testing

@testable import Capture
@testable import Traffic

/// What the decoder says of a frame: `number ends transport`, or why there is nothing to say.
private func told(_ number: Int, _ record: borrowing CaptureRecord, _ frame: RawSpan) -> String {
  do throws(Passed) {
    var packet = Packet(at: record.instant, interface: record.interface)
    try packet.read(frame, link: record.link, wireLength: record.wireLength)
    let header = packet.header
    let transport =
      switch try packet.content(frame) {
      case .segment: "TCP"
      case .datagram: "UDP"
      case .chunks: "SCTP"
      case .refusal: "ICMP"
      }
    let ports =
      transport == "ICMP" ? (0, 0) : (frame.number16(header.offset), frame.number16(header.offset + 2))
    let ends = "\(header.source)\t\(ports.0)\t\(header.destination)\t\(ports.1)"
    return "\(number)\t\(transport)\t\(ends)"
  } catch {
    return "\(number)\t-\t\(error.rawValue)"
  }
}

/// Puts a capture and what is said of its frames where somebody else can compare them.
private func leave(_ made: MadeCapture, _ lines: [String]) throws {
  // The variable is only looked at, and copied at once.
  guard let folder = unsafe getenv("NETPOL_CAPTURES").map({ unsafe String(cString: $0) }) else { return }
  try FileBytes.write(made.bytes(), to: "\(folder)/\(made.name).pcap")
  try FileBytes.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: "\(folder)/\(made.name).tsv")
}

@Test("Every capture that is made is read as libpcap reads it, and most of its frames mean something")
func madeCaptures() throws {
  let folder = try Folder()
  for made in try MadeCapture.all() {
    for precision in CaptureWriter.Precision.allCases {
      for order in CaptureWriter.ByteOrder.allCases {
        let path = try folder.file("capture", made.bytes(precision: precision, order: order))
        let isSame = try ReadFile(path: path).frames == #require(libpcap(path), "\(made.name)")
        #expect(isSame, "\(made.name), \(precision), \(order)")
      }
    }
    var reader = try CaptureReader.opening(try folder.file("capture", made.bytes()))
    var lines: [String] = []
    _ = try reader.give(until: .distantFuture, atMost: .max) { record, frame in
      lines.append(told(lines.count + 1, record, frame))
    }
    #expect(lines.count == made.frames.count)
    #expect(lines.count { !$0.contains("\t-\t") } * 10 >= lines.count * 7, "\(made.name)")
    try leave(made, lines)
  }
}
