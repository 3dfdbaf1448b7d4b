import TestSupport
import Testing

@testable import Traffic

/// Connections that begin with one number and others that do not, all within a second, as they pass several interfaces.
private struct TiedWorld {
  /// One leg's packets in their order, each with all its sightings.
  private typealias Queue = [[Tape.Sighting]]

  private static let scanner = Socket(test: "10.244.1.10", 40_000)
  private static let node = Address(test: "10.0.0.11")

  let doors: [Door]
  /// How many others, which have numbers of their own, use a Service.
  let bystanders: Int
  let isTranslated: Bool
  private var queues: [Queue] = []
  private var random: SeededRandom

  /// A scan of some doors, of which some lie behind a Service or a masquerade where `isTranslated`.
  init(seed: UInt64, doors count: Int, isTranslated: Bool) {
    var random = SeededRandom(seed: seed)
    doors = (0..<count).map { _ in Door.allCases.randomElement(using: &random) ?? .silent }
    bystanders = 5
    self.isTranslated = isTranslated
    self.random = random
    for index in doors.indices { knock(index) }
    for index in 0..<bystanders { use(index) }
  }

  /// All sightings in some order that keeps each leg's packets in theirs; each sighting but a packet's first may be late.
  mutating func shuffled() -> Tape {
    var tape = Tape()
    var late: [Tape.Sighting] = []
    var waiting = queues.map { ArraySlice($0) }
    while !waiting.isEmpty || !late.isEmpty {
      if waiting.isEmpty || !late.isEmpty && Int.random(in: 0..<4, using: &random) == 0 {
        let index = late.indices.randomElement(using: &random) ?? 0
        tape.packets.append([late.remove(at: index)])
      } else if let index = waiting.indices.randomElement(using: &random) {
        if let sightings = waiting[index].popFirst()?.shuffled(using: &random) {
          tape.packets.append([sightings[0]])
          late += sightings.dropFirst()
        }
        if waiting[index].isEmpty { waiting.remove(at: index) }
      }
    }
    return tape
  }

  /// The order in which the sightings were made.
  var inOrder: Tape {
    var tape = Tape()
    tape.packets = [queues.joined().joined().sorted { $0.nanoseconds < $1.nanoseconds }]
    return tape
  }

  private mutating func knock(_ index: Int) {
    let server = Socket(Address(v4: 0x0AF4_0300 + UInt32(index)), 8_080)
    var line = Line(Self.scanner, server)
    line.serverNumber = 900_000 + UInt32(index) * 77_777
    if isTranslated, Bool.random(using: &random) {
      let service = Socket(Address(v4: 0x0A60_0100 + UInt32(index)), 80)
      line = Line(Self.scanner, service, translated: [(Self.scanner, server)])
      if Bool.random(using: &random) {
        line.translated.append((Socket(Self.node, UInt16(index + 1)), server))
      }
    }
    play(line, doors[index])
  }

  private mutating func use(_ index: Int) {
    let client = Socket(Address(v4: 0x0AF4_0900 + UInt32(index)), 50_000)
    var line = Line(
      client, Socket(test: "10.96.0.20", 80),
      translated: [(client, Socket(test: "10.244.2.11", 8_080))])
    line.clientNumber = 5_000_000 + UInt32(index) * 999_999
    line.serverNumber = 70_000_000 + UInt32(index) * 999_999
    play(line, .open)
  }

  private mutating func play(_ line: Line, _ door: Door) {
    var tape = Tape()
    tape.clock += Int64.random(in: 0..<900, using: &random) * 1_000_000 + Int64(queues.count)
    line.ask(&tape, Line.syn)
    switch door {
    case .open:
      line.reply(&tape, Line.syn | Line.ack, ack: 1)
      line.ask(&tape, Line.ack, 1, ack: 1)
      line.talk(&tape)
      line.close(&tape)
    case .closed: line.reply(&tape, Line.rst | Line.ack, ack: 1)
    case .silent: break
    }
    var legs: [UInt32: Queue] = [:]
    for packet in tape.packets {
      // Each leg stands at an interface of its own, by which the tape tells them.
      for sighting in packet { legs[sighting.interface, default: []].append(seen(sighting)) }
    }
    queues += legs.keys.sorted().compactMap { legs[$0] }
  }

  /// A sighting, and one on the interface of a router behind it.
  private mutating func seen(_ sighting: Tape.Sighting) -> [Tape.Sighting] {
    guard Bool.random(using: &random) else { return [sighting] }
    var far = sighting
    far.nanoseconds += 5_000
    far.interface = 90
    far.packet[8] -= 10
    return [sighting, far]
  }
}

@Suite("Laws of ties")
struct TieLawTests {
  @Test("The order in which sightings come changes no fact", arguments: UInt64(1)...16)
  func order(seed: UInt64) {
    for count in [1, 2, 3, 4, 5, 12, 200] where count < 200 || seed == 1 {
      for isTranslated in [true, false] {
        var world = TiedWorld(seed: seed &* 1_000 &+ UInt64(count), doors: count, isTranslated: isTranslated)
        for link in [LinkType.cooked2, .ethernet] {
          let expected = world.inOrder.harvest(link: link)
          let bystanders = expected.facts.filter { $0.key.port == 8_080 && $0.key.dialled?.port == 80 }
          let isTold = bystanders.reduce(0) { $0 + $1.conversations } >= UInt64(world.bystanders)
          #expect(isTold, "who has a number of its own is one connection, seed \(seed), \(count) doors")
          for _ in 0..<2 {
            let harvest = world.shuffled().harvest(link: link)
            #expect(harvest.lines == expected.lines, "seed \(seed), \(count) doors, \(link)")
            let isSame = harvest == expected
            #expect(isSame, "seed \(seed), \(count) doors, \(link)")
          }
        }
      }
    }
  }

  @Test("On named interfaces a scan is as many connections as doors, in any order", arguments: UInt64(1)...16)
  func count(seed: UInt64) {
    for count in [1, 2, 3, 4, 5, 12, 200] where count < 200 || seed == 1 {
      var world = TiedWorld(seed: seed &* 1_000 &+ UInt64(count), doors: count, isTranslated: false)
      let harvest = world.shuffled().harvest()
      #expect(harvest.connections == UInt64(count + world.bystanders), "seed \(seed), \(count) doors")
      let found = harvest.facts.filter { $0.key.client == Address(test: "10.244.1.10") }
      #expect(found.map(\.key.tier) == world.doors.map(\.tier), "seed \(seed), \(count) doors")
    }
  }
}
