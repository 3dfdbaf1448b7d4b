import Testing

@testable import Console

@Suite("Lines are read one by one")
struct LineTests {
  private func lines(_ bytes: [UInt8]) throws -> [InputLines.Line] {
    let folder = TemporaryFolder()
    try folder.put("lines", String(decoding: bytes, as: UTF8.self))
    var lines = try InputLines(at: "\(folder.path)/lines")
    var found: [InputLines.Line] = []
    while let line = try lines.next() { found.append(line) }
    return found
  }

  @Test(
    "with and without an end of the last one",
    arguments: [("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""])])
  func ends(text: String, wanted: [String]) throws {
    #expect(try lines(Array(text.utf8)) == wanted.map { .bytes(Array($0.utf8)) })
  }

  @Test("also where a line straddles the pieces in which the file is read")
  func straddling() throws {
    let long = [UInt8](repeating: 0x61, count: 700_000)
    #expect(try lines(long + [0x0A] + [0x62]) == [.bytes(long), .bytes([0x62])])
  }

  @Test("one that is too long is passed over, and the next one is read")
  func tooLong() throws {
    let long = [UInt8](repeating: 0x61, count: InputLines.longest + 1)
    #expect(try lines(long + [0x0A, 0x62, 0x0A]) == [.tooLong, .bytes([0x62])])
    #expect(try lines(long) == [.tooLong])
  }
}
