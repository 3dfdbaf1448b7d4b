import Traffic

// Other pods are behind a Service that was changed, or others of their ports.
extension Service: Changing {
  /// Of every Service.
  public var isRemembered: Bool { true }

  /// Every port that it has or had.
  public var everyPort: [ServicePort] { ports + past.flatMap(\.ports) }

  /// Whom it picks, and its ports.
  public var look: String {
    let labels = selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    let doors = ports.map { port in
      let target =
        switch port.target {
        case .number(let number): "\(number)"
        case .name(let name): name
        }
      let node = port.nodePort.map { " on \($0)" } ?? ""
      let name = port.name.map { "\($0) " } ?? ""
      return "\(name)\(port.port)/\(port.transport.name) to \(target)\(node)"
    }
    return "\(labels); \(doors.joined(separator: ", "))"
  }
}

// Whoever writes the backends of a Service down writes down others.
extension EndpointSlice: Changing {
  /// Of those that somebody wrote down: others follow their Service's selector, and so does whoever asks who is behind it.
  public var isRemembered: Bool { meta.labels[Self.writerLabel] != Self.selectorWriter }

  /// The addresses, and their ports.
  public var look: String {
    let doors = ports.map { port in
      "\(port.name.map { "\($0) " } ?? "")\(port.number)/\(port.transport.name)"
    }
    return
      "\(Set(addresses).sorted().map(\.description).joined(separator: ",")); \(doors.joined(separator: ", "))"
  }

  private static let writerLabel = "endpointslice.kubernetes.io/managed-by"
  private static let selectorWriter = "endpointslice-controller.k8s.io"
}
