import Kubernetes
import Traffic

/// The needs that open more than one address, to be asked which of them cover another one.
///
/// A workload may dial thousands of names, each a need of its own with the same opening, and a provider's network may have
/// thousands of blocks: openings are looked up by the blocks around an address, and none is compared with every other.
struct BroadNeeds {
  /// The needs of each opening that nothing else covers, without the names that they go by.
  private var needs: [Opening: Set<Need>] = [:]
  /// The openings by the block that they are about; those for everybody by none.
  private var openings: [Place: [Opening]] = [:]

  /// What a need opens, and whether somebody accepted it.
  private struct Opening: Hashable {
    let peer: Peer?
    let port: PolicyPort
    let isAccepted: Bool

    init(_ need: Need) {
      peer = need.peer
      port = need.port
      isAccepted = need.approval != nil
    }

    /// Whether everything that the other opens is open by this one, and stays so as long as it is needed.
    ///
    /// What somebody accepted may be taken back, and what is needed anyhow must not go with it.
    func covers(_ other: Opening) -> Bool {
      guard port == other.port, peer != other.peer, !isAccepted || other.isAccepted else { return false }
      guard let peer else { return true }
      guard case .block(let mine, let holes) = peer, case .block(let theirs, _)? = other.peer else {
        return false
      }
      return mine.contains(theirs) && !holes.contains { $0.contains(theirs) || theirs.contains($0) }
    }
  }

  private struct Place: Hashable {
    let port: PolicyPort
    let block: Prefix?
  }

  /// Those among these needs.
  init(_ needs: [Need]) {
    var all: [Opening: Set<Need>] = [:]
    for need in needs where need.breadth.isBroad || need.breadth == .network {
      all[Opening(need), default: []].insert(need.called([]))
    }
    for opening in all.keys { note(opening) }
    let covered = all.keys.filter { !covering($0).isEmpty }
    self.needs = all
    for opening in covered { self.needs[opening] = nil }
    openings = [:]
    for opening in self.needs.keys { note(opening) }
  }

  /// Whether there is none.
  var isEmpty: Bool { needs.isEmpty }

  /// Those that open all that another need does.
  func covering(_ need: Need) -> [Need] {
    covering(Opening(need)).flatMap { needs[$0, default: []] }
  }

  private mutating func note(_ opening: Opening) {
    guard case .block(let block, _)? = opening.peer else {
      if opening.peer == nil { openings[Place(port: opening.port, block: nil), default: []].append(opening) }
      return
    }
    openings[Place(port: opening.port, block: block), default: []].append(opening)
  }

  private func covering(_ opening: Opening) -> [Opening] {
    var places = [Place(port: opening.port, block: nil)]
    if case .block(let block, _)? = opening.peer {
      places += (0...block.length).compactMap { length in
        Prefix(block.base, length: length).map { Place(port: opening.port, block: $0) }
      }
    }
    return places.flatMap { openings[$0, default: []] }.filter { $0.covers(opening) }
  }
}
