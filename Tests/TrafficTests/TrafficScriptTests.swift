import TestSupport
import Testing
import Traffic

/// A script says what is wrong with it; what is right shows up where a recorder would see it.
@Suite struct TrafficScriptTests {
  static let cast = """
    capture on a from 2026-01-01T10:00:00Z until 2026-01-01T11:00:00Z
    node a 10.0.0.1 10.1.1.1 10.1.1.0/24
    node b 10.0.0.2 10.1.2.1 10.1.2.0/24
    pod x/here 10.1.1.5 a here-1
    pod x/next 10.1.1.6 a next-1
    pod x/away 10.1.2.5 b away-1
    pod x/late 10.1.1.7 a late-1 from 10:30:00
    service x/web 10.9.0.1 port 80/TCP to 8080/TCP on next away

    """

  @Test(arguments: [
    ("x/here -> x/next 8080/TCP wanted", "`wanted` is none of"),
    ("x/here -> someone 8080/TCP learned", "`someone` is neither"),
    ("x/here -> x/next 8080 learned", "`8080` is no port"),
    ("x/here -> x/next 8080/TCP learned", "nothing happens"),
    ("x/here -> x/next 8080/TCP learned\n  10:00:00 here dials next:8080 ended", "`ended` is no way for TCP"),
    (
      "x/here -> x/next 8080/TCP learned\n  10:00:00 here dials next:8080 replied",
      "`replied` is no way for TCP"
    ),
    ("x/here -> x/next 8080/TCP learned\n  10:00:00 here dials next:80 used", "there is no Service `next`"),
    (
      "x/here -> x/next 8081/TCP learned\n  10:00:00 here dials web:80 through next used",
      "does not lead there"
    ),
    (
      "x/here -> x/next 8080/TCP learned\n  10:00:00 here dials web:80 through here used",
      "does not lead there"
    ),
    ("x/here -> x/next 8080/TCP learned\n  09:00:00 here dials next:8080 used", "does not last"),
    ("x/late -> x/next 8080/TCP learned\n  10:00:00 late dials next:8080 used", "nobody is called `late`"),
    ("y/here -> x/next 8080/TCP learned\n  10:00:00 here dials next:8080 used", "is in namespace `x`"),
    (
      "x/away -> 192.0.2.1 443/TCP learned\n  10:00:00 away dials 192.0.2.1:443 used",
      "nothing of this passes"
    ),
    ("x/here -> x/next 8080/TCP learned\n  10:00:00 here dials next:8080 used twice", "`twice` is no number"),
    ("  10:00:00 here dials next:8080 used", "no line above"),
  ])
  func `a mistake is named with its line`(scene: String, complaint: String) throws {
    let error = try #require(throws: ScriptError.self) { try TrafficScript(Self.cast + scene) }
    #expect(error.message.contains(complaint), "\(error)")
    #expect(error.line >= 9)
  }

  @Test(arguments: [
    ("here dials web:80 through next", "10.1.1.5 10.1.1.6:8080 10.9.0.1:80", 2),
    ("here dials web:80 through away", "10.1.1.5 10.1.2.5:8080 10.9.0.1:80", 2),
    ("away dials web:80 through next", "10.1.2.5 10.1.1.6:8080 -", 2),
    ("here dials 192.0.2.1:8080", "10.1.1.5 192.0.2.1:8080 -", 2),
    ("10.1.1.1 dials next:8080", "10.1.1.1 10.1.1.6:8080 -", 2),
  ])
  func `a dialled Service shows only where the client's translation is seen`(
    line: String, conversation: String, views: Int
  ) throws {
    let script = try TrafficScript(
      Self.cast + "x/any -> x/other 8080/TCP learned\n  10:00:00 \(line) attempted")
    let seen = script.conversations.map { "\($0.client) \($0.server) \($0.dialled?.description ?? "-")" }
    #expect(seen == [conversation])
    // Two SYNs, each on every interface it passes.
    #expect(script.frameCount == 2 * views)
  }

  @Test(arguments: CaptureWriter.Precision.allCases, CaptureWriter.ByteOrder.allCases)
  func `each form of the file begins with its own magic`(
    precision: CaptureWriter.Precision, order: CaptureWriter.ByteOrder
  ) {
    var magic: [UInt8] = precision == .microseconds ? [0xA1, 0xB2, 0xC3, 0xD4] : [0xA1, 0xB2, 0x3C, 0x4D]
    if order == .littleEndian { magic.reverse() }
    let file = CaptureWriter(.cooked2, precision: precision, order: order)
    #expect(Array(file.bytes.prefix(4)) == magic)
    #expect(file.bytes.count == 24)
  }
}
