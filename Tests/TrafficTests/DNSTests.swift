import Testing

@testable import Traffic

private let pod = Socket(test: "10.244.1.11", 50_000)
private let resolver = Socket(test: "10.96.0.10", 53)

extension Harvest {
  fileprivate var answers: [String] {
    dns.map { "\($0.key.asker) \($0.key.answerer) \($0.key.name) \($0.key.address)" }
  }
}

private func line(_ name: String, _ address: String) -> String { "10.244.1.11 10.96.0.10 \(name) \(address)" }

private func exchange(_ query: Query, _ answer: [UInt8]) -> Harvest {
  var tape = Tape()
  tape.send(pod, resolver, query.question)
  tape.send(resolver, pod, answer)
  return tape.harvest()
}

struct Answer: CustomTestStringConvertible {
  let testDescription: String
  let query: Query
  var records: [[UInt8]] = []
  var flags = 0x8180
  var count: Int?
  var expected: [String] = []
  var passed: [Passed: UInt64] = [:]
}

private let api = Query("api.paygate.example")

/// The alias that leads to the name of this number from the one before.
private func step(_ number: Int) -> [UInt8] {
  Query.alias(number == 1 ? Query.asked : Query.labels("a\(number - 1).example"), "a\(number).example")
}

@Test(
  "A name is one name in capital and small letters, in every place of it",
  arguments: ["API.PayGate.Example", "Api.paygate.examplE", "aPi.pAyGaTe.eXaMpLe", "API.PAYGATE.EXAMPLE"])
func capitals(name: String) {
  var tape = Tape()
  for query in [api, Query(name, id: 8)] {
    tape.send(pod, resolver, query.question)
    tape.send(resolver, pod, query.answer([Query.address("203.0.113.21")]))
  }
  #expect(tape.harvest().answers == [line("api.paygate.example", "203.0.113.21")])
}

@Test("A name with a control byte is not the one that capital letters would make of it")
func controlBytes() {
  var tape = Tape()
  for (id, name) in [(1, ["a-b", "example"]), (2, ["A\rB", "example"])] {
    var query = Query(labels: name)
    query.id = id
    tape.send(pod, resolver, query.question)
    tape.send(resolver, pod, query.answer([Query.address("203.0.113.2\(id)")]))
  }
  #expect(!tape.harvest().answers.contains(line("a-b.example", "203.0.113.22")))
}

