import TestSupport
import Testing

@testable import Traffic

private let pod = Socket(test: "10.244.1.11", 50_000)
private let resolver = Socket(test: "10.96.0.10", 53)
private let api = Query("api.paygate.example")

extension Harvest {
  fileprivate var answers: [String] { dns.map { "\($0.key.name) \($0.key.address)" } }
}

private func exchange(_ query: Query, _ answer: [UInt8]) -> Harvest {
  var tape = Tape()
  tape.send(pod, resolver, query.question)
  tape.send(resolver, pod, answer)
  return tape.harvest()
}

@Test("What extends a message behind its answers changes nothing (EDNS)")
func extended() {
  // The pseudo-record of RFC 6891, counted among the additional ones.
  let option: [UInt8] = [0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0]
  func adding(_ message: [UInt8]) -> [UInt8] { Array(message[..<10]) + [0, 1] + message[12...] + option }
  var tape = Tape()
  tape.send(pod, resolver, adding(api.question))
  tape.send(resolver, pod, adding(api.answer([Query.address("203.0.113.21")])))
  #expect(tape.harvest().answers == ["api.paygate.example 203.0.113.21"])
  #expect(tape.harvest().passed.isEmpty)
}

@Test("No question, several, and messages that update or notify are not understood, and counted")
func otherMessages() {
  var none = api.question
  none[5] = 0
  var two = api.question
  two[5] = 2
  var update = api.question
  update[2] = 0x28
  var other = api.question
  other[other.count - 1] = 3
  for message in [none, two, update, other, Array(api.question.prefix(11)), []] {
    var tape = Tape()
    tape.send(pod, resolver, message)
    #expect(tape.harvest().passed == [.dnsMalformed: 1])
    #expect(tape.harvest().exchanges == 1)
  }
}

@Test("More pointers than a name can have labels are malformed, however long the chain")
func pointerChain() {
  for (pointers, isRead) in [(127, true), (128, false)] {
    // The name of the second record is a chain within the first one's content, which begins 12 bytes behind the question.
    let start = api.question.count + 12
    let targets = [start] + (2..<pointers).map { start + 5 + 2 * ($0 - 2) }
    let chain: [UInt8] = [3, 0x77, 0x77, 0x77, 0] + targets.flatMap { Wire.number16(0xC000 + $0) }
    let last = Wire.number16(0xC000 + start + 5 + 2 * (pointers - 2))
    let message = api.answer([
      Query.record(Query.asked, type: 16, chain), Query.record(last, type: 1, [203, 0, 113, 66]),
      Query.address("203.0.113.21"),
    ])
    let harvest = exchange(api, message)
    #expect(harvest.passed[.dnsMalformed] == (isRead ? nil : 1))
    #expect(harvest.answers == (isRead ? ["api.paygate.example 203.0.113.21"] : []))
  }
}

@Test("An answer in pieces is learned as far as the first one holds it")
func fragmentedAnswer() {
  var tape = Tape()
  tape.send(pod, resolver, api.question)
  let whole = PacketBuilder.udp(
    api.answer((0..<90).map { Query.address("203.0.113.\($0)") }), from: resolver, to: pod)
  for piece in PacketBuilder.fragments(of: whole, size: 800) { tape.send((2, piece)) }
  let harvest = tape.harvest()
  // Of 800 bytes 8 are of UDP and 37 are the question's; a record has 16.
  #expect(harvest.answers.count == (800 - 8 - 37) / 16)
  #expect(harvest.passed == [.dnsMalformed: 1, .fragment: 1])
  #expect(harvest.exchanges == 1)
}

@Test("What speaks like DNS at another port is an exchange and nothing else")
func otherPorts() {
  let other = Socket(resolver.address, 5353)
  var tape = Tape()
  tape.send(pod, other, api.question)
  tape.send(other, pod, api.answer([Query.address("203.0.113.21")]))
  #expect(tape.harvest().answers.isEmpty)
  #expect(tape.harvest().passed.isEmpty)
}
