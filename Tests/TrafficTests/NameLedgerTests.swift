import Testing

@testable import Traffic

private let flooder = Socket(test: "10.244.1.66", 50_000)
private let pod = Socket(test: "10.244.1.11", 50_000)
private let resolver = Socket(test: "10.96.0.10", 53)

extension Tape {
  /// Asks for names that begin with a word, and gets an address for each.
  fileprivate mutating func ask(
    _ asker: Socket, _ word: String, _ numbers: Range<Int>, of names: Int = .max, every pause: Int64 = 500
  ) {
    for number in numbers {
      let query = Query("\(word)\(number % names).example", id: number & 0xFFFF)
      send(asker, resolver, query.question)
      send(resolver, asker, query.answer([Query.address("198.51.\(number >> 8).\(number & 255)")]))
      wait(milliseconds: pause)
    }
  }
}

@Suite struct NameLedgerTests {
  @Test("Who asks for made-up names has an eighth of the room, and others keep theirs, before and after")
  func share() {
    var tape = Tape()
    tape.ask(pod, "early", 0..<5)
    tape.ask(flooder, "flood", 0..<200)
    tape.ask(pod, "late", 0..<5)
    let harvest = tape.harvest(limit: 128)
    let names = harvest.dns.filter { $0.key.asker == pod.address }.map(\.key.name)
    #expect(Set(names) == Set((0..<5).flatMap { ["early\($0).example", "late\($0).example"] }))
    #expect(harvest.dns.count { $0.key.asker == flooder.address } == 16)
    #expect(harvest.passed[.nameOverflow] == 184)
  }

  @Test("Whose share is full still adds to the names that it has")
  func known() {
    var tape = Tape()
    tape.ask(flooder, "flood", 0..<40)
    let before = tape.harvest(limit: 128)
    tape.wait(milliseconds: 60_000)
    tape.ask(flooder, "flood", 0..<40)
    let after = tape.harvest(limit: 128)
    #expect(after.dns.map(\.key) == before.dns.map(\.key))
    #expect(zip(before.dns, after.dns).allSatisfy { $0.activity.last < $1.activity.last })
    #expect(after.passed[.nameOverflow] == 48)
  }

  @Test("A name that one asker has no room for is another's all the same")
  func othersName() {
    var tape = Tape()
    tape.ask(flooder, "flood", 0..<40)
    tape.ask(pod, "flood", 30..<34)
    let harvest = tape.harvest(limit: 128)
    #expect(harvest.dns.count { $0.key.asker == pod.address } == 4)
  }

  @Test("All askers together have no more than all the room")
  func all() {
    var tape = Tape()
    for asker in UInt16(0)..<20 { tape.ask(Socket(flooder.address, 1), "a\(asker)-", 0..<1) }
    for asker in UInt32(0)..<20 { tape.ask(Socket(Address(v4: 0x0AF4_0200 + asker), 1), "b\(asker)-", 0..<4) }
    let harvest = tape.harvest(limit: 64)
    #expect(harvest.dns.count == 64)
    #expect(harvest.passed[.nameOverflow] == 36)
  }

  @Test("A busy server's questions leave when they are answered, so that none finds the table full")
  func busy() {
    var tape = Tape()
    // Some 330 each second: more than there is room for in the five for which an answer may come, not in two.
    tape.ask(pod, "name", 0..<3_000, of: 40, every: 1)
    let harvest = tape.harvest(limit: 800)
    #expect(harvest.passed[.questionOverflow] == nil)
    #expect(Set(harvest.dns.map(\.key.name)).count == 40)
    #expect(tape.harvest(limit: 400).passed[.questionOverflow, default: 0] > 0)
  }
}
