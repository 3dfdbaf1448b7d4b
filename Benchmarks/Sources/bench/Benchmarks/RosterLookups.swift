import Console
import Kubernetes
import Support
import Traffic

/// Who held an address at a moment: ten million questions in memory, about addresses that many pods held in turn.
enum RosterLookups: Benchmark {
  static let name = "roster"
  static let summary = "who held an address at a moment, asked 100 times for each lease"
  static let sizes = [100_000]
  static let tinySize = 200

  private static let lookup = "Roster"

  static func words(for size: Int) -> String {
    "\((size * questions).grouped) lookups, \(size.counted("lease"))"
  }

  /// The answer comes from how the leases were made: nothing is looked up for it.
  static func make(_ size: Int, in folder: String) throws -> String {
    let turns = Turns(size)
    try FileBytes.write(Array(turns.table.utf8), to: file(folder))
    return answer(turns.questions.lazy.map(\.owner))
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] { [Side(lookup, .here)] }

  static func bars(of side: String, _ size: Int) -> [Bar] { [.cpu(3)] }

  /// The making of the roster counts, and the reading of the table doesn't.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let inventory = Inventory(try ClusterReading(try InputFile(at: file(folder), limit: .max).bytes).objects)
    let owners = inventory.pods.indices.map { Turns.owner(named: inventory.workload(ofPod: $0).name) }
    let asked = Turns(size).questions
    return Outcome(
      of: {
        let roster = Roster(inventory)
        return asked.map { question -> Int32 in
          switch roster.holder(of: question.address, at: question.moment) {
          case .pod(let pod): Int32(truncatingIfNeeded: owners[pod])
          case .nobody: -1
          case .either: -2
          }
        }
      }, answer: { answer($0) })
  }

  private static let questions = 100

  /// How many lookups found somebody, nobody or several, and all of them in order.
  private static func answer(_ found: some Sequence<Int32>) -> String {
    var (somebody, nobody, several) = (0, 0, 0)
    var sum: UInt64 = 0
    for owner in found {
      switch owner {
      case -1: nobody += 1
      case -2: several += 1
      default: somebody += 1
      }
      sum = sum &* 0x100_0000_01B3 &+ UInt64(truncatingIfNeeded: owner)
    }
    return "\(somebody) of somebody, \(nobody) of nobody, \(several) of several, \(String(sum, radix: 16))"
  }

  private static func file(_ folder: String) -> String { "\(folder)/owners.csv" }

  /// Addresses that twenty pods held, one after the other, with a pause between them.
  private struct Turns {
    let leases: Int

    init(_ leases: Int) { self.leases = leases }

    private static let perAddress = 20
    /// Each turn in seconds: a lease of a minute, then a pause in which slack ends and nobody is left.
    private static let (turn, held) = (90, 60)
    private static let start: Int64 = 1_763_600_400

    /// Each holder as a row of an address table.
    var table: String {
      var text = "address,namespace,workload,kind,from,until\n"
      for owner in 0..<leases {
        let from = Self.start + Int64(owner % Self.perAddress * Self.turn)
        // A last second that is told lies within the lease.
        let until = Instant(seconds: from + Int64(Self.held) - 1)
        text += "\(Self.address(owner)),shop,w\(owner),Deployment,\(Instant(seconds: from)),\(until)\n"
      }
      return text
    }

    struct Question {
      let address: Address
      let moment: Instant
      /// Whose moment it is; -1 for nobody's.
      let owner: Int32
    }

    /// Moments of every turn of every address in no order, half of them within a lease and half between two.
    var questions: [Question] {
      var random = SeededRandom(seed: 7)
      return (0..<leases * RosterLookups.questions).map { place in
        let owner = Int.random(in: 0..<leases, using: &random)
        let isHeld = place % 2 == 0
        let second =
          isHeld
          ? Int.random(in: 0..<Self.held, using: &random)
          : Int.random(in: Self.held..<Self.turn, using: &random)
        let isLast = owner % Self.perAddress == Self.perAddress - 1 || owner == leases - 1
        return Question(
          address: Self.address(owner),
          moment: Instant(seconds: Self.start + Int64(owner % Self.perAddress * Self.turn + second)),
          owner: holder(owner, second, isLast: isLast))
      }
    }

    /// Five seconds after a lease and five before the next one are still its holder's.
    private func holder(_ owner: Int, _ second: Int, isLast: Bool) -> Int32 {
      if second < Self.held + 5 { return Int32(truncatingIfNeeded: owner) }
      return second < Self.turn - 5 || isLast ? -1 : Int32(truncatingIfNeeded: owner + 1)
    }

    static func owner(named name: String) -> Int { Int(name.dropFirst()) ?? -1 }

    private static func address(_ owner: Int) -> Address {
      Address(v4: 0x0A00_0000 + UInt32(truncatingIfNeeded: owner / perAddress))
    }
  }
}
