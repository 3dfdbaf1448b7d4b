import Kubernetes
public import Traffic

/// What is said to a name that nobody has.
public struct NearNames: Sendable {
  /// Why it is nobody's, where more is known than that.
  public let objection: String?
  /// The names that were probably meant, the likeliest first.
  public let names: [String]
  /// What else could be asked about, where no name is near.
  public let others: [String]
}

extension Meaning {
  /// What is near to a text that nobody is called as the end that asks.
  public func near(client text: String) -> NearNames {
    let nearest = near(text, among: ends)
    let services = services(text) + inventory.services.filter { $0.meta.name == text.lowercased() }
    guard let service = services.first, nearest.names.isEmpty else { return nearest }
    let behind = inventory.pods.indices.filter { service.picks(inventory.pods[$0].traits) }
    let owners = Set(behind.map { inventory.workload(ofPod: $0).description }).sorted()
    return NearNames(
      objection: "the Service `\(service.name)` asks nobody: its pods do", names: owners, others: [])
  }

  /// What is near to a text that nobody is called as the end that is asked on a port.
  public func near(server text: String, port: UInt16, transport: Transport) -> NearNames {
    let ports = services(text).flatMap(\.ports).map { "\($0.port)/\($0.transport)" }
    guard let service = services(text).first else {
      return near(text, among: ends + inventory.services.map(\.name) + edges.flatMap(\.evidence.names))
    }
    let known =
      ports.contains("\(port)/\(transport)")
      ? "no pod of it is known"
      : ports.isEmpty ? "it has no port" : "it has \(ports.joined(separator: ", "))"
    return NearNames(
      objection: "nobody is known behind the Service `\(service.name)` on \(port)/\(transport): \(known)",
      names: [], others: [])
  }

  /// What is near to a text that nobody is called at either end.
  public func near(anybody text: String) -> NearNames {
    near(text, among: ends + inventory.services.map(\.name) + edges.flatMap(\.evidence.names))
  }

  /// Whatever can ask: workloads, pods and machines.
  private var ends: [String] {
    inventory.topmost.map(\.description)
      + inventory.pods.map { "\($0.meta.namespace)/\($0.meta.name)" }
      + inventory.nodes.map(\.meta.name) + [Self.node, Self.apiServer]
  }

  private func near(_ text: String, among known: [String]) -> NearNames {
    let known = Set(known).sorted()
    let own = text.lowercased().split(separator: "/").last.map { "/\($0)" } ?? ""
    let elsewhere = known.filter { own.count > 1 && $0.hasSuffix(own) }
    // A pod that is gone is called as its workload, and more.
    let isWhole = text.contains("/")
    let grown = inventory.topmost.filter { id in
      text.lowercased().hasPrefix((isWhole ? id.description : id.name) + "-")
    }.max { ($0.name.count, $1.description) < ($1.name.count, $0.description) }
    let slip = Suggestion.nearest(to: text, among: known)
    let bareSlip =
      isWhole ? nil : Suggestion.nearest(to: text, among: inventory.topmost.map(\.name))
    let bare = bareSlip.map { name in known.filter { $0.hasSuffix("/\(name)") } } ?? []
    let names = (elsewhere + [grown?.description, slip].compactMap(\.self) + bare).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let isNamespace = inventory.topmost.contains { $0.namespace == text }
    let namespace = isNamespace ? text : isWhole ? String(text.prefix { $0 != "/" }) : ""
    return NearNames(
      objection: isNamespace ? "`\(text)` is a namespace, and an end is a workload in one" : nil,
      names: Array(names.prefix(3)),
      others: inventory.topmost.filter { $0.namespace == namespace }.map(\.description))
  }
}
