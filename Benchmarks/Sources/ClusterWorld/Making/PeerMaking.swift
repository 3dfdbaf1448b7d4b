import Kubernetes
import Support
import Traffic

/// The other ends that a rule names.
struct PeerMaking {
  private let namespace: String
  private let workloads: [WorldWorkload]
  private let neighbours: [Int]
  private let manner: ClusterWorld.Manner

  init(
    in namespace: String, _ workloads: [WorldWorkload], _ neighbours: [String: [Int]],
    _ manner: ClusterWorld.Manner
  ) {
    self.namespace = namespace
    self.workloads = workloads
    self.neighbours = neighbours[namespace] ?? []
    self.manner = manner
  }

  func peers(_ random: inout SeededRandom) -> Peers {
    if Int.random(in: 0..<25, using: &random) == 0 { return .anyone }
    let first = peer(&random)
    return Bool.random(using: &random) ? .only(first) : .only(first, peer(&random))
  }

  private func peer(_ random: inout SeededRandom) -> Peer {
    let other = workloads[Int.random(in: 0..<workloads.count, using: &random)]
    switch Int.random(in: 0..<40, using: &random) {
    case 0..<18:
      let neighbour = neighbours.randomElement(using: &random).map { workloads[$0] } ?? other
      return .pods(neighbour.identity)
    case 18..<29: return .podsIn(namespaces: .namespace(other.namespace), pods: other.identity)
    case 29..<33:
      return .podsIn(
        namespaces: LabelSelector(["team": team(of: other)]),
        pods: LabelSelector([WorldWorkload.componentLabel: other.component]))
    case 33: return .namespaces(LabelSelector(["team": team(of: other), "env": "prod"]))
    case 34:
      return .podsIn(
        namespaces: LabelSelector(
          ["team": team(of: other)], [LabelRequirement("env", .isNoneOf(OneOrMore("dev")))]),
        pods: LabelSelector([:], [LabelRequirement("app.kubernetes.io/part-of", partOf)]))
    default: return block(&random)
    }
  }

  /// Being part of anything, or of what comes first.
  private var partOf: LabelRequirement.Test {
    manner == .whole ? .isPresent : .isOneOf(OneOrMore("product0", "product1", "product2"))
  }

  private func team(of workload: WorldWorkload) -> String {
    String(workload.namespace.prefix { $0 != "-" })
  }

  private func block(_ random: inout SeededRandom) -> Peer {
    let text: (String, [String])
    switch Int.random(in: 0..<(manner == .whole ? 6 : 4), using: &random) {
    case 0: text = ("0.0.0.0/0", ["10.0.0.0/8", "169.254.169.254/32"])
    case 1: text = ("198.51.100.0/24", [])
    case 2: text = ("203.0.113.\(Int.random(in: 0..<256, using: &random))/32", [])
    case 3: text = ("192.0.2.0/24", ["192.0.2.128/25"])
    // These two hold pods.
    case 4: text = ("10.0.\(Int.random(in: 0..<4, using: &random)).0/24", [])
    default: text = ("10.0.0.0/16", ["10.0.1.0/24"])
    }
    guard let prefix = Prefix(text.0) else { return .pods(.everything) }
    return .block(prefix, except: text.1.compactMap { Prefix($0) })
  }
}
