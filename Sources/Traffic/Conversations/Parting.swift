/// Which of the legs that numbers tied are one connection, and which are others that began with the same number.
///
/// A scanner keeps its port and its number for every door, and then what became of each tells more than the numbers do.
/// It is judged when all of them are over, from whole legs, so that the order in which they were seen can't matter.
/// A leg that fits two which contradict each other stays alone: nobody knows whose it is.
struct Parting<State: TransportState> {
  private let legs: [Leg<State>]
  /// Whether both ends were seen to talk on one leg.
  ///
  /// Then another on which nobody answered led elsewhere.
  private let isOneSeenWhole: Bool

  init(_ legs: [Leg<State>]) {
    self.legs = Self.facingOneWay(legs)
    isOneSeenWhole = legs.contains(where: \.isSeenWhole)
  }

  /// The same legs, of which those turn that were seen in the middle alone and took for the client who is the server on
  /// another: the one that was seen opening is believed first, then the one whose server has the lowest port.
  private static func facingOneWay(_ legs: [Leg<State>]) -> [Leg<State>] {
    guard legs.contains(where: \.state.isMidstream) else { return legs }
    var turned: [Leg<State>] = []
    var others = legs.sorted { isSurer($0, $1) }
    while !others.isEmpty {
      let next = others.firstIndex { leg in turned.contains { $0.sharesAnEnd(with: leg) } } ?? 0
      var leg = others.remove(at: next)
      if leg.state.isMidstream, turned.contains(where: { areOpposed($0, leg) }) { leg.turn() }
      turned.append(leg)
    }
    return turned
  }

  private static func isSurer(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
    guard one.state.isOpened == other.state.isOpened else { return one.state.isOpened }
    return (one.server.port, one.server, one.clientSocket) < (
      other.server.port, other.server, other.clientSocket
    )
  }

  /// Whether who asked on one leg was asked on the other.
  private static func areOpposed(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
    one.clientSocket == other.server || one.server == other.clientSocket
  }

  /// The legs of each connection.
  var connections: [[Leg<State>]] {
    // Nearly always it is one, for which no list is needed.
    guard !areAtOne(legs.indices) || !isChain else { return [legs] }
    let isTorn = legs.indices.map(isTorn)
    let torn = legs.indices.filter { isTorn[$0] }
    let classes = classes(of: legs.indices.filter { !isTorn[$0] })
    let parted = classes.flatMap { members in
      areAtOne(members) ? [members] : members.map { [$0] }
    }
    return (torn.map { [$0] } + parted).map { members in members.map { legs[$0] } }
  }

  /// Whether none of the first legs can be of one connection with any of the others.
  func areApart(_ count: Int) -> Bool {
    legs.indices.prefix(count).allSatisfy { one in
      legs.indices.dropFirst(count).allSatisfy { contradict(one, $0) }
    }
  }

  /// Whether every leg fits the first, directly or through others: both numbers alone tie no two.
  private var isChain: Bool {
    var reached = [0]
    var left = Array(legs.indices.dropFirst())
    while let next = left.firstIndex(where: { leg in reached.contains { fit($0, leg) } }) {
      reached.append(left.remove(at: next))
    }
    return left.isEmpty
  }

  /// Puts together what fits, directly or through others.
  private func classes(of members: [Int]) -> [[Int]] {
    var classes: [[Int]] = []
    for member in members {
      let known = classes.filter { $0.contains { fit($0, member) } }
      classes.removeAll { $0.contains { fit($0, member) } }
      classes.append(known.joined() + [member])
    }
    return classes
  }

  /// Whether a leg fits two that can't be of one connection.
  private func isTorn(_ leg: Int) -> Bool {
    !areAtOne(legs.indices.filter { fit($0, leg) })
  }

  private func areAtOne(_ members: some Collection<Int>) -> Bool {
    members.allSatisfy { one in members.allSatisfy { other in one <= other || !contradict(one, other) } }
  }

  private func fit(_ one: Int, _ other: Int) -> Bool {
    guard one != other, !contradict(one, other) else { return false }
    let (one, other) = (legs[one], legs[other])
    // A translation changes one end.
    return one.sharesAnEnd(with: other) || Self.areTranslatedTwice(one, other)
  }

  /// Whether a machine may have changed both ends at once, as it does for whom it hides and hands on to a Service's pod.
  ///
  /// Only both sides' numbers say so. Who simulates both sides uses some numbers for all; but these stand beside each
  /// other, and here one is farther from the client and nearer to the server.
  private static func areTranslatedTwice(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
    guard let number = one.state.clientInitial, number == other.state.clientInitial,
      let answer = one.state.serverInitial, answer == other.state.serverInitial,
      let asked = one.asked.hops, let askedThere = other.asked.hops,
      let replied = one.replied.hops, let repliedThere = other.replied.hops
    else { return false }
    return asked > askedThere && replied < repliedThere || asked < askedThere && replied > repliedThere
  }

  private func contradict(_ one: Int, _ other: Int) -> Bool {
    guard one != other else { return false }
    let (one, other) = (legs[one], legs[other])
    // A masquerade changes the address of a client.
    if one.server == other.server, one.clientSocket.address == other.clientSocket.address { return true }
    // A translation keeps both numbers, and no two servers choose the same.
    if let number = one.state.serverInitial, let another = other.state.serverInitial {
      return number != another
    }
    return endDifferently(one, other) || Self.areSeenSideBySide(one, other)
  }

  /// Whether one was refused and the other was not, or one was answered and the other would have shown that.
  private func endDifferently(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
    let isRefused = (one.state.tier == .refused, other.state.tier == .refused)
    return isRefused.0 != isRefused.1 || isOneSeenWhole && one.isUnanswered != other.isUnanswered
  }

  /// Whether one interface showed both at the same distance from a sender.
  ///
  /// Then nothing stood between them that could translate.
  private static func areSeenSideBySide(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
    guard one.interfaces.sharesNamed(with: other.interfaces) else { return false }
    return areAlike(one.asked.hops, other.asked.hops) || areAlike(one.replied.hops, other.replied.hops)
  }

  private static func areAlike(_ one: UInt8?, _ other: UInt8?) -> Bool {
    guard let one, let other else { return false }
    return one == other
  }
}
