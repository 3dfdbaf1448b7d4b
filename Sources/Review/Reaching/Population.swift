public import Kubernetes
import Traffic

/// Everybody whom a question about manifests can be about: pods, the pods that workloads would make, and outside
/// addresses.
public struct Population: Sendable {
  /// The objects.
  let inventory: Inventory
  /// Who holds addresses that no pod holds.
  let directory: Directory
  /// What the policies let through between all of them.
  public let reach: Reach
  /// The parties, in the order of `reach`.
  let members: [Member]
  /// Where some policy could not be read.
  let unread: Unread

  /// Where policies may be missing, because something could not be read.
  public enum Unread: Sendable {
    /// In these namespaces.
    case namespaces(Set<String>)
    /// In any: nobody knows what the text was.
    case anywhere
  }

  let podPlaces: [String: Int]
  let finished: Set<String>
  let placesOfWorkload: [WorkloadID: [Int]]
  let workloadsByName: [String: [WorkloadID]]
  let podsByAddress: [Address: [Int]]
  let servicesByName: [String: Int]
  let servicesByAddress: [Address: Int]

  /// One party under the names that people know.
  struct Member: Sendable {
    /// The pod's own name, or the stretch of addresses.
    let name: String
    /// The workload; nil for addresses outside.
    let workload: WorkloadID?
    let party: Party
  }

  /// Those that these objects tell of, under these policies.
  ///
  /// Where some policy is `unread` nothing is sure about the pods.
  public init(_ inventory: Inventory, _ policies: [NetworkPolicy], unread: Unread = .namespaces([])) {
    self.unread = unread
    let set = PolicySet(policies, namespaces: inventory.namespaces)
    var members: [Member] = []
    var podPlaces: [String: Int] = [:]
    var finished: Set<String> = []
    var podsByAddress: [Address: [Int]] = [:]
    for (place, pod) in inventory.pods.enumerated() {
      let name = "\(pod.meta.namespace)/\(pod.meta.name)"
      guard let party = pod.party else {
        finished.insert(name)
        continue
      }
      if !pod.usesHostNetwork {
        for address in party.addresses.all { podsByAddress[address, default: []].append(members.count) }
      }
      podPlaces[name] = members.count
      members.append(Member(name: name, workload: inventory.workload(ofPod: place), party: party))
    }
    let live = Dictionary(grouping: members.indices) { members[$0].workload }
    for id in inventory.topmost {
      guard let template = inventory.workloads[id] else { continue }
      let looks = live[id, default: []].map { members[$0].party }
      let next = Party.pod(template.traits, addresses: .unknown)
      // A workload whose pods look as its template says is known by its pods.
      guard NamedParty.looks(of: "\(id)", looks + [next]).last?.party == next else { continue }
      members.append(Member(name: "\(id)", workload: id, party: next))
    }
    for stretch in NamedParty.outside(of: set) {
      members.append(Member(name: stretch.name, workload: nil, party: stretch.party))
    }
    self.inventory = inventory
    self.members = members
    self.podPlaces = podPlaces
    self.finished = finished
    self.podsByAddress = podsByAddress
    directory = Directory(inventory)
    reach = Reach(set, among: members.map(\.party))
    var placesOfWorkload: [WorkloadID: [Int]] = [:]
    for (place, member) in members.enumerated() {
      if let workload = member.workload { placesOfWorkload[workload, default: []].append(place) }
    }
    self.placesOfWorkload = placesOfWorkload
    workloadsByName = Dictionary(grouping: placesOfWorkload.keys.sorted(), by: \.description)
    servicesByName = Dictionary(
      inventory.services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    servicesByAddress = Dictionary(
      inventory.services.enumerated().flatMap { place, service in service.addresses.map { ($0, place) } },
      uniquingKeysWith: { first, _ in first })
  }
}

// What it can tell.
extension Population {
  /// Everything that a question can name, in order.
  public var names: [String] {
    Set(podPlaces.keys).union(workloadsByName.keys).union(servicesByName.keys).sorted()
  }

  /// Why answers about pods of these namespaces are not sure; empty where they are.
  func unreadNotes(of namespaces: Set<String>) -> [String] {
    switch unread {
    case .anywhere:
      namespaces.isEmpty ? [] : ["not everything could be read, so this may not be what the cluster does"]
    case .namespaces(let unread):
      namespaces.intersection(unread).sorted().map {
        "a policy of `\($0)` could not be read, so this may not be what the cluster does"
      }
    }
  }

  /// Whether a text means anybody.
  public func isKnown(_ text: String) -> Bool { !resolve(text).isUnknown }

  /// The names that were probably meant: a slip of the finger away, or the same in another namespace.
  public func nearest(to text: String) -> [String] {
    let names = names
    let own = text.split(separator: "/").last.map { "/\($0)" } ?? ""
    let elsewhere = names.filter { own.count > 1 && $0.hasSuffix(own) }
    let slip = Suggestion.nearest(to: text, among: names)
    return Array(Set(elsewhere + [slip].compactMap(\.self)).sorted().prefix(3))
  }

  /// The places of the first party of each class among these, with another of the same class where there is one; with
  /// `portsApart`, of each class and each list of ports.
  ///
  /// Names of ports that no rule asks for don't split a class, but a question or a Service may ask for them.
  func looks(_ places: [Int], portsApart: Bool = false) -> [(first: Int, other: Int?)] {
    guard portsApart else { return looks(places) { _ in [] } }
    return looks(places) { place in
      if case .pod(let traits, _) = members[place].party { traits.ports } else { [] }
    }
  }

  private func looks(
    _ places: [Int], apartBy ports: (Int) -> [ContainerPort]
  ) -> [(first: Int, other: Int?)] {
    struct Look: Hashable {
      let number: Int
      let ports: [ContainerPort]
    }
    var order: [Look] = []
    var found: [Look: (first: Int, other: Int?)] = [:]
    for place in places {
      let look = Look(number: reach.classOfParty(place), ports: ports(place))
      if let known = found[look] {
        if known.other == nil { found[look] = (known.first, place) }
      } else {
        order.append(look)
        found[look] = (place, nil)
      }
    }
    return order.compactMap { found[$0] }
  }
}