@Test(
  "An answer gives the addresses that the name asked for leads to",
  arguments: [
    Answer(
      testDescription: "one address", query: api, records: [Query.address("203.0.113.21")],
      expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "capital letters", query: Query("API.PayGate.Example"),
      records: [Query.address("203.0.113.21")], expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "two addresses, one of them twice", query: api,
      records: ["203.0.113.22", "203.0.113.21", "203.0.113.22"].map { Query.address($0) },
      expected: [line("api.paygate.example", "203.0.113.21"), line("api.paygate.example", "203.0.113.22")]),
    Answer(
      testDescription: "through an alias", query: api,
      records: [
        Query.alias(Query.asked, "edge.paygate.example"),
        Query.address("203.0.113.21", owner: Query.labels("edge.paygate.example")),
      ], expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "through two aliases, in the wrong order", query: api,
      records: [
        Query.address("203.0.113.21", owner: Query.labels("c.example")),
        Query.alias(Query.labels("b.example"), "c.example"), Query.alias(Query.asked, "b.example"),
      ], expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "aliases in a circle", query: api,
      records: [
        Query.alias(Query.asked, "b.example"), Query.alias(Query.labels("b.example"), "api.paygate.example"),
      ]),
    Answer(
      testDescription: "another name's address", query: api,
      records: [Query.address("203.0.113.66", owner: Query.labels("evil.example"))]),
    Answer(
      testDescription: "IPv6", query: Query("api.paygate.example", type: 28),
      records: [Query.address("2001:db8::1")], expected: [line("api.paygate.example", "2001:db8::1")]),
    Answer(
      testDescription: "an address of the family nobody asked for", query: api,
      records: [Query.address("2001:db8::1")]),
    Answer(testDescription: "no such name", query: api, flags: 0x8183),
    Answer(
      testDescription: "addresses beside an error", query: api, records: [Query.address("203.0.113.21")],
      flags: 0x8182),
    Answer(
      testDescription: "only the beginning", query: api, records: [Query.address("203.0.113.21")],
      flags: 0x8380, passed: [.dnsTruncated: 1]),
    Answer(
      testDescription: "more records promised than there are", query: api,
      records: [Query.address("203.0.113.21")], count: 9,
      expected: [line("api.paygate.example", "203.0.113.21")], passed: [.dnsMalformed: 1]),
    Answer(
      testDescription: "a pointer to itself", query: api,
      records: [Query.record([0xC0, 37], type: 1, [1, 2, 3, 4])], passed: [.dnsMalformed: 1]),
    Answer(
      testDescription: "a pointer ahead", query: api,
      records: [Query.record([0xC0, 60], type: 1, [1, 2, 3, 4])], passed: [.dnsMalformed: 1]),
    Answer(
      testDescription: "a label kind that nobody defined", query: api,
      records: [Query.record([0x41, 1, 0], type: 1, [1, 2, 3, 4])], passed: [.dnsMalformed: 1]),
    Answer(
      testDescription: "a name with a line break", query: Query("a\nb.example"),
      records: [Query.address("203.0.113.21")], passed: [.dnsName: 1]),
    Answer(
      testDescription: "the root", query: Query(""), records: [Query.address("1.2.3.4")],
      passed: [.dnsName: 1]),
    Answer(
      testDescription: "an underscore", query: Query("my_db.example"),
      records: [Query.address("203.0.113.21")],
      expected: [line("my_db.example", "203.0.113.21")]),
    Answer(
      testDescription: "capital letters that differ from the question's", query: api,
      records: [
        Query.alias(Query.labels("API.paygate.EXAMPLE"), "Edge.Example"),
        Query.address("203.0.113.21", owner: Query.labels("eDGE.eXAMPLE")),
      ], expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "a second alias of one name", query: api,
      records: [
        Query.alias(Query.asked, "b.example"), Query.alias(Query.asked, "c.example"),
        Query.address("203.0.113.66", owner: Query.labels("c.example")),
        Query.address("203.0.113.21", owner: Query.labels("b.example")),
      ], expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "an alias of itself", query: api,
      records: [Query.alias(Query.asked, "api.paygate.example"), Query.address("203.0.113.21")],
      expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "through sixteen aliases, the last first", query: api,
      records: [Query.address("203.0.113.21", owner: Query.labels("a16.example"))]
        + (1...16).reversed().map(step), expected: [line("api.paygate.example", "203.0.113.21")]),
    Answer(
      testDescription: "through seventeen aliases", query: api,
      records: [Query.address("203.0.113.21", owner: Query.labels("a17.example"))] + (1...17).map(step)),
    Answer(
      testDescription: "a record of another class", query: api,
      records: [[0xC0, 12, 0, 1, 0, 3, 0, 0, 0, 30, 0, 4, 203, 0, 113, 21]]),
    Answer(
      testDescription: "an address of five bytes", query: api,
      records: [Query.record(Query.asked, type: 1, [203, 0, 113, 21, 9])]),
    Answer(
      testDescription: "a label with a dot in it", query: Query(labels: ["api.paygate", "example"]),
      records: [Query.address("203.0.113.21")], passed: [.dnsName: 1]),
    Answer(
      testDescription: "a label of bytes above ASCII", query: Query("b\u{FC}cher.example"),
      records: [Query.address("203.0.113.21")], passed: [.dnsName: 1]),
    Answer(
      testDescription: "257 records", query: api,
      records: Array(repeating: Query.address("203.0.113.21"), count: 257),
      expected: [line("api.paygate.example", "203.0.113.21")], passed: [.dnsMalformed: 1]),
    Answer(testDescription: "a question for text", query: Query("api.paygate.example", type: 16)),
  ])
func answers(answer: Answer) {
  let harvest = exchange(
    answer.query, answer.query.answer(answer.records, flags: answer.flags, count: answer.count))
  #expect(harvest.answers == answer.expected)
  #expect(harvest.passed == answer.passed)
  #expect(harvest.exchanges == 1)
}

@Test("A name has labels of up to 63 bytes and 255 in all")
func nameLimits() {
  let label = String(repeating: "a", count: 63)
  let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
  #expect(exchange(Query(longest), Query(longest).answer([Query.address("1.2.3.4")])).names == 1)
  let beyond = longest + "b"
  #expect(
    exchange(Query(beyond), Query(beyond).answer([Query.address("1.2.3.4")])).passed == [.dnsMalformed: 2])
}

