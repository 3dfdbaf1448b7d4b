import Kubernetes
import Traffic

/// Whose metrics are to be collected, as monitors and annotations declare it.
///
/// What is declared and was never seen gets no rule: a declaration may be older than what it speaks of, and open a door
/// for nobody. But a closed door would make dashboards blind, so it is told.
struct DeclaredScrapes {
  /// Somebody's wish that a workload be asked on one of these ports.
  private struct Wish: Hashable {
    let server: WorkloadID
    let ports: Set<UInt16>
    let asker: String
  }

  private var wishes: Set<Wish> = []
  private let selectors: Selectors

  /// A look of a workload's pods.
  private struct Look {
    let workload: WorkloadID
    let traits: PodTraits
  }

  /// What is declared for the workloads of these namespaces.
  init(_ inventory: Inventory, _ selectors: Selectors, in namespaces: Set<String>) {
    self.selectors = selectors
    var looks = LabelLookup<Look>()
    for id in inventory.topmost where namespaces.contains(id.namespace) {
      for traits in selectors.replicas(of: id) {
        looks.note(Look(workload: id, traits: traits), traits.labels, in: id.namespace)
      }
    }
    var services = LabelLookup<Service>()
    for service in inventory.services
    where namespaces.contains(service.meta.namespace) && service.meta.deleted == nil {
      services.note(service, service.meta.labels, in: service.meta.namespace)
      noteAnnotation(of: service, looks)
    }
    for monitor in inventory.monitors where monitor.meta.deleted == nil {
      note(monitor, looks, services)
    }
    for id in inventory.topmost where namespaces.contains(id.namespace) {
      noteAnnotation(of: id, inventory, selectors)
    }
  }

  /// What is declared and nobody was seen to do.
  func concerns(after edges: [Edge]) -> [Concern] {
    // Of those who share a policy one is enough, and nobody asks who is gone.
    let seen = Set(
      edges.filter(\.isScrape).compactMap { edge in
        edge.server.workload.map { Door(selectors.face(of: $0), edge.port) }
      })
    let missing = wishes.filter { wish in
      !selectors.successions.gone.contains(wish.server)
        && !wish.ports.contains { seen.contains(Door(selectors.face(of: wish.server), $0)) }
    }
    guard !missing.isEmpty else { return [] }
    let words = missing.map { wish in
      let ports = wish.ports.sorted().map { "\($0)/TCP" }.joined(separator: " or ")
      return "`\(wish.server)` on \(ports), as \(wish.asker) asks"
    }.sorted()
    return [
      Concern(
        .scrapesNotSeen,
        "\(words.count) scrape\(words.count == 1 ? " is" : "s are") declared and \(words.count == 1 ? "was" : "were") never seen: no rule lets \(words.count == 1 ? "it" : "them") in",
        detail: words, hint: "record while the monitoring runs, or take the declaration away")
    ]
  }

  private struct Door: Hashable {
    let server: WorkloadID
    let port: UInt16

    init(_ server: WorkloadID, _ port: UInt16) {
      self.server = server
      self.port = port
    }
  }
}

// How it works.
extension DeclaredScrapes {
  private mutating func insert(_ server: WorkloadID, _ ports: [UInt16], _ asker: String) {
    guard !ports.isEmpty else { return }
    wishes.insert(Wish(server: server, ports: Set(ports), asker: asker))
  }

  private mutating func noteAnnotation(of id: WorkloadID, _ inventory: Inventory, _ selectors: Selectors) {
    guard let asked = inventory.pods(of: id).lazy.compactMap({ inventory.pods[$0].meta.scrape }).first
    else { return }
    let declared = selectors.replicas(of: id).flatMap(\.ports).filter { $0.transport == .tcp }.map(\.number)
    insert(id, asked.port.map { [$0] } ?? declared, "an annotation of its pods")
  }

  private mutating func noteAnnotation(of service: Service, _ looks: LabelLookup<Look>) {
    guard let asked = service.meta.scrape else { return }
    for look in Self.behind(service, looks) {
      let ports = service.ports.filter {
        $0.transport == .tcp && (asked.port == nil || $0.port == asked.port)
      }
      // It is the pod's number as Prometheus takes it; some write the Service's.
      let translated = ports.compactMap { $0.target.number(on: look.traits.ports, transport: .tcp) }
      insert(
        look.workload, [asked.port].compactMap(\.self) + translated,
        "an annotation of Service `\(service.name)`")
    }
  }

  private mutating func note(
    _ monitor: Monitor, _ looks: LabelLookup<Look>, _ services: LabelLookup<Service>
  ) {
    let asker = "\(monitor.kind) `\(monitor.meta.namespace)/\(monitor.meta.name)`"
    let scope =
      switch monitor.namespaces {
      case .own: [monitor.meta.namespace]
      case .every: looks.namespaces
      case .named(let names): names
      }
    for namespace in scope {
      if monitor.meansServices {
        for service in services.candidates(monitor.selector.labels, in: namespace)
        where monitor.selector.matches(service.meta.labels) {
          for look in Self.behind(service, looks) {
            for port in monitor.ports {
              insert(look.workload, Self.numbers(port, of: service, on: look.traits), asker)
            }
          }
        }
      } else {
        for look in looks.candidates(monitor.selector.labels, in: namespace)
        where monitor.selector.matches(look.traits.labels) {
          for port in monitor.ports {
            insert(look.workload, Self.numbers(port, of: nil, on: look.traits), asker)
          }
        }
      }
    }
  }

  private static func behind(_ service: Service, _ looks: LabelLookup<Look>) -> [Look] {
    guard !service.selector.isEmpty else { return [] }
    return looks.candidates(service.selector, in: service.meta.namespace).filter { service.picks($0.traits) }
  }

  /// The pod's own ports that a monitor means; none where the pod has no such name.
  private static func numbers(_ port: Monitor.Port, of service: Service?, on pod: PodTraits) -> [UInt16] {
    switch port {
    case .target(let target): return [target.number(on: pod.ports, transport: .tcp)].compactMap(\.self)
    case .named(let name):
      guard let service else {
        return pod.ports.filter { $0.name == name && $0.transport == .tcp }.map(\.number)
      }
      return service.ports.filter { $0.name == name && $0.transport == .tcp }
        .compactMap { $0.target.number(on: pod.ports, transport: .tcp) }
    }
  }
}
