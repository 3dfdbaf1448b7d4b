import TestSupport
import Traffic

/// The life of one address, as it was: many pods held it one after the other.
///
/// Each pod is told in whole seconds, and waits for the address before it has it; some are never told of.
struct AddressLife {
  /// A pod that held the address; times are milliseconds.
  struct Owner {
    let name: String
    /// When the node took the pod over.
    let started: Int64
    /// When it had the address.
    let begin: Int64
    /// When its last container ended.
    let end: Int64
    /// Whether anybody tells of it.
    let isTold: Bool
  }

  static let address = "10.0.0.1"

  let owners: [Owner]
  /// What a watch tells of all this, in order.
  let events: [String]

  init(owners count: Int, using random: inout SeededRandom) {
    var owners: [Owner] = []
    var free: Int64 = 1_800_000_000_000 + .random(in: 0..<1000, using: &random)
    for place in 0..<count {
      let pause: Int64 =
        Bool.random(using: &random)
        ? .random(in: -1500...200, using: &random) : .random(in: 0...40_000, using: &random)
      let started = free + pause
      let begin = max(started, free) + .random(in: 50...2500, using: &random)
      let end = begin + .random(in: 500...60_000, using: &random)
      let isTold = place == 0 || Int.random(in: 0..<8, using: &random) > 0
      owners.append(Owner(name: "p\(place)", started: started, begin: begin, end: end, isTold: isTold))
      free = end
    }
    var told: [(time: Int64, event: (Int) -> String)] = []
    for owner in owners where owner.isTold {
      told.append((owner.started, { Self.event("ADDED", $0, owner) }))
      told.append((owner.begin, { Self.event("MODIFIED", $0, owner, hasAddress: true) }))
      if Bool.random(using: &random) {
        told.append((owner.end, { Self.event("MODIFIED", $0, owner, hasAddress: true, isOver: true) }))
      } else {
        let asked = max(owner.begin, owner.end - .random(in: 0...25_000, using: &random))
        told.append((asked, { Self.event("MODIFIED", $0, owner, hasAddress: true, deleted: asked + 30_000) }))
        told.append(
          (owner.end, { Self.event("DELETED", $0, owner, hasAddress: true, deleted: asked, hasEnded: true) }))
      }
    }
    told.sort { $0.time < $1.time }
    self.owners = owners
    events = told.enumerated().map { $1.event(1000 + $0) }
  }

  private static func event(
    _ type: String, _ version: Int, _ owner: Owner, hasAddress: Bool = false, isOver: Bool = false,
    deleted: Int64? = nil, hasEnded: Bool = false
  ) -> String {
    let deletion = deleted.map { ",\"deletionTimestamp\":\"\(second($0))\"" } ?? ""
    var status =
      "\"phase\":\"\(isOver ? "Succeeded" : "Running")\",\"startTime\":\"\(second(owner.started))\""
    if hasAddress { status += ",\"podIP\":\"\(address)\"" }
    if isOver || hasEnded {
      status +=
        ",\"containerStatuses\":[{\"state\":{\"terminated\":{\"finishedAt\":\"\(second(owner.end))\"}}}]"
    }
    return """
      {"type":"\(type)","object":{"kind":"Pod","metadata":{"name":"\(owner.name)","namespace":"n",\
      "uid":"\(owner.name)","resourceVersion":"\(version)","creationTimestamp":"\(second(owner.started))"\(deletion)},\
      "status":{\(status)}}}

      """
  }

  /// The second that a moment lies in, as objects tell it.
  private static func second(_ milliseconds: Int64) -> String {
    Instant(seconds: milliseconds / 1000).description
  }
}
