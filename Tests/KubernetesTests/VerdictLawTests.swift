import Kubernetes
import TestSupport
import Testing
import Traffic

/// Laws that hold in every cluster, tried in clusters made by chance.
@Suite struct VerdictLawTests {
  static let seeds = (0..<10).map { UInt64(2_026_112_000 + $0) }
  static let worldsPerSeed = Stress.worlds / seeds.count

  @Test("a second evaluator, written from the specification, answers every question alike", arguments: seeds)
  func naive(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var questions = 0
    for number in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      for question in world.questions(&random) {
        questions += 1
        let verdict = question.verdict(in: world)
        if let fault = question.fault(of: verdict, in: world) {
          Issue.record("seed \(seed), world \(number), \(question): \(fault) in \(world.set.policies)")
        }
      }
    }
    Stress.tell("seed \(seed): \(Self.worldsPerSeed) worlds, \(questions) questions")
  }

  @Test("the set of open ports holds a port exactly when the verdict allows it", arguments: seeds)
  func openPorts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed / 10 {
      let world = try RandomWorld(&random).world()
      for (source, destination) in world.pairs {
        let family = Self.families.randomElement(using: &random) ?? nil
        let open = world.set.open(from: source.standing, to: destination.standing, over: family)
        for (port, transport) in Self.probes(around: open) {
          let question = Question(
            source: source, destination: destination, port: port, transport: transport, family: family)
          let isAllowed = world.set.allows(
            from: source.standing, to: destination.standing, port: port, transport: transport, over: family)
          let verdict = question.verdict(in: world)
          if isAllowed != verdict.isAllowed {
            Issue.record("seed \(seed), world \(number), \(question): without reasons another answer")
          }
          if open.contains(port, transport) != verdict.isAllowed {
            Issue.record("seed \(seed), world \(number), \(question): open \(open)")
          }
        }
      }
    }
  }

  @Test("both gates together open what is open, and name the rules that open it", arguments: seeds)
  func gates(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed / 5 {
      let world = try RandomWorld(&random).world()
      for (source, destination) in world.pairs {
        let family = Self.families.randomElement(using: &random) ?? nil
        let (one, other) = (source.standing, destination.standing)
        let egress = world.set.gate(.egress, from: one, to: other, over: family)
        let ingress = world.set.gate(.ingress, from: one, to: other, over: family)
        let open = world.set.open(from: one, to: other, over: family, areReplicas: true)
        if egress.open.intersection(ingress.open) != open {
          Issue.record("seed \(seed), world \(number): \(egress) and \(ingress), open \(open)")
        }
        if let wrong = Self.wrongNote(source, destination, in: world) {
          Issue.record(
            "seed \(seed), world \(number), \(source.naive.name) to \(destination.naive.name): \(wrong)")
        }
      }
    }
  }

  @Test("a policy written as an object and read again is the same policy", arguments: seeds)
  func roundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed {
      for policy in try RandomWorld(&random).world().set.policies {
        let again = try NetworkPolicy(policy.node, file: "again", defaultNamespace: "elsewhere")
        #expect(
          again.withoutOrigin == policy.withoutOrigin, "seed \(seed), world \(number): \(policy.node)")
        #expect(again.node == policy.node, "seed \(seed), world \(number)")
      }
    }
  }

  static let families: [Family?] = [nil, nil, .v4, .v6]

  /// Where families differ and no note says so, or the other way round.
  private static func wrongNote(
    _ source: World.Ends, _ destination: World.Ends, in world: World
  ) -> String? {
    let families = source.party.families(to: destination.party)
    let answers = families.map { family in
      world.naive.allows(
        from: source.naive, to: destination.naive, port: 80, protocol: "TCP", over: family.description)
    }
    let differing = zip(families, answers).dropFirst().filter { $1 != answers.first }
    let verdict = world.set.verdict(
      from: source.standing, to: destination.standing, port: 80, transport: .tcp)
    let noted = verdict.notes.filter { if case .differs = $0 { true } else { false } }
    let expected = differing.map { Verdict.Note.differs(over: $0, isAllowed: $1) }
    return noted == expected ? nil : "noted \(noted), expected \(expected)"
  }

  /// Both ends of every open range and their neighbours, and the ports that the worlds talk about.
  private static func probes(around open: PortSet) -> [(UInt16, Transport)] {
    let edges = open.ranges.flatMap { [$1.first, $1.last, $1.first &- 1, $1.last &+ 1] }
    let ports = Set(edges + RandomWorld.ports.map { UInt16(clamping: $0) }).subtracting([0])
    return ports.sorted().flatMap { port in Transport.allCases.map { (port, $0) } }
  }
}

extension World {
  /// Every pair of ends.
  fileprivate var pairs: [(Ends, Ends)] {
    let ends = names.compactMap { self.ends[$0] }
    return ends.flatMap { source in ends.map { (source, $0) } }
  }

  /// Every pair of ends, each with some ports and some family.
  func questions(_ random: inout SeededRandom) -> [Question] {
    pairs.flatMap { source, destination in
      (0..<3).map { _ in
        Question(
          source: source, destination: destination,
          port: UInt16(clamping: RandomWorld.ports.randomElement(using: &random) ?? 80),
          transport: Transport.allCases.randomElement(using: &random) ?? .tcp,
          family: VerdictLawTests.families.randomElement(using: &random) ?? nil)
      }
    }
  }
}
