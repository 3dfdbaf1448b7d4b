import Documents
public import Traffic

/// A port of a pod's machine that leads to the pod.
public struct HostPort: Hashable, Sendable {
  /// The machine's port.
  public var number: UInt16
  /// The pod's own port behind it.
  public var containerPort: UInt16
  /// The protocol.
  public var transport: Transport
  /// The machine's only address on which it is; nil for all of them.
  public var address: Address?

  /// Whether it is on this address of the machine.
  public func isOn(_ address: Address) -> Bool { self.address.map { $0 == address } ?? true }
}

extension HostPort {
  /// What a port of a container's list asks for, where it asks for one.
  init?(_ port: Node) {
    guard let number = port["hostPort"]?.portNumber, let own = port["containerPort"]?.portNumber,
      let transport = Node.transport(port["protocol"])
    else { return nil }
    let address = port["hostIP"]?.address
    // The base of everything stands for each address.
    let isOne = address.map { $0 != Address(v4: 0) && $0 != Address(bits: 0) } ?? false
    self.init(
      number: number, containerPort: own, transport: transport, address: isOne ? address : nil)
  }

  static func list(_ container: Node) -> [HostPort] {
    (container["ports"]?.sequence ?? []).compactMap { HostPort($0) }
  }

  /// The fields of a container's port that ask for it.
  var fields: [(String, Node?)] {
    [("hostIP", address.map { .string($0.description) }), ("hostPort", .integer(number))]
  }
}
