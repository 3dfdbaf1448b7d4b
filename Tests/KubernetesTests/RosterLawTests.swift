import TestSupport
import Testing

@testable import Kubernetes
@testable import Traffic

/// Who held an address, looked up the slow way: every lease is asked.
private struct NaiveRoster {
  let leases: [Lease]

  /// A lease without an end ends where the next one begins.
  init(_ claims: [Lease]) {
    leases = claims.map { claim in
      let later = claims.map(\.from).filter { $0 > claim.from }.min()
      guard claim.until == .distantFuture, let later else { return claim }
      return Lease(pod: claim.pod, from: claim.from, until: later)
    }
  }

  func holder(at moment: Instant) -> Holder {
    let sure = leases.filter { $0.from <= moment && moment < $0.until }.map(\.pod)
    let near = leases.filter {
      $0.from.advanced(bySeconds: -Roster.slackSeconds) <= moment
        && moment < $0.until.advanced(bySeconds: Roster.slackSeconds)
    }.map(\.pod)
    let found = sure.isEmpty ? near : sure
    if found.isEmpty { return .nobody }
    return found.count == 1 ? .pod(found[0]) : .either(found.sorted())
  }
}

extension Holder {
  /// The same answer, whatever the order of its names.
  fileprivate var inOrder: Holder {
    if case .either(let pods) = self { .either(pods.sorted()) } else { self }
  }
}

@Suite("What is looked up in a roster is what every lease says")
struct RosterLawTests {
  private static let address = Address(v4: 0x0AF4_0111)

  /// Leases of one address: short and long, overlapping, without an end, of no length, beginning together.
  private static func claims(using random: inout SeededRandom) -> [Lease] {
    (0..<Int.random(in: 1...12, using: &random)).map { pod in
      let from = Int64.random(in: 0...200, using: &random)
      let length: Int64 =
        Bool.random(using: &random)
        ? .random(in: 0...20, using: &random) : .random(in: 0...120, using: &random)
      let isOpen = Int.random(in: 0..<5, using: &random) == 0
      return Lease(
        pod: pod, from: Instant(seconds: from),
        until: isOpen ? .distantFuture : Instant(seconds: from + length))
    }
  }

  @Test("at every moment the answer is the one that asking each lease gives", arguments: UInt64(1)...60)
  func lookup(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let claims = Self.claims(using: &random)
    let roster = Roster([Self.address: claims])
    let naive = NaiveRoster(claims)
    // Half seconds, so that moments lie on every boundary and beside it.
    for half in -20...700 {
      let moment = Instant(nanoseconds: Int64(half) * 500_000_000)
      #expect(
        roster.holder(of: Self.address, at: moment).inOrder == naive.holder(at: moment).inOrder,
        "seed \(seed): \(half) half seconds")
    }
    #expect(roster.holder(of: Self.address, at: .distantPast) == .nobody)
  }

  @Test("between two changes of hands the answer stays as it is", arguments: UInt64(1)...20)
  func changes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let claims =
      [Lease(pod: 99, from: Instant(seconds: 0), until: Instant(seconds: 3))] + Self.claims(using: &random)
    let roster = Roster([Self.address: claims])
    func count(_ half: Int) -> Int {
      roster.changes.count(of: Self.address, until: Instant(nanoseconds: Int64(half) * 500_000_000))
    }
    var changes = 0
    for half in 1...700 {
      let (before, now) = (
        roster.holder(of: Self.address, at: Instant(nanoseconds: Int64(half - 1) * 500_000_000)),
        roster.holder(of: Self.address, at: Instant(nanoseconds: Int64(half) * 500_000_000))
      )
      if before != now {
        changes += 1
        #expect(count(half) > count(half - 1), "seed \(seed): \(half) half seconds")
      }
    }
    #expect(changes > 0, "seed \(seed): nothing changed")
  }

  @Test("twenty thousand pods that claim one address at once are told in time and in room")
  func crowd() {
    let claims = (0..<20_000).map {
      Lease(pod: $0, from: Instant(seconds: Int64($0)), until: Instant(seconds: 40_000 - Int64($0)))
    }
    let roster = Roster([Self.address: claims])
    guard case .either(let pods) = roster.holder(of: Self.address, at: Instant(seconds: 10_000)) else {
      Issue.record("nobody doubts it")
      return
    }
    #expect(pods.count == 10_001)
    #expect(roster.holder(of: Self.address, at: Instant(seconds: 39_998)) == .either([0, 1]))
  }
}
