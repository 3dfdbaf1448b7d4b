import Testing
import Traffic

@Suite("Times are counted back from the last hour that does not stand alone")
struct LastHoursTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The latest first.
    let hours: [(hour: Int64, facts: Int)]
    let last: Int64?
    var alone: [Int64] = []
  }

  private static let month: Int64 = 720

  static let cases = [
    Case(testDescription: "nothing", hours: [], last: nil),
    Case(testDescription: "one hour", hours: [(7, 1)], last: 7),
    Case(testDescription: "hours in a row", hours: [(9, 1), (8, 50), (7, 50)], last: 9),
    Case(
      testDescription: "a packet of another age", hours: [(560_000, 1), (9, 50), (8, 50)], last: 9,
      alone: [560_000]),
    Case(
      testDescription: "packets of another age on both sides of an hour's end",
      hours: [(560_001, 1), (560_000, 2), (9, 12)], last: 9, alone: [560_000, 560_001]),
    Case(
      testDescription: "three hours of another age",
      hours: [(560_002, 1), (560_001, 1), (560_000, 1), (9, 50)],
      last: 560_002),
    Case(
      testDescription: "packets of two other ages", hours: [(560_000, 1), (500_000, 1), (9, 50)], last: 9,
      alone: [500_000, 560_000]),
    Case(testDescription: "a month later", hours: [(9 + month, 1), (9, 4)], last: 9, alone: [9 + month]),
    Case(
      testDescription: "an hour less than a month later", hours: [(8 + month, 1), (9, 4)], last: 8 + month),
    Case(testDescription: "as much as there was before", hours: [(560_000, 40), (9, 50)], last: 560_000),
    Case(testDescription: "a quarter of it", hours: [(560_000, 1), (9, 4)], last: 9, alone: [560_000]),
    Case(testDescription: "more than a quarter of it", hours: [(560_000, 2), (9, 7)], last: 560_000),
    Case(
      testDescription: "the first hour and the last there are", hours: [(.max, 1), (.min, 4)], last: .min,
      alone: [.max]),
  ]

  @Test(arguments: cases)
  func told(_ one: Case) {
    let hours = LastHours(one.hours)
    #expect(hours.last == one.last && hours.alone == one.alone)
  }
}
