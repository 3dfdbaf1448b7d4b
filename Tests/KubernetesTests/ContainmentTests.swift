import Kubernetes
import TestSupport
import Testing
import Traffic

@Suite("What contains what is told without any cluster")
struct ContainmentTests {
  private static func selector(_ random: inout SeededRandom) -> LabelSelector {
    var labels: Labels = [:]
    for key in ["a", "b"] where Int.random(in: 0..<3, using: &random) == 0 {
      labels[key] = ["", "1", "2"].randomElement(using: &random)
    }
    let requirements = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      let values = ["", "1", "2"].shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
      let some = OneOrMore(Array(values)) ?? OneOrMore("1")
      let tests: [LabelRequirement.Test] = [.isOneOf(some), .isNoneOf(some), .isPresent, .isAbsent]
      return LabelRequirement(
        Bool.random(using: &random) ? "a" : "b", tests.randomElement(using: &random) ?? .isPresent)
    }
    return LabelSelector(labels, requirements)
  }

  /// Every pair of labels with each value that the selectors name, one that they don't, and none.
  private static let everyLabels: [Labels] = {
    let values = [nil, "", "1", "2", "3"]
    return values.flatMap { a in
      values.map { b in
        var labels: Labels = [:]
        labels["a"] = a
        labels["b"] = b
        return labels
      }
    }
  }()

  @Test("of selectors exactly where no labels say otherwise", arguments: [1, 2, 3, 4] as [UInt64])
  func selectors(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var held = 0
    for _ in 0..<2_000 {
      let (one, other) = (Self.selector(&random), Self.selector(&random))
      let expected = Self.everyLabels.allSatisfy { !other.matches($0) || one.matches($0) }
      #expect(one.contains(other) == expected, "seed \(seed): \(one) ⊇ \(other)")
      if expected { held += 1 }
    }
    #expect(held > 200, "the law must have been asked about something")
  }

  @Test(
    "a rule that others open can go, and no port between any two ends closes",
    arguments: [11, 12, 13, 14] as [UInt64])
  func rules(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var (asked, held) = (0, 0)
    for number in 0..<150 {
      let world = try RandomWorld(&random).world()
      for direction in PolicyDirection.allCases {
        for namespace in ["x", "y", "z"] {
          let rules = world.set.policies.filter { $0.namespace == namespace }.flatMap { $0.rules(direction) }
          for index in rules.indices {
            var others = rules
            others.remove(at: index)
            asked += 1
            guard rules[index].isOpened(by: others, in: namespace) else { continue }
            held += 1
            let before = Self.open(rules, direction, namespace, world)
            let after = Self.open(others, direction, namespace, world)
            #expect(before == after, "seed \(seed), world \(number): \(rules[index]) by \(others)")
          }
        }
      }
    }
    #expect(held > 20 && held < asked / 2, "\(held) of \(asked)")
  }

  private static func open(
    _ rules: [Rule], _ direction: PolicyDirection, _ namespace: String, _ world: World
  ) -> [PortSet] {
    let policy = NetworkPolicy(
      namespace: namespace, name: "p", subject: .everything,
      isolates: direction == .ingress ? .ingress : .egress,
      ingress: direction == .ingress ? rules : [], egress: direction == .egress ? rules : [])
    let namespaces = Dictionary(
      uniqueKeysWithValues: ["x", "y", "z"].map { ($0, world.set.labels(ofNamespace: $0)) })
    let set = PolicySet([policy], namespaces: namespaces)
    let standings = world.parties.map { set.standing(of: $0) }
    return standings.flatMap { source in standings.map { set.open(from: source, to: $0) } }
  }

  @Test("of peers, by namespaces and pods together")
  func peers() throws {
    let api = LabelSelector(["app": "api"])
    let team = LabelSelector(["team": "a"])
    let nearby = Peer.pods(api)
    #expect(Peer.pods(.everything).contains(nearby, in: "shop"))
    #expect(!nearby.contains(.pods(.everything), in: "shop"))
    #expect(Peer.namespaces(.everything).contains(nearby, in: "shop"))
    #expect(Peer.namespaces(.namespace("shop")).contains(nearby, in: "shop"))
    #expect(!Peer.namespaces(.namespace("web")).contains(nearby, in: "shop"))
    // Whether the namespace has the label, nobody says here.
    #expect(!Peer.namespaces(team).contains(nearby, in: "shop"))
    #expect(nearby.contains(.podsIn(namespaces: .namespace("shop"), pods: api), in: "shop"))
    #expect(Peer.podsIn(namespaces: .everything, pods: api).contains(nearby, in: "shop"))
    #expect(!Peer.podsIn(namespaces: .everything, pods: api).contains(.namespaces(team), in: "shop"))
    #expect(Peer.namespaces(team).contains(.podsIn(namespaces: team, pods: api), in: "shop"))
    let everywhere = Peer.block(try #require(Prefix("0.0.0.0/0")), except: [])
    #expect(!everywhere.contains(.namespaces(.everything), in: "shop"))
  }

  @Test(
    "of blocks, with what is cut out of them",
    arguments: [
      ("0.0.0.0/0", [], "10.0.0.0/8", [], true), ("10.0.0.0/8", [], "0.0.0.0/0", [], false),
      ("0.0.0.0/0", [], "::/0", [], false), ("0.0.0.0/0", ["10.0.0.0/8"], "192.0.2.0/24", [], true),
      ("0.0.0.0/0", ["10.0.0.0/8"], "0.0.0.0/0", ["10.0.0.0/8"], true),
      ("0.0.0.0/0", ["10.0.0.0/8"], "0.0.0.0/0", [], false),
      ("0.0.0.0/0", ["10.1.0.0/16"], "0.0.0.0/0", ["10.0.0.0/8"], true),
      ("0.0.0.0/0", ["10.0.0.0/8"], "10.1.0.0/16", [], false),
    ] as [(String, [String], String, [String], Bool)])
  func blocks(one: String, cuts: [String], other: String, otherCuts: [String], isHeld: Bool) throws {
    let mine = Peer.block(try #require(Prefix(one)), except: cuts.compactMap { Prefix($0) })
    let theirs = Peer.block(try #require(Prefix(other)), except: otherCuts.compactMap { Prefix($0) })
    #expect(mine.contains(theirs, in: "shop") == isHeld)
  }

  @Test("of ports, where names may be any number and no list is every protocol")
  func ports() throws {
    let low = try #require(PortRange(1, through: 100))
    let high = try #require(PortRange(101, through: .max))
    let web = try #require(PortRange(80))
    #expect(Ports.every.contains(.only(.all(.tcp))))
    #expect(!Ports.only(.all(.tcp), .all(.udp), .all(.sctp)).contains(.every))
    #expect(Ports.only(.range(.tcp, low)).contains(.only(.range(.tcp, web))))
    #expect(!Ports.only(.range(.udp, low)).contains(.only(.range(.tcp, web))))
    #expect(
      Ports.only(.range(.tcp, low), .range(.tcp, high)).contains(.only(.all(.tcp), .named(.tcp, "http"))))
    #expect(Ports.only(.named(.tcp, "http")).contains(.only(.named(.tcp, "http"))))
    #expect(!Ports.only(.range(.tcp, low)).contains(.only(.named(.tcp, "http"))))
    #expect(!Ports.only(.named(.tcp, "http")).contains(.only(.range(.tcp, web))))
  }
}
