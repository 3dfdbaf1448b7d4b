/// What a small cluster went through, and what kubectl printed of it meanwhile.
///
/// It knows nothing of how lists are read: it is the truth that readers are held against.
public struct ListHistory: Sendable {
  /// What kubectl printed.
  public struct Printed: Sendable {
    /// The text.
    public let text: String
    /// In seconds of the day.
    public let second: Int
    /// Whether nothing was left out of it.
    public let isWhole: Bool
    /// The identities of the objects in it.
    public let members: Set<String>
  }

  /// Everything that was printed, in the order of time.
  public private(set) var printed: [Printed] = []
  /// When objects went, in seconds of the day, by identity.
  public private(set) var ends: [String: Int] = [:]

  private struct Thing {
    let kind: String
    let namespace: String
    let name: String
    let uid: String
    var version: Int
    let made: Int
    var address = 1
  }

  private var things: [Thing] = []
  private var revision = 1
  private var second = 9 * 3600
  private var count = 0

  /// A history of so many steps.
  public init(random: inout SeededRandom, steps: Int = 60) {
    for name in ["kube-system", "shop", "old"] { make("Namespace", "", name) }
    make("Service", "default", "kubernetes")
    // A list tells of a kind and of a namespace where it has something of each.
    for kind in ["Pod", "Service"] {
      for home in ["kube-system", "shop", "old"] { make(kind, home, "keep") }
    }
    make("Node", "", "a")
    for _ in 0..<steps {
      second += Int.random(in: 20...900, using: &random)
      step(&random)
    }
    second += 3600
    print(things, isWhole: true)
  }

  private mutating func make(_ kind: String, _ namespace: String, _ name: String) {
    revision += 1
    count += 1
    things.append(
      Thing(
        kind: kind, namespace: namespace, name: name, uid: "u\(count)", version: revision, made: second,
        address: count % 9))
  }

  private mutating func step(_ random: inout SeededRandom) {
    let namespace = ["shop", "old", "kube-system"].randomElement(using: &random) ?? "shop"
    let isLiving = things.contains { $0.kind == "Namespace" && $0.name == namespace }
    let kind = ["Pod", "Pod", "Service"].randomElement(using: &random) ?? "Pod"
    let mortal = things.indices.filter { things[$0].name.hasPrefix("p-") || things[$0].name.hasPrefix("s-") }
    switch Int.random(in: 0..<12, using: &random) {
    case 0...2 where isLiving: make(kind, namespace, kind == "Pod" ? "p-\(count % 4)" : "s-\(count)")
    case 3...4:
      guard let place = mortal.randomElement(using: &random) else { return }
      revision += 1
      things[place].version = revision
      things[place].address = Int.random(in: 0..<9, using: &random)
    case 5...6:
      guard let place = mortal.randomElement(using: &random) else { return }
      let uid = things[place].uid
      remove { $0.uid == uid }
    case 7 where namespace == "old":
      remove { $0.namespace == "old" || $0.kind == "Namespace" && $0.name == "old" }
    case 8: print(things.filter { $0.kind == "Pod" }, isWhole: false)
    case 9: print(things.filter { $0.namespace == "shop" && $0.kind != "Node" }, isWhole: false)
    case 10...11: print(things, isWhole: true)
    default: break
    }
  }

  private mutating func remove(_ isGone: (Thing) -> Bool) {
    for thing in things where isGone(thing) { ends[thing.uid] = second }
    things.removeAll(where: isGone)
    revision += 1
  }

  private mutating func print(_ listed: [Thing], isWhole: Bool) {
    let items = listed.map { json($0) }.joined(separator: ",")
    printed.append(
      Printed(
        text: "{\"kind\":\"List\",\"items\":[\(items)]}", second: second, isWhole: isWhole,
        members: Set(listed.map(\.uid))))
  }

  private func json(_ thing: Thing) -> String {
    let home = thing.namespace.isEmpty ? "" : "\"namespace\":\"\(thing.namespace)\","
    let rest =
      switch thing.kind {
      case "Pod": "\"status\":{\"podIP\":\"10.0.0.\(thing.address)\"}"
      case "Service": "\"spec\":{\"ports\":[{\"port\":\(thing.address + 80)}]}"
      // The machine tells every five minutes that it lives.
      case "Node":
        "\"status\":{\"conditions\":[{\"lastHeartbeatTime\":\"\(Self.time(second / 300 * 300))\"}]}"
      default: "\"status\":{}"
      }
    return """
      {"kind":"\(thing.kind)","metadata":{"name":"\(thing.name)",\(home)"uid":"\(thing.uid)",\
      "resourceVersion":"\(thing.version)","creationTimestamp":"\(Self.time(thing.made))"},\(rest)}
      """
  }

  private static func time(_ second: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = 20 + second / 86_400
    let rest = second % 86_400
    return "2026-11-\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
