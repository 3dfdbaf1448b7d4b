import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("What is missing in a newer list")
struct WholeListTests {
  private static func item(
    _ kind: String, _ name: String, in namespace: String = "", _ version: Int, _ rest: String = ""
  ) -> String {
    let home = namespace.isEmpty ? "" : ",\"namespace\":\"\(namespace)\""
    return """
      {"kind":"\(kind)","apiVersion":"v1","metadata":{"name":"\(name)"\(home),"uid":"\(kind)-\(name)",\
      "resourceVersion":"\(version)","creationTimestamp":"2026-11-20T09:00:00Z"}\(rest)}
      """
  }

  private static func pod(_ name: String, in namespace: String = "shop", _ version: Int) -> String {
    item("Pod", name, in: namespace, version, ",\"status\":{\"podIP\":\"10.0.0.1\"}")
  }

  private static func node(_ version: Int, heartbeat: String? = "12:00:00") -> String {
    let told = heartbeat.map { "{\"type\":\"Ready\",\"lastHeartbeatTime\":\"2026-11-20T\($0)Z\"}" } ?? ""
    return item("Node", "a", version, ",\"status\":{\"conditions\":[\(told)]}")
  }

  private static let system = item("Namespace", "kube-system", 3)
  private static let shop = item("Namespace", "shop", 3)
  private static let api = item("Service", "kubernetes", in: "default", 3)

  private static func list(_ items: String...) -> String {
    "{\"apiVersion\":\"v1\",\"items\":[\(items.joined(separator: ","))],\"kind\":\"List\",\"metadata\":{}}\n"
  }

  private static func read(_ text: String) throws -> ClusterReading {
    try ClusterReading(Array(text.utf8))
  }

  /// What of an earlier text a later one shows to be gone, by name.
  private static func gone(_ earlier: String, _ later: String) throws -> [String] {
    let (old, new) = (try read(earlier), try read(later))
    return (old.objects + new.objects).ended(by: new.wholeLists).map(\.meta.name)
  }

  @Test(
    "is gone where the list shows that it is whole, and says when it was made",
    arguments: [list(system, shop, node(8), pod("q", 9)), list(api, node(8), pod("q", 9))])
  func whole(newer: String) throws {
    #expect(try Self.gone(Self.list(Self.pod("p", 5)), newer) == ["p"])
  }

  @Test(
    "is not gone where labels, a namespace or names may have been asked for",
    arguments: [
      // `-l app=x`: neither the namespace nor the API server's Service has such a label.
      list(node(8), pod("q", 9)), list(pod("q", 9)),
      // No machine, or none that tells the time.
      list(system, pod("q", 9)), list(system, node(8, heartbeat: nil), pod("q", 9)),
      // `-n other`, with kinds of the whole cluster beside it.
      list(system, shop, node(8), pod("q", in: "other", 9)),
      // Pods were not asked for.
      list(system, shop, node(8), item("Service", "s", in: "shop", 9)),
      // An older list, and one as old.
      list(system, shop, node(3), pod("q", 4)), list(system, shop, node(3), pod("q", 5)),
      // Objects that stand alone.
      [system, shop, node(8), pod("q", 9)].joined(separator: "\n"),
      // Two lists, of which one is whole and the other one has the pods.
      list(system, shop, node(8)) + list(pod("q", 9)),
      // It is there.
      list(system, shop, node(8), pod("q", 9), pod("p", 5)),
    ])
  func doubtful(newer: String) throws {
    #expect(try Self.gone(Self.list(Self.pod("p", 5)), newer) == [])
  }

  @Test("is gone with its namespace, where the list tells the namespaces")
  func namespace() throws {
    let newer = Self.list(Self.system, Self.shop, Self.node(8), Self.pod("q", 9))
    let old = Self.list(Self.item("Namespace", "old", 2), Self.pod("p", in: "old", 5))
    #expect(try Self.gone(old, newer) == ["old", "p"])
    let untold = Self.list(Self.api, Self.node(8), Self.pod("q", 9))
    #expect(try Self.gone(old, untold) == [])
  }

