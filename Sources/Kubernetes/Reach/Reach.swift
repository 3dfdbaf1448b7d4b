/// What policies let through between all of some parties at once.
///
/// It gives the same answers as `PolicySet.open`, but works them out for classes of parties that no policy tells apart,
/// and for all of them together: whoever has few questions asks the set.
public struct Reach: Sendable {
  /// The policies, as they were given.
  public let policies: PolicySet
  /// The parties, in the order given.
  public let parties: [Party]

  let classes: PartyClasses
  let egress: ReachSide
  let ingress: ReachSide
  let ports: PortTable

  /// What these policies let through between these parties.
  public init(_ policies: PolicySet, among parties: [Party]) {
    self.policies = policies
    self.parties = parties
    let compiled = CompiledPolicies(policies.policies)
    var looks = AddressLooks(compiled.zones)
    var names = compiled.names
    var classes = PartyClasses(of: parties, compiled.pods, &looks, &names)
    var isolation = IsolationTable(compiled, classes, looks, names)
    let order = isolation.order(classes)
    classes.renumber(order)
    isolation.renumber(order)
    var ports = PortTable()
    var peers = PeerSets(
      classes, ClassIndex(classes, compiled.pods), looks, namespaces: compiled.namespaces
    ) { policies.labels(ofNamespace: $0) }
    var openings = RuleOpenings(compiled, classes, names)
    egress = ReachSide(.egress, isolation.egress, classes, &openings, &peers, &ports)
    ingress = ReachSide(.ingress, isolation.ingress, classes, &openings, &peers, &ports)
    self.classes = classes
    self.ports = ports
  }
}

// What it can tell.
extension Reach {
  /// How many classes of parties there are that no policy tells apart.
  public var classCount: Int { classes.all.count }

  /// The class of a party, by the party's place.
  public func classOfParty(_ place: Int) -> Int { Int(classes.ofParty[place]) }

  /// The ports open between two parties, by their places.
  public func open(from source: Int, to destination: Int) -> PortSet {
    if policies.isOnePod(parties[source], parties[destination]) { return .all }
    return open(fromClass: classOfParty(source), toClass: classOfParty(destination))
  }

  /// The ports open between two pods of these classes, which are not one and the same.
  public func open(fromClass source: Int, toClass destination: Int) -> PortSet {
    let asked = egress.rows.ports(egress.points.ofClass[source], at: UInt32(destination))
    let given = ingress.rows.ports(ingress.points.ofClass[destination], at: UInt32(source))
    if asked == PortTable.none || given == PortTable.none { return .none }
    if asked == given || given == PortTable.all { return ports[asked] }
    return asked == PortTable.all ? ports[given] : ports[asked].intersection(ports[given])
  }

  /// Whether policies isolate a class in a direction.
  public func isIsolated(class number: Int, _ direction: PolicyDirection) -> Bool {
    let side = direction == .egress ? egress : ingress
    return side.points.ofClass[number] != Standpoints.open
  }
}

/// One direction for all classes: where each stands, and what is open from there.
struct ReachSide: Sendable {
  let points: Standpoints
  let rows: ReachRows

  init(
    _ direction: PolicyDirection, _ points: Standpoints, _ classes: PartyClasses,
    _ openings: inout RuleOpenings, _ peers: inout PeerSets, _ ports: inout PortTable
  ) {
    var rows = ReachRows()
    var stretches: [ReachRows.Stretch] = []
    for (number, key) in points.keys.enumerated() {
      guard number != Standpoints.open else {
        let everybody = ReachRows.Stretch(classes: 0..<UInt32(classes.all.count), ports: PortTable.all)
        stretches = classes.all.isEmpty ? [] : [everybody]
        rows.addRow(of: &stretches, &ports)
        continue
      }
      openings.all(of: key, direction, &peers, &ports, into: &stretches)
      rows.addRow(of: &stretches, &ports)
    }
    self.points = points
    self.rows = rows
  }
}
