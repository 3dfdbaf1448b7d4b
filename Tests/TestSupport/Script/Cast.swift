public import Traffic

/// Who takes part in a script, and what the names in it mean.
struct Cast {
  /// A node with its addresses of one family; one with both has two lines in a script.
  struct Node {
    let name: String
    let address: Address
    let gateway: Address
    let pods: Prefix
  }

  struct Service {
    let name: String
    let address: Address
    let port: ServedPort
    let target: ServedPort
    let backends: [String]
  }

  struct Name {
    let aliases: [String]
    let addresses: [Address]
  }

  /// The node that the capture was taken on.
  var recorder = ""
  var from = Instant.distantPast
  var until = Instant.distantFuture
  var nodes: [Node] = []
  /// Addresses that every node has for itself, as caches of names do.
  var shared: [Address] = []
  /// How packets travel from node to node, where the network is an overlay.
  var carrier: Carrier?
  var pods: [ScriptedPod] = []
  var services: [Service] = []
  var names: [String: Name] = [:]

  /// The pod that a script calls so, with its namespace or without.
  func pod(called name: String) -> ScriptedPod? {
    pods.first { $0.called == name || "\($0.namespace)/\($0.called)" == name }
  }

  /// The Service that a script calls so, by name or by address, at one of its ports.
  func service(called name: String, port: ServedPort) -> Service? {
    services.first {
      $0.port == port && ($0.name == name || $0.name.hasSuffix("/" + name) || $0.address.description == name)
    }
  }
}

/// A pod of a script.
public struct ScriptedPod: Hashable, Sendable {
  /// Its namespace.
  public let namespace: String
  /// What the script calls it.
  public let called: String
  /// Its name in the cluster.
  public let name: String
  /// Its address.
  public let address: Address
  /// The node it runs on.
  public let node: String
  /// When it got the address; nil when that was before the capture.
  public let from: Instant?
  /// When it gave the address back; nil when it kept it.
  public let until: Instant?
}