  @Test("a list that breaks off shows nobody to be gone")
  func cut() throws {
    let newer = Self.list(Self.system, Self.shop, Self.node(8), Self.pod("q", 9)).dropLast(20)
    #expect(try Self.read(String(newer)).cut != nil)
    #expect(try Self.gone(Self.list(Self.pod("p", 5)), String(newer)) == [])
  }

  @Test("a list in YAML, and one within a list, show the same")
  func otherForms() throws {
    let newer = Self.list(Self.system, Self.shop, Self.node(8), Self.pod("q", 9))
    #expect(try Self.gone(Self.list(Self.pod("p", 5)), "# saved\n" + newer) == ["p"])
    let nested = Self.list(
      Self.list(Self.system, Self.shop), Self.list(Self.node(8)), Self.list(Self.pod("q", 9)))
    #expect(try Self.gone(Self.list(Self.pod("p", 5)), nested) == ["p"])
  }

  @Test("a pod that is gone holds its address until the moment of the list and no longer")
  func address() throws {
    let old = try Self.read(Self.list(Self.pod("p", 5)))
    let new = try Self.read(
      Self.list(Self.system, Self.shop, Self.node(8), Self.item("Pod", "q", in: "shop", 9)))
    let all = old.objects + new.objects
    let roster = Roster(Inventory(all, lists: new.wholeLists))
    let address = try #require(Address("10.0.0.1"))
    func isHeld(_ time: String) throws -> Bool {
      roster.holder(of: address, at: try #require(Instant("2026-11-20T\(time)Z"))) != .nobody
    }
    #expect(try isHeld("11:59:59"))
    #expect(try !isHeld("12:00:10"))
  }

  @Test("in whatever order lists are read, the newest of them decides")
  func anyOrder() throws {
    func list(_ version: Int, _ time: String, hasPod: Bool) -> String {
      let pods = [Self.pod("q", version)] + (hasPod ? [Self.pod("p", 5)] : [])
      return Self.list(
        Self.system, Self.shop, Self.node(version, heartbeat: time), pods.joined(separator: ","))
    }
    let texts = [
      list(10, "10:00:00", hasPod: true), list(20, "11:00:00", hasPod: false),
      list(30, "12:00:00", hasPod: true),
    ]
    func isThere(after texts: [String]) throws -> Bool {
      var kept: [ClusterObject] = []
      var lists: [WholeList] = []
      for text in texts {
        let reading = try Self.read(text)
        kept = (kept + reading.objects).newest
        lists += reading.wholeLists
      }
      return !kept.ended(by: lists).contains { $0.meta.name == "p" }
    }
    #expect(try !isThere(after: [texts[0], texts[1]]))
    #expect(try !isThere(after: [texts[0], texts[1], texts[0]]), "an older list brings nobody back")
    #expect(try !isThere(after: [texts[1], texts[0]]), "nor does it where it is loaded later")
    for seed in UInt64(1)...20 {
      var random = SeededRandom(seed: seed)
      #expect(try isThere(after: texts.shuffled(using: &random)), "seed \(seed)")
    }
  }

  @Test("the newest object of a kind is gone too, though the next list knows older versions only")
  func newestOfItsKind() throws {
    func list(_ time: String, _ pods: String) -> String {
      Self.list(Self.system, Self.shop, Self.node(3, heartbeat: time), pods)
    }
    let before = list("11:00:00", Self.pod("p", 9) + "," + Self.pod("q", 5))
    let quiet = list("11:00:00", Self.pod("p", 5) + "," + Self.pod("q", 9))
    let after = list("12:00:00", Self.pod("q", 5))
    #expect(try Self.gone(before, after) == ["p"])
    #expect(try Self.gone(quiet, list("12:00:00", Self.pod("q", 9))) == ["p"])
    #expect(try Self.gone(after, before) == [], "an older list ends nothing")
    // Lists of some of the machines show earlier moments than those of all.
    #expect(try Self.gone(before, list("11:09:00", Self.pod("q", 5))) == [])
    #expect(try Self.gone(before, list("11:11:00", Self.pod("q", 5))) == ["p"])
  }

  @Test("an address that the next pod had before the list was made is that pod's from its start")
  func handedOver() throws {
    let later = Self.item("Pod", "q", in: "shop", 9, ",\"status\":{\"podIP\":\"10.0.0.1\"}")
      .replacing("T09:00:00Z", with: "T11:00:00Z")
    let (old, new) = (
      try Self.read(Self.list(Self.pod("p", 5))),
      try Self.read(Self.list(Self.system, Self.shop, Self.node(8), later))
    )
    let inventory = Inventory(old.objects + new.objects, lists: new.wholeLists)
    let address = try #require(Address("10.0.0.1"))
    func holder(_ time: String) throws -> String? {
      let moment = try #require(Instant("2026-11-20T\(time)Z"))
      guard case .pod(let place) = Roster(inventory).holder(of: address, at: moment) else { return nil }
      return inventory.pods[place].meta.name
    }
    #expect(try holder("10:59:00") == "p")
    #expect(try holder("11:30:00") == "q")
    #expect(try holder("13:00:00") == "q")
  }

  @Test("a list without namespaces ends nothing where it has another API server's Service")
  func otherCluster() throws {
    let mine = try Self.read(
      Self.list(Self.system, Self.api, Self.shop, Self.node(3, heartbeat: "10:00:00"), Self.pod("p", 5)))
    func ended(_ items: String...) throws -> [String] {
      let other = try Self.read(Self.list(Self.node(30), Self.pod("q", 50), items.joined(separator: ",")))
      #expect(other.wholeLists.count == 1)
      let all = (mine.objects + other.objects, mine.wholeLists + other.wholeLists)
      return all.0.ended(by: all.1).map(\.meta.name)
    }
    let api = Self.api.replacing("\"Service-kubernetes\"", with: "\"other\"")
    #expect(try ended(api) == [])
    #expect(try ended(Self.api) == ["p"])
  }

  @Test("what a store keeps of a list says the same", arguments: [[system, api, shop], [api]])
  func kept(items: [String]) throws {
    let list = try #require(
      try Self.read(Self.list(Self.node(8), Self.pod("p", 5), items.joined(separator: ","))).wholeLists.first)
    #expect(WholeList(list.document, at: list.moment) == list)
    let text = JSON.write(list.document)
    for flaw in ["{}", "{\"kinds\":{}}", text.replacing("\"5\"", with: "\"five\"")] {
      #expect(WholeList(try JSON.read(Array(flaw.utf8)), at: list.moment) == nil, "\(flaw)")
    }
  }

