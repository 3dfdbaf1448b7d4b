import Console
import Documents
import FlowStore
import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("What cluster keeps, ends and refuses")
struct ClusterCommandTests {
  private static func item(
    _ kind: String, _ name: String, in namespace: String = "", uid: String? = nil, _ version: Int,
    _ rest: String = ""
  ) -> String {
    let home = namespace.isEmpty ? "" : ",\"namespace\":\"\(namespace)\""
    return """
      {"kind":"\(kind)","metadata":{"name":"\(name)"\(home),"uid":"\(uid ?? "\(kind)-\(name)")",\
      "resourceVersion":"\(version)","creationTimestamp":"2026-11-20T09:00:00Z"}\(rest)}
      """
  }

  private static func system(_ uid: String = "s") -> String { item("Namespace", "kube-system", uid: uid, 3) }
  private static let shop = item("Namespace", "shop", 3)
  private static let node = item(
    "Node", "a", 8, ",\"status\":{\"conditions\":[{\"lastHeartbeatTime\":\"2026-11-20T12:00:00Z\"}]}")

  private static func list(_ items: String...) -> String {
    "{\"kind\":\"List\",\"items\":[\(items.joined(separator: ","))]}"
  }

  private static func pod(_ name: String, _ version: Int) -> String {
    item("Pod", name, in: "shop", version, ",\"status\":{\"podIP\":\"10.0.0.1\"}")
  }

  private static func objects(in session: Session) throws -> [StoredObject] {
    try Store(at: session.path("netpol-learn.db"), for: .reading).objects()
  }

  /// By when the pod `p` of a store was gone.
  private static func end(in session: Session, _ store: String = "netpol-learn.db") throws -> String? {
    let kept = try KeptObjects(at: session.path(store))
    let inventory = Inventory(kept.objects, lists: kept.lists)
    return inventory.pods.first { $0.meta.name == "p" }?.goneBy?.description
  }

  @Test("a newer list that is whole ends what is missing in it, and a later one brings it back")
  func ended() throws {
    let session = try Session()
    func load(_ text: String) throws -> (talk: String, until: String?) {
      try session.write(text, to: "list.json")
      let outcome = try session.run("cluster", "--cluster", "@list.json")
      #expect(outcome.code == .done)
      return (outcome.talk, try Self.end(in: session))
    }
    #expect(try load(Self.list(Self.pod("p", 5), Self.system(), Self.shop)).until == nil)
    // As `-l app=q` prints it.
    #expect(try load(Self.list(Self.pod("q", 9))).until == nil)
    let newer = try load(Self.list(Self.system(), Self.shop, Self.node, Self.pod("q", 9)))
    #expect(newer.until == "2026-11-20T12:00:00Z")
    #expect(newer.talk.contains("ended    1 Pod, missing in a newer list\n"))
    let again = try load(Self.list(Self.system(), Self.shop, Self.node, Self.pod("q", 9)))
    #expect(again.until == newer.until && !again.talk.contains("ended"))
    let last = try load(Self.list(Self.system(), Self.shop, Self.node, Self.pod("q", 19), Self.pod("p", 5)))
    #expect(last.until == nil)
    #expect(!last.talk.contains("ended"))
  }

  @Test("an older list that is loaded after a newer one, or merged with it, brings nobody back")
  func olderList() throws {
    let session = try Session()
    try session.write(Self.list(Self.system(), Self.shop, Self.pod("p", 5)), to: "older.json")
    try session.write(Self.list(Self.system(), Self.shop, Self.node, Self.pod("q", 9)), to: "newer.json")
    for order in [["older", "newer"], ["newer", "older"]] {
      let store = "\(order[0])-first.db"
      var talk = ""
      for name in order {
        let outcome = try session.run("cluster", "--cluster", "@\(name).json", "--db", session.path(store))
        talk = outcome.talk
        _ = try session.run("cluster", "--cluster", "@\(name).json", "--db", session.path("\(name).db"))
      }
      #expect(try Self.end(in: session, store) == "2026-11-20T12:00:00Z")
      #expect(talk.contains("ended    1 Pod, missing in a newer list\n"))
      let merged = "\(order[0])-merged.db"
      let stores = order.map { session.path("\($0).db") }
      _ = try session.run(["merge", "--out", session.path(merged)] + stores)
      #expect(try Self.end(in: session, merged) == "2026-11-20T12:00:00Z")
    }
  }

