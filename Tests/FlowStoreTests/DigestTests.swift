@testable import FlowStore
import Testing

/// What a digest is belongs to the format of the file: these numbers never change.
@Suite struct DigestTests {
  @Test(
    arguments: [
      ("seal()", -6_185_886), ("seal(0)", -5_626_701), ("seal(1)", -8_022_186),
      ("seal(-9223372036854775808)", 1_600_052), ("seal(0, 0)", -56093),
      ("seal(NULL)", -5_236_951), ("seal('')", 5_143_235), ("seal(x'')", 5_143_235),
      ("seal('a')", 2_614_395), ("seal(x'61')", 2_614_395),
      ("seal('netpol-learn')", 3_402_365), ("seal('12345678')", 738_160),
      ("seal('1234567', '8')", -202_902), ("seal(1, 'a', NULL)", -2_071_970),
    ] as [(String, Int64)])
  func `a digest is this number for good`(sql: String, expected: Int64) throws {
    #expect(try sealed(sql) == expected)
  }

  @Test func `every bit of a number, a text and of their order counts`() throws {
    var seen: Set<Int64> = []
    for bit in 0..<64 { seen.insert(try sealed("seal(7, \(Int64(bitPattern: 1 << UInt64(bit))))")) }
    for count in 0...64 { seen.insert(try sealed("seal(7, '\(String(repeating: "a", count: count))')")) }
    for place in 0..<24 {
      var text = Array("abcdefghijklmnopqrstuvwx")
      text[place] = "Z"
      seen.insert(try sealed("seal(7, '\(String(text))')"))
    }
    for sql in ["seal(7, 9)", "seal(9, 7)", "seal(7, 9, NULL)", "seal(NULL, 7, 9)", "seal(79)"] {
      seen.insert(try sealed(sql))
    }
    #expect(seen.count == 64 + 65 + 24 + 5)
    #expect(seen.allSatisfy { (-(1 << 23)..<(1 << 23)).contains($0) })
  }

  private func sealed(_ sql: String) throws -> Int64 {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    return try Connection(toExisting: path, named: path).integer("SELECT \(sql)")
  }
}
