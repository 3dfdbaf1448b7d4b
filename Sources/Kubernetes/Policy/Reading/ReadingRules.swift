import Documents
import Traffic

extension PolicyFindings {
  /// The rules of one direction.
  mutating func rules(_ field: PolicyField?, _ direction: PolicyDirection, file: String) -> [Rule] {
    let peerField =
      switch direction {
      case .ingress: "from"
      case .egress: "to"
      }
    let known = [peerField, "ports"].sorted()
    return elements(of: field).map { element in
      expect(known, in: element)
      let peers = elements(of: element[peerField]).compactMap { peer($0) }
      let ports = elements(of: element["ports"]).compactMap { port($0) }
      return Rule(
        OneOrMore(peers).map(Peers.only) ?? .anyone,
        OneOrMore(ports).map(Ports.only) ?? .every,
        note: element.node.comment, origin: Origin(file: file, line: element.node.position?.line))
    }
  }

  private mutating func peer(_ field: PolicyField) -> Peer? {
    expect(["ipBlock", "namespaceSelector", "podSelector"], in: field)
    guard field.node.mapping != nil || field.node.isNull else { return nil }
    let pods = selector(field["podSelector"])
    let namespaces = selector(field["namespaceSelector"])
    if let blockField = field["ipBlock"] {
      let block = block(blockField)
      guard pods == nil, namespaces == nil else {
        note(.forbidden(.blockAlone), at: field)
        return nil
      }
      return block
    }
    switch (namespaces, pods) {
    case (nil, nil):
      note(.required(.somePeer), at: field)
      return nil
    case (nil, let pods?): return .pods(pods)
    case (let namespaces?, nil): return .namespaces(namespaces)
    case (let namespaces?, let pods?): return .podsIn(namespaces: namespaces, pods: pods)
    }
  }

  private mutating func port(_ field: PolicyField) -> PolicyPort? {
    expect(["endPort", "port", "protocol"], in: field)
    let transport = transport(field["protocol"])
    let endField = field["endPort"]
    let end = number(endField)
    guard let portField = field["port"] else {
      if let endField, let end { note(.invalid("\(end)", .endPortWithPort), at: endField) }
      return .all(transport)
    }
    if let name = portField.node.string {
      if let endField, let end { note(.invalid("\(end)", .endPortWithNumber), at: endField) }
      note(Syntax.portName(name), by: name, at: portField)
      return .named(transport, name)
    }
    guard let first = number(portField) else { return nil }
    let firstPort = portNumber(first, at: portField)
    var lastPort = firstPort
    if let endField, let end {
      // The API server cites the port here, not the end port; so do we.
      if end < first { note(.invalid("\(first)", .endPortNotBelow), at: endField) }
      lastPort = portNumber(end, at: endField)
    }
    guard let firstPort, let lastPort else { return nil }
    return PortRange(firstPort, through: lastPort).map { .range(transport, $0) }
  }

  /// The protocol; absent means TCP, so a bare `port: 53` does not open DNS over UDP.
  private mutating func transport(_ field: PolicyField?) -> Transport {
    guard let field, let name = text(field) else { return .tcp }
    if let transport = Transport(name: name) { return transport }
    note(.unsupported(PolicyFlaw.quoted(name), supported: Transport.allCases.map(\.name)), at: field)
    return .tcp
  }

  private mutating func portNumber(_ number: Int, at field: PolicyField) -> UInt16? {
    if let port = UInt16(exactly: number), port >= 1 { return port }
    note(.invalid("\(number)", .portNumber), at: field)
    return nil
  }
}
