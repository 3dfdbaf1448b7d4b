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
  #expect(harvest.passed == [.dnsCut: 1, .fragment: 1])
  #expect(harvest.exchanges == 1)
}

/// A datagram of which this much was captured.
private func cut(_ message: [UInt8], _ count: Int) -> [UInt8] {
  let udp = Wire.udp(resolver.port, pod.port, payload: message)
  return Array(Wire.ip(resolver.address, pod.address, inside: 17, udp).prefix(20 + 8 + count))
}

@Test("Of one answer that was captured to several lengths the longest counts, in whichever order they come")
func cutAnswers() {
  let message = api.answer((1...4).map { Query.address("203.0.113.\($0)") })
  // Behind the header and the question, 16 bytes a record.
  let start = message.count - 4 * 16
  for lengths in [
    [0, 4], [4, 0], [1, 4], [4, 1], [1, 2, 4], [2, 1, 4], [4, 2, 1], [1, 2], [2, 1], [2, 0],
  ] {
    var tape = Tape()
    tape.send(pod, resolver, api.question)
    for (index, length) in lengths.enumerated() {
      tape.send((UInt32(index + 2), cut(message, start + length * 16 + (length < 4 ? 5 : 0))))
    }
    let harvest = tape.harvest()
    let longest = lengths.max() ?? 0
    #expect(
      harvest.answers == (1...longest).map { "api.paygate.example 203.0.113.\($0)" }, "\(lengths)")
    #expect(harvest.passed == [.dnsCut: UInt64(lengths.count { $0 < 4 })])
  }
}

@Test("Nothing is added to an answer that was whole, nor by one that differs, to one that was cut")
func otherAnswers() {
  let first = (1...3).map { Query.address("203.0.113.\($0)") }
  let more = api.answer(first + [Query.address("198.51.100.66")])
  let other = api.answer([Query.address("198.51.100.66")] + first)
  let start = api.answer([]).count
  for (shown, second) in [(start + 3 * 16, more), (start + 3 * 16, other), (start + 16, other)] {
    var tape = Tape()
    tape.send(pod, resolver, api.question)
    tape.send((2, cut(api.answer(first), shown)))
    tape.send(resolver, pod, second, interface: 3)
    let addresses = (shown - start) / 16
    #expect(
      tape.harvest().answers == (1...addresses).map { "api.paygate.example 203.0.113.\($0)" })
  }
}

@Test("What is cut off behind the answers is not missed")
func cutBehindTheAnswers() {
  let message = api.answer([Query.address("203.0.113.21")])
  var tape = Tape()
  tape.send(pod, resolver, api.question)
  tape.send((2, cut(message + [UInt8](repeating: 0, count: 40), message.count + 3)))
  #expect(tape.harvest().answers == ["api.paygate.example 203.0.113.21"])
  #expect(tape.harvest().passed.isEmpty)
}

@Test("A question cut within its name is counted as cut, and its answer as one that nobody asked for")
func cutQuestion() {
  var tape = Tape()
  let udp = Wire.udp(pod.port, resolver.port, payload: api.question)
  tape.send((2, Array(Wire.ip(pod.address, resolver.address, inside: 17, udp).prefix(20 + 8 + 20))))
  tape.send(resolver, pod, api.answer([Query.address("203.0.113.21")]))
  #expect(tape.harvest().passed == [.dnsCut: 1, .dnsUnasked: 1])
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
