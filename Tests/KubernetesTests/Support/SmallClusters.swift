import Kubernetes
import Traffic

/// One policy in the namespace `default`.
func policies(_ spec: Plain, namespaces: [String: Labels] = [:]) throws -> PolicySet {
  let policy = try NetworkPolicy(
    policyNode("t", in: "default", spec), file: "t.yaml", defaultNamespace: "default")
  return PolicySet([policy], namespaces: namespaces)
}

/// A pod with these labels.
func pod(
  _ namespace: String, _ labels: Labels, at text: String? = nil, ports: [ContainerPort] = [],
  usesHostNetwork: Bool = false
) -> Party {
  let traits = PodTraits(
    namespace: namespace, labels: labels, ports: ports, usesHostNetwork: usesHostNetwork)
  return .pod(traits, address: text.flatMap { Address($0) })
}

/// Something known by its address; the unspecified address where the text is none.
func address(_ text: String) -> Party {
  .address(Address(text) ?? Address(bits: 0))
}

/// A pod that no policy of `default` names.
let stranger = pod("stranger", [:])
/// Somebody on the internet.
let outside = address("192.0.2.1")

extension PolicySet {
  /// Whether TCP port 80 is open.
  func allows(_ source: Party, _ destination: Party) -> Bool {
    verdict(from: source, to: destination, port: 80, transport: .tcp).isAllowed
  }
}
