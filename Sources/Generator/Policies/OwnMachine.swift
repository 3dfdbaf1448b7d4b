import Kubernetes
import Traffic

// What machines ask of their own pods.
extension Synthesis {
  /// Whether an edge of a machine needs no rule, because it asks its own pods.
  func isExempt(_ name: String, _ edge: Edge) -> Bool {
    plugin.letsOwnMachineIn ?? true && Self.isOwnNode(name, of: edge, inventory)
  }

  /// What a pod must let in where its plugin stops the machine's own agent: that of every machine, on any of which it may
  /// run tomorrow.
  func probes(_ edge: Edge) -> [Need] {
    guard let port = policyPort(edge), let asker = edge.client.address else { return [] }
    return attribution.directory.machines.addresses.filter { $0.isV4 == asker.isV4 }.map { address in
      Need(
        peer: .block(Prefix(only: address), except: []), port: port, name: "every machine, to ask how it is",
        portName: portName(edge), breadth: address == asker ? .exact : .baseline)
    }
  }

  /// The machine that a pod runs on always reaches it; no policy rules that.
  ///
  /// That holds for a pod and its machine, and not for a workload: who dials a Service is led to its own machine's pod
  /// today, and to another's tomorrow.
  static func isOwnNode(_ name: String, of edge: Edge, _ inventory: Inventory) -> Bool {
    !edge.evidence.serverPods.isEmpty && edge.evidence.dialled.isEmpty
      && edge.evidence.serverPods.allSatisfy { inventory.pods[$0].nodeName == name }
  }
}
