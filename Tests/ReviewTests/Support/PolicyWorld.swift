import Kubernetes
import TestSupport
import Traffic

/// Sets of policies made by chance, with few labels and values, so that selectors often overlap.
enum PolicyWorld {
  /// What is known of the namespaces: `x` is described, `y` has policies and no object.
  static let namespaces: [String: Labels] = ["x": ["team": "red"]]

  static func policies(_ random: inout SeededRandom, atMost count: Int = 3) -> [NetworkPolicy] {
    (0..<Int.random(in: 0...count, using: &random)).map { index in policy("p\(index)", &random) }
  }

  static func policy(_ name: String, _ random: inout SeededRandom) -> NetworkPolicy {
    NetworkPolicy(
      namespace: Int.random(in: 0..<3, using: &random) > 0 ? "x" : "y", name: name,
      subject: selector(&random),
      isolates: [.ingress, .egress, .both].randomElement(using: &random) ?? .both,
      ingress: rules(&random), egress: rules(&random))
  }

  static func rules(_ random: inout SeededRandom) -> [Rule] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in rule(&random) }
  }

  static func rule(_ random: inout SeededRandom) -> Rule {
    let peers = (0..<Int.random(in: 0...2, using: &random)).map { _ in peer(&random) }
    let ports = (0..<Int.random(in: 0...2, using: &random)).map { _ in port(&random) }
    return Rule(OneOrMore(peers).map { .only($0) } ?? .anyone, OneOrMore(ports).map { .only($0) } ?? .every)
  }

  static func peer(_ random: inout SeededRandom) -> Peer {
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: return .pods(selector(&random))
    case 2: return .namespaces(namespaceSelector(&random))
    case 3, 4: return .podsIn(namespaces: namespaceSelector(&random), pods: selector(&random))
    default:
      let blocks: [Peer] = [
        block("0.0.0.0/0"), block("::/0"), block("10.0.0.0/8"), block("10.0.0.0/8", "10.0.0.0/9"),
        block("0.0.0.0/0", "10.0.0.0/8"), block("10.1.0.0/16"),
      ].compactMap(\.self)
      return blocks.randomElement(using: &random) ?? .pods(.everything)
    }
  }

  static func block(_ block: String, _ except: String...) -> Peer? {
    Prefix(block).map { .block($0, except: except.compactMap { Prefix($0) }) }
  }

  static func port(_ random: inout SeededRandom) -> PolicyPort {
    let range = PortRange(79, through: 81).map { PolicyPort.range(.tcp, $0) }
    let one = PortRange(80).map { PolicyPort.range(.tcp, $0) }
    return [one, range, .all(.tcp), .all(.udp), .named(.tcp, "http")].compactMap(\.self)
      .randomElement(using: &random) ?? .all(.tcp)
  }

  static func namespaceSelector(_ random: inout SeededRandom) -> LabelSelector {
    let forms: [LabelSelector] = [
      .everything, .namespace("x"), .namespace("y"), .namespace("z"), LabelSelector(["team": "red"]),
      LabelSelector([:], [LabelRequirement("team", .isPresent)]),
      LabelSelector([:], [LabelRequirement("team", .isNoneOf(OneOrMore("red")))]),
    ]
    return forms.randomElement(using: &random) ?? .everything
  }

  static func selector(_ random: inout SeededRandom) -> LabelSelector {
    let key = Bool.random(using: &random) ? "a" : "b"
    let forms: [LabelSelector] = [
      .everything, LabelSelector(["a": "1"]), LabelSelector(["b": "1"]), LabelSelector(["a": "1", "b": "1"]),
      LabelSelector([:], [LabelRequirement(key, .isOneOf(OneOrMore("1", "2")))]),
      LabelSelector([:], [LabelRequirement(key, .isNoneOf(OneOrMore("1")))]),
      LabelSelector([:], [LabelRequirement(key, .isPresent)]),
      LabelSelector([:], [LabelRequirement(key, .isAbsent)]),
      LabelSelector(["a": "1"], [LabelRequirement(key, .isNoneOf(OneOrMore("2")))]),
    ]
    return forms.randomElement(using: &random) ?? .everything
  }
}
