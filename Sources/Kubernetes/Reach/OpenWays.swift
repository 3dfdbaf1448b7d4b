public import Traffic

extension Reach {
  /// A port of one of the parties, at which others may ask.
  public struct Door: Hashable, Sendable {
    /// The party, by its place.
    public let party: Int
    /// The port.
    public let port: UInt16
    /// The transport protocol.
    public let transport: Transport

    /// This port of this party.
    public init(of party: Int, _ port: UInt16, _ transport: Transport) {
      self.party = party
      self.port = port
      self.transport = transport
    }
  }

  /// How many ways from these parties to these doors are open, without one step for each; nobody's own door is a way.
  public func openWays(from askers: [Int], to doors: [Door]) -> Int {
    let count = WayCount(self, askers, doors)
    return count.fromFree + count.fromIsolated - count.toThemselves
  }
}

/// Adds up the ways to doors, a stretch of classes at a time.
private struct WayCount {
  private let reach: Reach
  private let askers: Set<Int>
  private let doors: [Reach.Door]
  /// For each class how many ask, and which doors there are.
  private var asking: [Int]
  private var asked: [[Reach.Door]]

  init(_ reach: Reach, _ askers: [Int], _ doors: [Reach.Door]) {
    self.reach = reach
    self.askers = Set(askers)
    self.doors = doors
    asking = Array(repeating: 0, count: reach.classCount)
    asked = Array(repeating: [], count: reach.classCount)
    for asker in self.askers { asking[reach.classOfParty(asker)] += 1 }
    for door in doors { asked[reach.classOfParty(door.party)].append(door) }
  }

  /// Those of askers that no policy isolates: all that the doors' own policies let in.
  var fromFree: Int {
    var free = [0]
    for (place, count) in asking.enumerated() {
      free.append(free[place] + (reach.egress.points.ofClass[place] == Standpoints.open ? count : 0))
    }
    var sum = 0
    for (place, doors) in asked.enumerated() where !doors.isEmpty {
      for stretch in reach.ingress.rows.row(reach.ingress.points.ofClass[place]) {
        let count = free[Int(stretch.classes.upperBound)] - free[Int(stretch.classes.lowerBound)]
        if count > 0 { sum += count * doors.count { holds(stretch.ports, $0) } }
      }
    }
    return sum
  }

  /// Those of isolated askers: what their policies let out and the doors' let in.
  var fromIsolated: Int {
    var sum = 0
    for (place, count) in asking.enumerated() where count > 0 {
      let point = reach.egress.points.ofClass[place]
      guard point != Standpoints.open else { continue }
      for stretch in reach.egress.rows.row(point) {
        for other in stretch.classes where !asked[Int(other)].isEmpty {
          let given = reach.ingress.rows.ports(reach.ingress.points.ofClass[Int(other)], at: UInt32(place))
          guard given != PortTable.none else { continue }
          sum += count * asked[Int(other)].count { holds(stretch.ports, $0) && holds(given, $0) }
        }
      }
    }
    return sum
  }

  /// Those to the asker's own doors, as if it were two alike.
  var toThemselves: Int {
    doors.count { door in
      let own = reach.classOfParty(door.party)
      return askers.contains(door.party)
        && reach.open(fromClass: own, toClass: own).contains(door.port, door.transport)
    }
  }

  private func holds(_ ports: UInt32, _ door: Reach.Door) -> Bool {
    ports == PortTable.all || reach.ports[ports].contains(door.port, door.transport)
  }
}