@Test("Only the first answer counts, and only what was asked")
func firstAnswer() {
  let good = api.answer([Query.address("203.0.113.21")])
  let forged = api.answer([Query.address("198.51.100.66")])
  var tape = Tape()
  tape.send(pod, resolver, api.question)
  tape.send(resolver, pod, good)
  tape.send(resolver, pod, forged)
  tape.send(resolver, pod, good, interface: 3)
  #expect(tape.harvest().answers == [line("api.paygate.example", "203.0.113.21")])

  let other = Socket(test: "10.244.1.66", 53)
  let wrong: [(Socket, Socket, [UInt8])] = [
    (resolver, pod, Query("api.paygate.example", id: 8).answer([Query.address("198.51.100.66")])),
    (resolver, pod, Query("www.paygate.example").answer([Query.address("198.51.100.66")])),
    (resolver, Socket(pod.address, 50_001), forged),
    (other, pod, forged),
  ]
  for (source, destination, message) in wrong {
    var tape = Tape()
    tape.send(pod, resolver, api.question)
    tape.send(source, destination, message)
    #expect(tape.harvest().answers.isEmpty)
    #expect(tape.harvest().passed[.dnsUnasked] == 1)
  }
}

@Test("An answer has five seconds, counted from the last time it was asked for")
func answerWindow() {
  var tape = Tape()
  tape.send(pod, resolver, api.question)
  tape.wait(milliseconds: 4_500)
  var again = tape
  tape.wait(milliseconds: 1_000)
  tape.send(resolver, pod, api.answer([Query.address("203.0.113.21")]))
  #expect(tape.harvest().answers.isEmpty)
  #expect(tape.harvest().passed == [.dnsUnasked: 1])
  again.send(pod, resolver, api.question)
  again.wait(milliseconds: 1_000)
  again.send(resolver, pod, api.answer([Query.address("203.0.113.21")]))
  #expect(again.harvest().answers.count == 1)
}

@Test("A truncated answer leaves the question open, and TCP answers it")
func truncatedThenTCP() {
  var tape = Tape()
  tape.send(pod, resolver, api.question)
  tape.send(resolver, pod, api.answer([Query.address("203.0.113.99")], flags: 0x8380))
  let line = Line(Socket(pod.address, 50_001), resolver)
  line.open(&tape)
  let messages = [api.question, api.answer([Query.address("203.0.113.21")])].map { message in
    Wire.number16(message.count) + message
  }
  for (index, message) in messages.enumerated() {
    let (source, destination) = index == 0 ? (line.client, line.server) : (line.server, line.client)
    let segment = Wire.tcp(
      source.port, destination.port, sequence: (index == 0 ? line.clientNumber : line.serverNumber) + 1,
      acknowledgement: index == 0 ? line.serverNumber + 1 : line.clientNumber + 1 + UInt32(messages[0].count),
      flags: Line.ack, payload: message)
    tape.send((2, Wire.ip(source.address, destination.address, segment)))
  }
  let harvest = tape.harvest()
  #expect(harvest.answers == ["10.244.1.11 10.96.0.10 api.paygate.example 203.0.113.21"])
  #expect(
    harvest.lines == [
      "10.244.1.11 > 10.96.0.10:53 TCP used opening x1",
      "10.244.1.11 > 10.96.0.10:53 UDP replied first-sender x1",
    ])
  #expect(harvest.passed == [.dnsTruncated: 1])
}

@Test("Answers of more addresses than are kept for open questions lose none of them")
func manyAddresses() {
  // Eight addresses are kept for each of 1,024 questions, and 90 answers within a second have 8,640.
  var tape = Tape()
  for id in 1...90 {
    let query = Query("api.paygate.example", id: id)
    tape.send(pod, resolver, query.question)
    let addresses = (1...95).map { Query.address("203.0.113.\($0)") }
    tape.send(resolver, pod, query.answer(addresses + [Query.address("198.51.100.\(id <= 80 ? 1 : id)")]))
  }
  let harvest = tape.harvest(limit: 1_024)
  #expect(harvest.dns == tape.harvest().dns)
  #expect(harvest.dns.count == 95 + 11)
  #expect(harvest.passed.isEmpty)
}
