import Traffic

/// Who and what had a part in each edge: noted in numbers as it comes, told as sets in the end.
///
/// Each set is then made once and in its size; one that grows is filled again and again.
struct Partakers {
  private var notes: [Note] = []
  /// The last note of each edge.
  private var latest: [UInt32] = []
  /// The notes of the edge that is told, side by side: those of all edges lie in the order in which they came.
  private var own: [Note] = []
  private var numbers: [UInt64] = []

  /// Nobody yet, with room for so many notes.
  init(expecting count: Int) {
    notes.reserveCapacity(count)
  }

  /// What one row, or a part of it, shows of an edge; numbers stand for addresses and pods.
  ///
  /// In half a line of a processor's cache, for there is one for every two addresses that met.
  struct Note: BitwiseCopyable {
    fileprivate let clientAddress: UInt32
    fileprivate let serverAddress: UInt32
    /// One more than the number of each pod, and of what was dialled where that is not the server itself; 0 for none.
    fileprivate let clientPod: UInt32
    fileprivate let serverPod: UInt32
    fileprivate let dialledAddress: UInt32
    fileprivate let dialledPort: UInt16
    private let port: UInt16
    private let isThroughService: Bool
    fileprivate let direction: Direction
    /// One more than the place of the note before it, of the same edge; 0 where there is none.
    fileprivate var previous: UInt32 = 0

    init(
      clientAddress: UInt32, serverAddress: UInt32, clientPod: Int?, serverPod: Int?, direction: Direction,
      dialled: (address: UInt32, port: UInt16)?, servicePort: UInt16?
    ) {
      self.clientAddress = clientAddress
      self.serverAddress = serverAddress
      self.clientPod = Self.number(ofPod: clientPod)
      self.serverPod = Self.number(ofPod: serverPod)
      self.direction = direction
      dialledAddress = dialled.map { $0.address + 1 } ?? 0
      dialledPort = dialled?.port ?? 0
      isThroughService = servicePort != nil
      port = servicePort ?? 0
    }

    /// The port that was asked for at a Service's address.
    fileprivate var servicePort: UInt16? { isThroughService ? port : nil }

    private static func number(ofPod pod: Int?) -> UInt32 { pod.map { UInt32($0) + 1 } ?? 0 }
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
    own.removeAll(keepingCapacity: true)
    var place = latest[edge]
    while place > 0 {
      own.append(notes[Int(place) - 1])
      place = notes[Int(place) - 1].previous
    }
    func address(_ number: UInt64) -> Address { addresses[Int(number)] }
    evidence.clientAddresses = set({ UInt64($0.clientAddress) }, address)
    evidence.serverAddresses = set({ UInt64($0.serverAddress) }, address)
    evidence.clientPods = set({ $0.clientPod == 0 ? nil : UInt64($0.clientPod) }, { Int($0) - 1 })
    evidence.serverPods = set({ $0.serverPod == 0 ? nil : UInt64($0.serverPod) }, { Int($0) - 1 })
    evidence.directions = set(
      { UInt64($0.direction.rawValue) }, { Direction(rawValue: UInt8($0)) ?? .unknown })
    func socket(_ number: UInt64) -> Socket {
      Socket(address(number >> 16), UInt16(truncatingIfNeeded: number))
    }
    evidence.dialled = set(
      { $0.dialledAddress == 0 ? nil : UInt64($0.dialledAddress - 1) << 16 | UInt64($0.dialledPort) }, socket)
    evidence.dialled.formUnion(
      set({ note in note.servicePort.map { UInt64(note.serverAddress) << 16 | UInt64($0) } }, socket))
  }

  /// What the notes of the edge say, each once.
  private mutating func set<Thing: Hashable>(
    _ number: (Note) -> UInt64?, _ thing: (UInt64) -> Thing
  ) -> Set<Thing> {
    numbers.removeAll(keepingCapacity: true)
    for note in own {
      if let number = number(note), number != numbers.last { numbers.append(number) }
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
