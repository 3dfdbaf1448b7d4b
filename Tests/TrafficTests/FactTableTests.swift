import TestSupport
import Testing

@testable import Traffic

private let client = Address(test: "10.244.1.10")
private let server = Address(test: "10.244.2.11")
private let morning = Instant(seconds: 1_795_165_080)

extension FactTable {
  /// Enters one TCP conversation with a port.
  fileprivate mutating func enter(
    _ port: UInt16, _ tier: Tier, from client: Address = client, at first: Instant = morning,
    until last: Instant = morning
  ) -> Bool {
    enter(
      client: client, server: Socket(server, port),
      kind: FactRow.Kind(tier == .oneWay ? .udp : .tcp, tier, .opening), dialled: nil, interface: 0, part: 0,
      first: first, last: last)
  }

  /// The facts of a machine of which nobody knows who sits behind its interfaces.
  fileprivate func facts(recorder: String) -> [Fact] {
    facts(recorder: recorder, doors: Doors(limit: 0, seed: HashSeed(1))).facts
  }

  /// The ports of the rows that came this far.
  fileprivate func ports(_ tier: Tier) -> [UInt16] {
    facts(recorder: "test").filter { $0.key.tier == tier }.map(\.key.port)
  }
}

@Suite struct FactTableTests {
  @Test("A row tells the last minute in which any of its conversations was seen, and no other moment of that")
  func lasting() {
    var table = FactTable(limit: 8, seed: HashSeed(1))
    let begins = [0, 7, 3] as [Int64]
    let ends = [9, 86_400, 60] as [Int64]
    for (begin, end) in zip(begins, ends) {
      let isIn = table.enter(
        80, .used, at: morning.advanced(bySeconds: begin), until: morning.advanced(bySeconds: end))
      #expect(isIn)
    }
    let facts = table.facts(recorder: "test")
    #expect(facts.map(\.conversations) == [3])
    #expect(facts.map(\.lastMinute) == [morning.minutes + 1_440])
    #expect(facts.map(\.activity.last) == [morning.advanced(bySeconds: 7)])
  }

  @Test("A scan of more doors than there are rows pushes out no need, before it or after")
  func scan() {
    var table = FactTable(limit: 100, seed: HashSeed(1))
    var entered: [Bool] = (0..<30).map { table.enter($0 + 1, .used) }
    let scanned = (0..<1_000).map { table.enter($0 + 2_000, $0 % 2 == 0 ? .attempted : .refused) }
    entered += (0..<60).map { table.enter($0 + 100, .established) }
    let (used, established, displaced) = (table.ports(.used), table.ports(.established), table.displaced)
    #expect(!entered.contains(false))
    // What the needs before it left: less than the three quarters that all attempts may take.
    #expect(scanned.count { $0 } == 70)
    #expect(used == Array(1...30))
    #expect(established == Array(100...159))
    #expect(displaced == 60)
  }

  @Test("Attempts leave a quarter of the rows to what is established")
  func quarter() {
    var table = FactTable(limit: 100, seed: HashSeed(1))
    let scanned = (0..<1_000).map { table.enter($0 + 1, .answered) }
    #expect(scanned.count { $0 } == 75)
    let needs = (0..<25).map { table.enter($0 + 2_000, .used) }
    let displaced = table.displaced
    #expect(!needs.contains(false) && displaced == 0)
  }

  @Test("A table full of what is established takes no more rows, and adds to those it has")
  func full() {
    var table = FactTable(limit: 8, seed: HashSeed(1))
    let first = (0..<8).map { table.enter($0 + 1, .used) }
    let more = [table.enter(9, .used), table.enter(1, .attempted), table.enter(8, .used)]
    let counts = table.facts(recorder: "test").map(
      \.conversations)
    #expect(!first.contains(false))
    #expect(more == [false, false, true])
    #expect(counts == [1, 1, 1, 1, 1, 1, 1, 2])
  }

  @Test("The latest attempts give way first, and one-way UDP that came again never does")
  func order() {
    var table = FactTable(limit: 8, seed: HashSeed(1))
    let repeated = [table.enter(514, .oneWay), table.enter(514, .oneWay)]
    let attempts = (0..<5).map { table.enter($0 + 1, .attempted) }
    let again = table.enter(3, .attempted)
    let needs = (0..<8).map { table.enter($0 + 100, .used) }
    let (oneWay, left, displaced) = (table.ports(.oneWay), table.ports(.attempted), table.displaced)
    #expect(!repeated.contains(false) && !attempts.contains(false) && again)
    // Two rows were free, and five attempts of six conversations gave way.
    #expect(needs.count { $0 } == 7)
    #expect(oneWay == [514] && left.isEmpty && displaced == 6)
  }

  @Test("Rows that gave way leave room for the ends of those that come")
  func ends() {
    var table = FactTable(limit: 40, seed: HashSeed(1))
    let scanners = (0..<30).map { table.enter(80, .attempted, from: Address(v4: 0x0A00_0000 + $0)) }
    let clients = (0..<40).map { table.enter(80, .used, from: Address(v4: 0x0B00_0000 + $0)) }
    let facts = table.facts(recorder: "test")
    #expect(!scanners.contains(false) && !clients.contains(false))
    #expect(facts.map(\.key.client) == (0..<40).map { Address(v4: 0x0B00_0000 + $0) })
  }

  /// Forty connections, each so long after the one before that it has left, so that only facts are too many.
  private func speak(_ tape: inout Tape) {
    for port in UInt16(1)...40 {
      let line = Line(Socket(client, 1_000 + port), Socket(server, port))
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
      tape.wait(milliseconds: 20_000)
    }
  }

  @Test("Conversations beyond the facts, and attempts that gave way, are counted under their names")
  func names() {
    var tape = Tape()
    speak(&tape)
    let plain = tape.harvest(limit: 16)
    #expect(plain.facts.count == 16)
    #expect(plain.passed == [.factOverflow: 24])

    var scanned = Tape()
    for port in UInt16(1)...12 {
      Line(Socket(client, 2_000 + port), Socket(server, port)).ask(&scanned, Line.syn)
    }
    scanned.wait(milliseconds: 200_000)
    speak(&scanned)
    let mixed = scanned.harvest(limit: 16)
    #expect(mixed.facts.count == 16 && mixed.facts.allSatisfy { $0.key.tier == .used })
    #expect(mixed.passed[.factOverflow] == 24 && mixed.passed[.displaced] == 12)
  }

  @Test("Attempts beyond their share are counted by a name of their own, and one-way UDP beyond it is not")
  func attemptNames() {
    var tape = Tape()
    for port in UInt16(1)...20 {
      Line(Socket(client, 2_000 + port), Socket(server, port)).ask(&tape, Line.syn)
      tape.wait(milliseconds: 20_000)
    }
    #expect(tape.harvest(limit: 16).passed == [.attemptOverflow: 8])
    for port in UInt16(1)...3 {
      tape.send((2, Wire.ip(client, server, inside: 17, Wire.udp(40_000, port))))
    }
    #expect(tape.harvest(limit: 16).passed == [.attemptOverflow: 8, .factOverflow: 3])
  }

  @Test("Marks that a table forgets are no conversations")
  func forgottenMarks() {
    var tape = Tape()
    for port in UInt16(1)...30 {
      Line(Socket(client, 1_000 + port), Socket(server, port)).ask(&tape, Line.syn)
    }
    let harvest = tape.harvest(limit: 32)
    #expect(harvest.connections == 30)
    #expect(harvest.passed[.overflow] == nil)
    #expect(harvest.passed[.forgottenTie, default: 0] > 0)
  }
}