  @Test("a list made after the recorded changes ends just what the watches told as deleted")
  func recorded() throws {
    let churn = try Churn()
    let kinds = ["pods", "services", "nodes", "endpointslices", "namespaces"]
    func text(_ objects: some Collection<Node>) -> [UInt8] {
      Array(JSON.write(.mapping(["kind": .string("List"), "items": .sequence(Array(objects))])).utf8)
    }
    let before = try kinds.flatMap { try Document.read(churn.text("list-\($0).json"), limits: .cluster) }
    var there: [String: Node] = [:]
    for object in before { there[object[["metadata", "uid"]]?.string ?? ""] = object }
    var deleted: Set<String> = []
    for event in try kinds.flatMap({ try Document.read(churn.text("watch-\($0).jsonl"), limits: .cluster) }) {
      guard let object = event["object"], let uid = object[["metadata", "uid"]]?.string else { continue }
      if event["type"]?.string == "DELETED" {
        there[uid] = nil
        deleted.insert(uid)
      } else {
        there[uid] = object
      }
    }
    let old = try ClusterReading(text(before))
    let new = try ClusterReading(text(there.values))
    #expect(old.problems.isEmpty && new.problems.isEmpty)
    let ended = (old.objects + new.objects).ended(by: new.wholeLists).map(\.meta.uid)
    let expected = old.objects.filter { !$0.isEnded && deleted.contains($0.meta.uid) }.map(\.meta.uid)
    #expect(expected.count == 4)
    #expect(Set(ended) == Set(expected))
  }
}
