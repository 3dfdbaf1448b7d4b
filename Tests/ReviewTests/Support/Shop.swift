import Kubernetes
import Review
import Testing
import Traffic

/// A small cluster that differences are made in.
enum Shop {
  static let web = NamedParty(
    workload: "web/frontend", traits("web", "frontend"), address: Address("10.0.1.1"))
  static let api = NamedParty(workload: "shop/api", traits("shop", "api"), address: Address("10.0.2.1"))
  static let postgres = NamedParty(
    workload: "shop/postgres", traits("shop", "postgres"), address: Address("10.0.2.2"))
  static let parties = [web, api, postgres]

  static let frontendPeer = Peer.podsIn(
    namespaces: .namespace("web"), pods: LabelSelector(["app": "frontend"]))
  static let apiPeer = Peer.pods(LabelSelector(["app": "api"]))

  static let defaultDeny = NetworkPolicy(
    namespace: "shop", name: "default-deny", subject: .everything, isolates: .ingress,
    origin: Origin(file: "deny.yaml", line: 1))

  static func api(_ rules: Rule...) -> NetworkPolicy {
    NetworkPolicy(
      namespace: "shop", name: "api", subject: LabelSelector(["app": "api"]), isolates: .ingress,
      ingress: rules, origin: Origin(file: "api.yaml", line: 1))
  }

  static func rule(_ peer: Peer, _ port: UInt16, line: Int) throws -> Rule {
    let range = try #require(PortRange(port))
    return Rule(.only(peer), .only(.range(.tcp, range)), origin: Origin(file: "api.yaml", line: line))
  }

  private static func traits(_ namespace: String, _ app: String) -> PodTraits {
    PodTraits(
      namespace: namespace, labels: ["app": app], ports: [ContainerPort(name: "http", number: 8080)])
  }
}
