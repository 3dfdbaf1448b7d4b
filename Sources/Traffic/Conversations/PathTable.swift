/// The numbers that all packets of a connection bear, whichever of its addresses they go between.
struct PathTags: BitwiseCopyable {
  /// What the server's packets bear.
  let client: UInt32
  /// What the client's packets bear.
  let server: UInt32
}

/// Which connection a packet belongs to, by its number and ports.
struct PathTable: ~Copyable {
  private var paths: SlotTable<KnownPath>

  init(limit: Int, seed: HashSeed) {
    // Each connection has two ways.
    paths = SlotTable(limit: limit > .max / 2 ? .max : 2 * limit, seed: seed)
  }

  /// The leg whose packets bear this number between these ports, and whether they are the client's.
  func holder(of tag: UInt32, from source: UInt16, to destination: UInt16) -> (
    place: Int, serial: UInt32, isClient: Bool
  )? {
    let key = KnownPath.Key(tag: tag, source: source, destination: destination)
    return paths.place(of: key, hash: paths.hash(of: key)).map { place in
      (Int(paths[place].leg), paths[place].legSerial, paths[place].isClient)
    }
  }

  /// Remembers both ways of a leg; where there is no room, its other paths will not be known for its own.
  mutating func keep<State>(_ tags: PathTags, of leg: borrowing Leg<State>, at place: Int) {
    for isClient in [true, false] {
      let key = Self.key(tags, leg, isClient: isClient)
      let hash = paths.hash(of: key)
      let known = KnownPath(
        key: key, leg: UInt32(truncatingIfNeeded: place), legSerial: leg.serial, isClient: isClient)
      if let found = paths.place(of: key, hash: hash) { _ = paths.remove(found) }
      _ = paths.insert(known, hash: hash)
    }
  }

  /// Forgets both ways of a leg, unless they are another's by now.
  mutating func forget<State>(_ tags: PathTags, of leg: borrowing Leg<State>, at place: Int) {
    for isClient in [true, false] {
      let key = Self.key(tags, leg, isClient: isClient)
      guard let found = paths.place(of: key, hash: paths.hash(of: key)),
        paths[found].legSerial == leg.serial, Int(paths[found].leg) == place
      else { continue }
      _ = paths.remove(found)
    }
  }

  private static func key<State>(
    _ tags: PathTags, _ leg: borrowing Leg<State>, isClient: Bool
  ) -> KnownPath.Key {
    let (client, server) = (leg.clientSocket.port, leg.server.port)
    return isClient
      ? KnownPath.Key(tag: tags.server, source: client, destination: server)
      : KnownPath.Key(tag: tags.client, source: server, destination: client)
  }
}

/// One way of a connection.
struct KnownPath: Slotted {
  struct Key: SlotKey {
    let tag: UInt32
    let source: UInt16
    let destination: UInt16

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 {
      seed.hash(UInt64(tag), UInt64(source), UInt64(destination), 0)
    }
  }

  let key: Key
  var serial: UInt32 = 0
  /// The place of the leg, and what tells it from others there.
  let leg: UInt32
  let legSerial: UInt32
  /// Whether it is the client who sends this way.
  let isClient: Bool

  static let vacant = KnownPath(
    key: Key(tag: 0, source: 0, destination: 0), leg: 0, legSerial: 0, isClient: false)
}
