public import Kubernetes
import Traffic

/// How many of a workload's pods run on a machine.
public struct MachinePods: Hashable, Sendable {
  /// The machine's name.
  public let machine: String
  /// How many run on it.
  public let here: Int
  /// How many there are.
  public let all: Int

  /// Whether none runs elsewhere.
  public var areAll: Bool { here > 0 && here == all }
}

extension Learned {
  /// How many pods of a workload run on a machine, which always reaches those; nil where none is known, and where the
  /// network plugin stops machines too.
  public func pods(of workload: WorkloadID, onMachine name: String) -> MachinePods? {
    guard options.rules.letsOwnMachineIn ?? true else { return nil }
    let inventory = attribution.inventory
    let pods = inventory.pods(of: workload).map { inventory.pods[$0] }.filter {
      !$0.isOver && $0.meta.deleted == nil
    }
    guard !pods.isEmpty else { return nil }
    return MachinePods(machine: name, here: pods.count { $0.nodeName == name }, all: pods.count)
  }
}

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
    return Set(machines.askers + [asker]).sorted().filter { $0.isV4 == asker.isV4 }.map { address in
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
