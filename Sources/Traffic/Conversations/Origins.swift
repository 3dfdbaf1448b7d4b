/// For exchanges behind a masquerade, which exchange before it each of them is.
///
/// Apart from the exchanges, because hardly any has one and each fills its line of memory.
struct Origins {
  /// An exchange by its place, while it has this serial there.
  struct Origin: BitwiseCopyable {
    let place: UInt32
    let serial: UInt32
  }

  private var origins: [Origin] = []

  /// The origin that was noted last for what is in a place; nil where none was.
  subscript(place: Int) -> Origin? {
    guard place < origins.count, origins[place].serial != 0 else { return nil }
    return origins[place]
  }

  /// Takes note that what is in a place comes from this origin.
  mutating func note(_ origin: Origin, of place: Int) {
    if place >= origins.count {
      let missing = place + 1 - origins.count
      origins.append(contentsOf: repeatElement(Origin(place: 0, serial: 0), count: missing))
    }
    origins[place] = origin
  }

  /// How many masquerades one after the other are followed: the pod's node, a gateway, and room for more.
  static let mostMasquerades = 4
}
