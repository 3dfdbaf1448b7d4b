import Kubernetes
import Support
import Traffic

/// The ports that a rule names.
enum PortSpan {
  static let dns = span(53)
  private static let many = PortRange(8000, through: 8100) ?? .whole

  /// Ports of a workload, as a rule about it would name them.
  static func ports(
    of workload: WorldWorkload, _ manner: ClusterWorld.Manner, _ random: inout SeededRandom
  ) -> Ports {
    let kind = Int.random(in: 0..<20, using: &random)
    if kind == 0 { return .every }
    if kind == 1 { return .only(.range(.tcp, many)) }
    if kind == 2, manner == .whole { return .only(.all(.udp), .range(.tcp, dns)) }
    guard let port = workload.ports.randomElement(using: &random) else { return .every }
    let isNamed = kind < 8
    let one = named(port, isNamed)
    guard kind.isMultiple(of: 3), let other = workload.ports.last, other != port else { return .only(one) }
    return .only(one, named(other, isNamed))
  }

  private static func named(_ port: ContainerPort, _ isNamed: Bool) -> PolicyPort {
    if isNamed, let name = port.name { return .named(port.transport, name) }
    return .range(port.transport, span(port.number))
  }

  private static func span(_ port: UInt16) -> PortRange { PortRange(port) ?? .whole }
}
