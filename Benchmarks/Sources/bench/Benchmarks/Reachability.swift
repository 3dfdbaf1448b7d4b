import ClusterWorld
import Console
import Kubernetes
import Support
import Traffic

/// What every pod may reach, over all pairs of pods.
enum Reachability: Benchmark {
  static let name = "reach"
  static let summary = "all pairs of pods: how many may talk, and on how many ports together"
  static let sizes = [1_000, 10_000, 100_000]
  static let tinySize = 60

  private static let (bare, classes, pairs) = ("sparse lists in C", "Reach", "PolicySet.open of each pair")

  /// A policy for every five pods.
  static func words(for size: Int) -> String {
    "\(size.counted("pod")), \((size / 5).counted("policy", "policies"))"
  }

  private static func world(_ size: Int) -> ClusterWorld {
    ClusterWorld(.init(pods: size, policies: size / 5))
  }

  /// The answer is the reference's: it shares no line with what is measured.
  static func make(_ size: Int, in folder: String) throws -> String {
    try FileBytes.write(Array(NumberedWorld(world(size)).text.utf8), to: file(folder))
    let end = try reference(folder).run(in: folder)
    guard end.isDone, let outcome = Outcome(end.output) else {
      throw Complaint("the reference gives no answer", detail: [end.talk], exitCode: .machine)
    }
    return outcome.answer
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let sides = [Side(bare, .reference(try reference(folder))), Side(classes, .here)]
    // Of more pods there are too many pairs to look at each.
    return size <= 1_000 ? sides + [Side(pairs, .here)] : sides
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    switch (side, size) {
    case (classes, 10_000): [.cpu(0.05)]
    case (classes, 100_000): [.cpu(5), .memory(1_000)]
    default: []
    }
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let world = world(size)
    return Outcome(of: { side == classes ? together(world) : everyPair(world) }, answer: { $0 })
  }

  private static func together(_ world: ClusterWorld) -> String {
    let set = PolicySet(world.policies, namespaces: world.namespaces)
    let tally = Reach(set, among: world.pods.map(\.party)).tally
    return "\(tally.openPairs) pairs, \(tally.openPorts) open ports"
  }

  private static func everyPair(_ world: ClusterWorld) -> String {
    let set = PolicySet(world.policies, namespaces: world.namespaces)
    let standings = world.pods.map { set.standing(of: $0.party) }
    var (pairs, places) = (0, 0)
    for (asker, source) in standings.enumerated() {
      for (asked, destination) in standings.enumerated() where asker != asked {
        let open = set.open(from: source, to: destination)
        pairs += open.isEmpty ? 0 : 1
        places += open.ranges.reduce(0) { $0 + $1.ports.count }
      }
    }
    return "\(pairs) pairs, \(places) open ports"
  }

  private static func file(_ folder: String) -> String { "\(folder)/world.txt" }

  private static func reference(_ folder: String) throws -> ChildProcess {
    ChildProcess(program: try Reference.build("reachable", in: folder), arguments: [file(folder)])
  }
}
