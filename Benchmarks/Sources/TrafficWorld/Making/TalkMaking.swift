import Support
import Traffic

/// Who begins to talk to whom.
struct TalkMaking {
  private let plan: TrafficWorld.Plan
  private let services: [Backends]
  /// Of a pod: the Services that it uses.
  private let uses: [[Int]]
  /// Of a pod: how often it asked, so that no two conversations have the same ends.
  private var asked: [Int]

  private struct Backends {
    let pods: [Int]
    let port: UInt16
    let targetPort: UInt16
  }

  init(_ plan: TrafficWorld.Plan, _ random: inout SeededRandom) {
    self.plan = plan
    let ports: [UInt16] = [8080, 8443, 9090, 3306, 5432, 6379, 9092, 80, 443, 50_051, 27_017, 5_672]
    services = (0..<plan.services).map { _ in
      let target = ports[Int.random(in: ports.indices, using: &random)]
      return Backends(
        pods: (0..<Int.random(in: 1...8, using: &random)).map { _ in
          Int.random(in: Self.firstPod..<plan.pods, using: &random)
        }, port: Bool.random(using: &random) ? 80 : target, targetPort: target)
    }
    uses = (0..<plan.pods).map { _ in
      // The first Service is DNS.
      (0..<10).map { _ in Int.random(in: 1..<plan.services, using: &random) }
    }
    asked = Array(repeating: 0, count: plan.pods)
  }

  /// A conversation that has not begun yet.
  mutating func begin(_ random: inout SeededRandom, _ truth: inout TrafficTruth) -> Talk {
    let talk = talk(&random)
    truth.note(talk)
    return talk
  }

  private mutating func talk(_ random: inout SeededRandom) -> Talk {
    let kind = kind(&random)
    let family: Family = Int.random(in: 0..<100, using: &random) < 15 ? .v6 : .v4
    let pod = Int.random(in: Self.firstPod..<plan.pods, using: &random)
    let client = Place.pod(pod, family, port: nextPort(of: pod))
    let used = uses[pod][Int.random(in: 0..<10, using: &random)]
    let service = services[used]
    let backend = service.pods[Int.random(in: service.pods.indices, using: &random)]
    let isOutside = Int.random(in: 0..<100, using: &random) < 12
    var number = backend
    var isDialled = false
    var server: Place
    switch kind {
    case .name:
      number = random.next() & 1 == 0 ? 1 : 2
      server = .pod(number, family, port: 53)
    case .refused:
      number = Int.random(in: Self.firstPod..<plan.pods, using: &random)
      server = .pod(number, family, port: UInt16.random(in: 1...10_000, using: &random))
    case .metrics:
      number = 3
      server = .pod(number, family, port: 8125)
    case .association:
      number = Int.random(in: 4..<7, using: &random)
      server = .pod(number, family, port: 38_412)
    case .echo, .resolution: server = .pod(number, family)
    case .connection, .unanswered:
      if isOutside {
        number = 63
        server = .outside(Int.random(in: 0..<300, using: &random), family)
      } else {
        server = .pod(number, family, port: service.targetPort)
        isDialled = kind == .connection && random.next() & 1 == 0
      }
    }
    // Nobody talks to itself through the network.
    if server.address == client.address {
      number = Self.firstPod + (number + 1 - Self.firstPod) % (plan.pods - Self.firstPod)
      server = .pod(number, family, port: server.port)
    }
    var talk = Talk(kind, client, server, &random)
    if isDialled { talk.service = .service(used, family, port: service.port) }
    if kind == .name {
      talk.service = .service(0, family, port: 53)
      talk.question = question(used, client, &random)
    }
    talk.clientInterface = UInt32(pod % 64 + 3)
    talk.serverInterface = UInt32(number % 64 + 3)
    talk.identification = UInt16.random(in: .min ... .max, using: &random)
    talk.isTagged = Int.random(in: 0..<100, using: &random) < 5
    let passesNodes = plan.mix.contains(.overlays) && plan.link == .ethernet && number != 63
    talk.isInOverlay = passesNodes && Int.random(in: 0..<100, using: &random) < 20
    talk.rounds = rounds(kind, &random)
    return talk
  }

  private func kind(_ random: inout SeededRandom) -> Talk.Kind {
    switch Int.random(in: 0..<1_000, using: &random) {
    case ..<480: .connection
    case ..<530: .unanswered
    case ..<570: .refused
    case ..<880: .name
    case ..<950: .metrics
    case ..<975: .echo
    case ..<990: plan.mix.contains(.sctp) ? .association : .echo
    default: plan.link == .ethernet ? .resolution : .echo
    }
  }

  private func rounds(_ kind: Talk.Kind, _ random: inout SeededRandom) -> Int {
    guard kind == .connection else { return Int.random(in: 0..<8, using: &random) }
    let rounds =
      switch Int.random(in: 0..<100, using: &random) {
      case ..<60: Int.random(in: 1...3, using: &random)
      case ..<95: Int.random(in: 3..<15, using: &random)
      default: Int.random(in: 20..<220, using: &random)
      }
    return rounds * plan.lengthening
  }

  private func question(_ used: Int, _ client: Place, _ random: inout SeededRandom) -> Question {
    let wanted: Family = random.next() & 1 == 0 ? .v4 : .v6
    let id = client.port &* 40_503
    if Int.random(in: 0..<100, using: &random) < 70 {
      let service = Place.service(used, wanted, port: 0)
      return Question(
        name: "svc-\(used).ns-\(used % 20).svc.cluster.local", family: wanted, addresses: [service.address],
        id: id)
    }
    let number = Int.random(in: 0..<300, using: &random)
    // What resolvers ask first, for they append the search list of the pod.
    if Int.random(in: 0..<100, using: &random) < 60 {
      let name = "api-\(number).example.com.ns-\(number % 20).svc.cluster.local"
      return Question(name: name, family: wanted, addresses: [], id: id)
    }
    let hosts = [number, number + 2].map { Place.outside($0, wanted).address }
    return Question(name: "api-\(number).example.com", family: wanted, addresses: hosts, id: id)
  }

  /// The ports that Linux gives to clients, one after the other.
  private mutating func nextPort(of pod: Int) -> UInt16 {
    asked[pod] += 1
    return UInt16(32_768 + asked[pod] % 28_232)
  }

  /// Those before it are servers of the cluster itself.
  private static let firstPod = 8
}