  @Test("an object that is told twice is one of those that were kept")
  func toldTwice() throws {
    let session = try Session()
    try session.write(Self.list(Self.system(), Self.pod("p", 5), Self.pod("p", 6)), to: "a.json")
    let outcome = try session.run("cluster", "--cluster", "@a.json", "--cluster", "@a.json")
    #expect(outcome.talk.contains("2 cluster objects in netpol-learn.db: 1 Namespace, 1 Pod\n"))
  }

  @Test(
    "objects of another cluster are refused, and nothing of them is kept",
    arguments: [
      ["cluster"], ["learn", "-r", Story.capture], ["flows"], ["generate", "-A"],
    ])
  func otherCluster(words: [String]) throws {
    let session = try Session()
    try session.write(Self.list(Self.system(), Self.pod("p", 5)), to: "mine.json")
    try session.write(Self.list(Self.system("t"), Self.pod("q", 5)), to: "other.json")
    _ = try session.run("cluster", "--cluster", "@mine.json")
    let before = try Self.objects(in: session)
    #expect(before.count == 2)
    let outcome = try session.run(words + ["--cluster", "@other.json"])
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("`other.json` is of another cluster than `netpol-learn.db`"))
    #expect(outcome.talk.contains("`kube-system` is not the same one"))
    #expect(outcome.talk.contains("hint: keep a store for each cluster"))
    #expect(try Self.objects(in: session) == before)
  }

  @Test("two sources of two clusters are refused, whichever comes first")
  func twoSources() throws {
    let session = try Session()
    try session.write(Self.list(Self.system(), Self.pod("p", 5)), to: "a.json")
    try session.write(Self.list(Self.system("t"), Self.pod("q", 5)), to: "b.json")
    let outcome = try session.run("cluster", "--cluster", "@a.json", "--cluster", "@b.json")
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("`b.json` is of another cluster than `a.json`"))
    #expect(session.text(of: "netpol-learn.db") == nil)
  }

  @Test("stores of two clusters are not merged")
  func merge() throws {
    let session = try Session()
    for (name, uid) in [("a", "s"), ("b", "t"), ("c", "s")] {
      try session.write(Self.list(Self.system(uid), Self.pod("p-\(name)", 5)), to: "\(name).json")
      _ = try session.run("cluster", "--cluster", "@\(name).json", "--db", session.path("\(name).db"))
    }
    let outcome = try session.run("merge", "@a.db", "@b.db", "--out", session.path("all.db"))
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("`b.db` is of another cluster than `a.db`"))
    #expect(session.bytes(of: "all.db") == nil)
    #expect(try session.run("merge", "@a.db", "@c.db", "--out", session.path("all.db")).code == .done)
  }

  @Test("a source of which nothing shows whose it is gets a remark, and one that shares an object none")
  func strangers() throws {
    let session = try Session()
    try session.write(Self.list(Self.system(), Self.pod("p", 5)), to: "a.json")
    try session.write(Self.list(Self.pod("q", 5)), to: "b.json")
    try session.write(Self.list(Self.pod("p", 6), Self.pod("r", 6)), to: "c.json")
    _ = try session.run("cluster", "--cluster", "@a.json")
    let remark = "nothing in `b.json` shows that it is of the cluster that `netpol-learn.db` knows"
    let stranger = try session.run("cluster", "--cluster", "@b.json")
    #expect(stranger.code == .done)
    #expect(stranger.talk.contains(remark))
    #expect(try !session.run("cluster", "--cluster", "@c.json").talk.contains("nothing in"))
  }

  @Test("a list that is cut short is kept up to there, and so are the files beside one that is none")
  func cut() throws {
    let session = try Session()
    try session.write(String(Self.list(Self.pod("p", 5), Self.pod("q", 5)).dropLast(20)), to: "in/cut.json")
    try session.write(String(repeating: "[", count: 10_000), to: "in/deep.json")
    try session.write(Self.list(Self.shop), to: "in/whole.json")
    let outcome = try session.run("cluster", "--cluster", "@in")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("`in/cut.json:1` is not a whole list"))
    #expect(outcome.talk.contains("what it told before stands"))
    #expect(outcome.talk.contains("`in/deep.json:1` is not a list of cluster objects"))
    #expect(try Self.objects(in: session).map(\.name) == ["shop", "p"])
  }

  @Test(
    "an object that is nested ten thousand levels deep is told with its line, and what stands before it is kept"
  )
  func deep() throws {
    let session = try Session()
    let nested = String(repeating: "{\"a\":", count: 10_000) + "1" + String(repeating: "}", count: 10_000)
    try session.write(Self.pod("p", 5) + "\n" + "{\"kind\":\"Pod\",\"spec\":\(nested)}", to: "deep.json")
    let outcome = try session.run("cluster", "--cluster", "@deep.json")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("`deep.json:2`"))
    #expect(try Self.objects(in: session).map(\.name) == ["p"])
  }

  @Test("what is missing to tell the owners of addresses is named, with the command that adds it")
  func missing() throws {
    let session = try Session()
    let owned = """
      {"kind":"Pod","metadata":{"name":"api-1","namespace":"shop","uid":"u","resourceVersion":"5",\
      "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"api-77","controller":true}]}}
      """
    try session.write(Self.list(owned, Self.system(), Self.item("Service", "s", in: "shop", 4)), to: "a.json")
    let outcome = try session.run("cluster", "--cluster", "@a.json")
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("  no `rs`: the owners of pods end at the names of ReplicaSets"))
    #expect(
      outcome.talk.contains("  no `nodes`: nodes and the pods in their networks count as somebody outside"))
    #expect(
      outcome.talk.contains(
        "`kubectl get endpointslices,nodes,rs -A -o json | netpol-learn cluster --cluster -`"))
    let story = try Session()
    #expect(try !story.run("cluster", "--cluster", Story.cluster).talk.contains("not complete"))
  }

  @Test("whoever made pods that are gone is not asked for: there may be none")
  func goneMakers() throws {
    let session = try Session()
    let owned = """
      {"kind":"Pod","metadata":{"name":"job-1","namespace":"shop","uid":"u","resourceVersion":"5",\
      "ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":"job","controller":true}]}}
      """
    try session.write(Self.list(owned, Self.system()), to: "before.json")
    #expect(try session.run("cluster", "--cluster", "@before.json").talk.contains("no `jobs`"))
    try session.write(Self.list(Self.system(), Self.shop, Self.node, Self.pod("q", 9)), to: "after.json")
    let after = try session.run("cluster", "--cluster", "@after.json").talk
    #expect(after.contains("not complete") && !after.contains("jobs"))
  }

  @Test("a policy that Kubernetes refuses is told with its field, and keeps nobody from generating")
  func brokenPolicy() throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      {"kind":"NetworkPolicy","metadata":{"name":"bad","namespace":"payments"},"spec":{"podSelector":{},"egress":3}}
      """, to: "policy.json")
    let outcome = try session.run("generate", "--ns", "payments", "--cluster", "@policy.json")
    #expect(outcome.code == .input)
    #expect(
      outcome.talk.contains("`policy.json:1`: NetworkPolicy `payments/bad` is none that Kubernetes accepts"))
    #expect(outcome.output.contains("kind: NetworkPolicy"))
  }
}
