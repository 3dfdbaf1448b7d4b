import Traffic

/// Who and what had a part in each edge: noted in numbers as it comes, told as sets in the end.
///
/// Each set is then made once and in its size; one that grows is filled again and again.
struct Partakers {
  private var notes: [Note] = []
  /// The last note of each edge.
  private var latest: [UInt32] = []
  private var numbers: [UInt64] = []

  /// What one row, or a part of it, shows of an edge; numbers stand for addresses and pods.
  struct Note {
    let clientAddress: UInt32
    let serverAddress: UInt32
    let clientPod: Int?
    let serverPod: Int?
    let direction: Direction
    /// What was dialled where that is not the server itself.
    let dialled: (address: UInt32, port: UInt16)?
    /// The port that was asked for at a Service's address.
    let servicePort: UInt16?
    /// One more than the place of the note before it, of the same edge; 0 where there is none.
    fileprivate var previous: UInt32 = 0

    init(
      clientAddress: UInt32, serverAddress: UInt32, clientPod: Int?, serverPod: Int?, direction: Direction,
      dialled: (address: UInt32, port: UInt16)?, servicePort: UInt16?
    ) {
      self.clientAddress = clientAddress
      self.serverAddress = serverAddress
      self.clientPod = clientPod
      self.serverPod = serverPod
      self.direction = direction
      self.dialled = dialled
      self.servicePort = servicePort
    }
  }

  /// Notes who had a part in an edge; edges come with numbers one after the other.
  mutating func add(_ note: Note, to edge: Int) {
    while latest.count <= edge { latest.append(0) }
    var note = note
    note.previous = latest[edge]
    notes.append(note)
    latest[edge] = UInt32(notes.count)
  }

  /// Tells all of an edge.
  mutating func tell(_ evidence: inout Evidence, of edge: Int, addresses: [Address]) {
    func address(_ number: UInt64) -> Address { addresses[Int(number)] }
    evidence.clientAddresses = set(edge, { UInt64($0.clientAddress) }, address)
    evidence.serverAddresses = set(edge, { UInt64($0.serverAddress) }, address)
    evidence.clientPods = set(edge, { $0.clientPod.map { UInt64($0) } }, { Int($0) })
    evidence.serverPods = set(edge, { $0.serverPod.map { UInt64($0) } }, { Int($0) })
    evidence.directions = set(
      edge, { UInt64($0.direction.rawValue) }, { Direction(rawValue: UInt8($0)) ?? .unknown })
    func socket(_ number: UInt64) -> Socket {
      Socket(address(number >> 16), UInt16(truncatingIfNeeded: number))
    }
    evidence.dialled = set(edge, { $0.dialled.map { UInt64($0.address) << 16 | UInt64($0.port) } }, socket)
    evidence.dialled.formUnion(
      set(edge, { note in note.servicePort.map { UInt64(note.serverAddress) << 16 | UInt64($0) } }, socket))
  }

  /// What the notes of an edge say, each once.
  private mutating func set<Thing: Hashable>(
    _ edge: Int, _ number: (Note) -> UInt64?, _ thing: (UInt64) -> Thing
  ) -> Set<Thing> {
    numbers.removeAll(keepingCapacity: true)
    var place = latest[edge]
    while place > 0 {
      if let number = number(notes[Int(place) - 1]), number != numbers.last { numbers.append(number) }
      place = notes[Int(place) - 1].previous
    }
    guard !numbers.isEmpty else { return [] }
    numbers.sort()
    var count = 1
    for place in 1..<numbers.count where numbers[place] != numbers[place - 1] { count += 1 }
    var found = Set<Thing>(minimumCapacity: count)
    for place in numbers.indices where place == 0 || numbers[place] != numbers[place - 1] {
      found.insert(thing(numbers[place]))
    }
    return found
  }
}
