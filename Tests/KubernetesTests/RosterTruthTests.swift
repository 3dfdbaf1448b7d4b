import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("Who held an address, against the truth")
struct RosterTruthTests {
  /// An instant in milliseconds.
  private static func instant(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: milliseconds * 1_000_000)
  }

  @Test(
    "fifty owners of one address, told late, twice and out of order: none gets another's moment",
    arguments: UInt64(1)...20)
  func fiftyOwners(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let life = AddressLife(owners: 50, using: &random)
    let events = (life.events + life.events.shuffled(using: &random).prefix(40)).shuffled(using: &random)
    let inventory = Inventory(try ClusterReading(Array(events.joined().utf8)).objects)
    #expect(inventory.pods.count == life.owners.count { $0.isTold })
    let roster = Roster(inventory)
    let address = try #require(Address(AddressLife.address))
    var sure = 0
    var asked = 0
    for owner in life.owners where owner.isTold {
      for moment in stride(from: owner.begin, to: owner.end, by: 97) {
        asked += 1
        switch roster.holder(of: address, at: Self.instant(moment)) {
        case .pod(let pod):
          sure += 1
          #expect(inventory.pods[pod].meta.name == owner.name, "seed \(seed): \(moment)")
        case .either(let pods):
          #expect(pods.contains { inventory.pods[$0].meta.name == owner.name }, "seed \(seed): \(moment)")
        case .nobody: Issue.record("seed \(seed): \(owner.name) lost \(moment)")
        }
      }
    }
    // What is left to doubt lies around changes of hands, and is no excuse for all the rest.
    #expect(sure * 10 > asked * 9, "seed \(seed): \(sure) of \(asked)")
  }

  @Test(
    "an owner that nobody told of is nobody, beyond the slack of those beside it", arguments: UInt64(1)...20)
  func untold(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let life = AddressLife(owners: 50, using: &random)
    let events = life.events.shuffled(using: &random)
    let roster = Roster(Inventory(try ClusterReading(Array(events.joined().utf8)).objects))
    let address = try #require(Address(AddressLife.address))
    // Slack, and the second that an end or a beginning is told in.
    let reach = (Roster.slackSeconds + 1) * 1000
    let told = life.owners.filter(\.isTold)
    var asked = 0
    for owner in life.owners where !owner.isTold {
      for moment in stride(from: owner.begin, to: owner.end, by: 97)
      where told.allSatisfy({ moment < $0.started - reach || $0.end + reach < moment }) {
        asked += 1
        #expect(
          roster.holder(of: address, at: Self.instant(moment)) == .nobody, "seed \(seed): \(moment)")
      }
    }
    #expect(asked > 0, "seed \(seed): nothing was asked")
  }
}
