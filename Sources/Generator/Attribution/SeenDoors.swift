import Kubernetes
import Traffic

/// The doors that traffic itself shows, of those that connections without an opening lead to and nobody declares.
///
/// A door is whoever held an address, and a port. One is where somebody was seen to open a connection, for what answers
/// once answers again. One is also where many ports of others meet: every connection of a client has a port of its own.
/// Datagrams tell nothing: one socket may ask many.
struct SeenDoors {
  private var doors: Set<Door> = []

  /// None.
  static let none = SeenDoors()

  private init() {}

  /// Those that these conversations show.
  init(_ conversations: Conversations, _ attribution: Attribution) {
    let meetings = Meetings(conversations, attribution)
    // Most recordings have no such connections, or declare all ports, and then no row is looked at again.
    guard !meetings.ports.isEmpty else { return }
    doors = meetings.doors
    insert(at: meetings.ports, in: conversations, attribution)
  }

  /// Where it is, whichever pod of a workload it was.
  fileprivate struct Door: Hashable {
    private let owner: Owner
    private let port: UInt16
    private let transport: Transport

    init(_ end: Socket, _ transport: Transport, at moment: Instant, in attribution: Attribution) {
      if case .pod(let pod) = attribution.roster.holder(of: end.address, at: moment) {
        owner = .workload(attribution.inventory.workload(ofPod: pod))
      } else {
        owner = .address(end.address)
      }
      port = end.port
      self.transport = transport
    }

    private enum Owner: Hashable {
      case workload(WorkloadID)
      case address(Address)
    }
  }

  /// Adds the doors at these ports that somebody was seen to open a connection to.
  private mutating func insert(
    at ports: Set<UInt16>, in conversations: Conversations, _ attribution: Attribution
  ) {
    struct Look: Hashable {
      let server: UInt32
      let port: UInt16
      let transport: Transport
      let stretch: Int
    }
    var isWanted = [Bool](repeating: false, count: 1 << 16)
    for port in ports { isWanted[Int(port)] = true }
    let roster = attribution.roster
    let tracks = conversations.addresses.map { roster.track(of: $0) }
    var looks: Set<Look> = []
    for portion in conversations.portions {
      for row in portion
      where isWanted[Int(row.port)] && row.direction == .opening && row.tier.isEstablished {
        // While an address goes from one to the next nobody knows whose the door was.
        guard
          let stretch = tracks[Int(row.server)].map({ roster.stretch(of: $0, during: row.activity) }) ?? -1,
          looks.insert(
            Look(server: row.server, port: row.port, transport: row.transport, stretch: stretch)
          ).inserted
        else { continue }
        let end = Socket(conversations.addresses[Int(row.server)], row.port)
        doors.insert(Door(end, row.transport, at: row.activity.first, in: attribution))
      }
    }
  }
}

// What it can tell.
extension SeenDoors {
  /// Whether an end was a door then, and the other one of its connection was none.
  func hold(
    _ end: Socket, against other: Socket, _ transport: Transport, at moment: Instant,
    in attribution: Attribution
  ) -> Bool {
    // Nearly always there are none.
    guard !doors.isEmpty, transport != .udp else { return false }
    return doors.contains(Door(end, transport, at: moment, in: attribution))
      && !doors.contains(Door(other, transport, at: moment, in: attribution))
  }
}

/// Which ports of others each end met, in connections of which nobody saw the opening and nobody declares a port.
private struct Meetings {
  /// The ports at either end of them.
  private(set) var ports: Set<UInt16> = []
  private var met: [SeenDoors.Door: Set<UInt16>] = [:]
  /// The ends that met, that with the lower port first.
  private var pairs: [(lower: SeenDoors.Door, higher: SeenDoors.Door)] = []

  init(_ conversations: Conversations, _ attribution: Attribution) {
    for portion in conversations.portions {
      for row in portion where row.isUndirected && row.transport != .udp && row.tier.isEstablished {
        let end = Socket(conversations.addresses[Int(row.server)], row.port)
        guard let other = conversations.dialled(in: row), other.port != end.port else { continue }
        let (lower, higher) = end.port < other.port ? (end, other) : (other, end)
        add(lower, higher, row.transport, at: row.activity.first, in: attribution)
      }
    }
  }

  private mutating func add(
    _ lower: Socket, _ higher: Socket, _ transport: Transport, at moment: Instant,
    in attribution: Attribution
  ) {
    guard !attribution.isDeclared(lower, transport, at: moment),
      !attribution.isDeclared(higher, transport, at: moment)
    else { return }
    let low = SeenDoors.Door(lower, transport, at: moment, in: attribution)
    let high = SeenDoors.Door(higher, transport, at: moment, in: attribution)
    ports.formUnion([lower.port, higher.port])
    met[low, default: []].insert(higher.port)
    met[high, default: []].insert(lower.port)
    pairs.append((low, high))
  }

  /// The ends with the lower port that met at least three higher ones, and three times as many as whom they met.
  ///
  /// Two connections of a client may have one port, where they lead to different ends; that a third one has it too is
  /// chance, and rare where they lead to different ports as well.
  var doors: Set<SeenDoors.Door> {
    Set(
      pairs.compactMap { lower, higher in
        let (count, others) = (met[lower, default: []].count, met[higher, default: []].count)
        return count >= 3 && count >= 3 * others ? lower : nil
      })
  }
}
