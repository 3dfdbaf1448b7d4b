import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("A recorded cluster in which addresses change hands")
struct ChurnTests {
  /// One end of a pod's stretch.
  enum Edge { case from, until }

  @Test(
    "the stretches begin and end when the log says that the pods did",
    arguments: [
      ("2.00", "scale web/storefront 2->3", "storefront-66fb8bf84-rvrp5", Edge.from),
      ("7.13", "delete pod payments/cache", "cache-5f67866b4b-dtlf4", .until),
      ("7.13", "delete pod payments/cache", "cache-5f67866b4b-fzvbp", .from),
      ("11.29", "rolling update", "payments-api-5fcfd7f5f7-xqk27", .from),
      ("11.29", "rolling update", "payments-api-6d7c64998f-bfn86", .until),
      ("11.29", "rolling update", "payments-api-5fcfd7f5f7-6ljlh", .from),
      ("11.29", "rolling update", "payments-api-6d7c64998f-jc8qt", .until),
      ("19.50", "create web/promo Job", "promo-1-vshhv", .from),
      ("28.78", "create payments/legacy-report", "legacy-report", .from),
      ("47.18", "scale web/storefront 3->1", "storefront-66fb8bf84-rvrp5", .until),
      ("47.18", "scale web/storefront 3->1", "storefront-66fb8bf84-5c5d7", .until),
      ("50.41", "scale web/storefront 1->2", "storefront-66fb8bf84-rdzm2", .from),
      ("53.52", "delete pod legacy-report", "legacy-report", .until),
    ])
  func log(seconds: String, words: String, pod: String, edge: Edge) throws {
    let churn = try Churn()
    let log = String(decoding: try churn.text("churn.log"), as: UTF8.self).split(separator: "\n")
    #expect(log.contains { $0.contains("\(seconds) ") && $0.contains(words) }, "the log doesn't say so")
    let held = try #require(Inventory(churn.objects()).pods.first { $0.meta.name == pod }).held
    let told = try #require(Double(seconds))
    let begun = try #require(Churn.start).nanoseconds
    let found = Double((edge == .from ? held.from : held.until).nanoseconds - begun) / 1e9
    // Objects tell whole seconds, and a pod needs up to a second to come and to go.
    #expect(abs(found - told) < 1, "\(pod) \(edge) at \(found)")
  }

  @Test(
    "an address is each time its pod's, though three objects show it at once",
    arguments: [
      ("10.244.1.17", 0, "nobody"), ("10.244.1.17", 13, "settle-29920809-kmzpf"),
      ("10.244.1.17", 16, "settle-29920809-kmzpf"), ("10.244.1.17", 20, "promo-1-vshhv"),
      ("10.244.1.17", 23, "promo-1-vshhv"), ("10.244.1.17", 26, "promo-1-vshhv or legacy-report"),
      ("10.244.1.17", 30, "legacy-report"), ("10.244.1.17", 52, "legacy-report"),
      ("10.244.1.17", 62, "nobody"),
      ("10.244.1.15", -43, "settle-29920808-8zlv7"), ("10.244.1.15", -20, "nobody"),
      ("10.244.1.15", 20, "storefront-66fb8bf84-rvrp5"), ("10.244.1.15", 60, "nobody"),
      ("10.244.1.15", 74, "settle-29920810-l49qx"), ("10.244.1.13", 5, "payments-api-6d7c64998f-bfn86"),
      ("10.244.1.13", 15, "payments-api-5fcfd7f5f7-6ljlh"), ("10.244.1.14", 40, "storefront-66fb8bf84-5c5d7"),
      ("10.244.1.14", 60, "storefront-66fb8bf84-rdzm2"), ("10.244.2.10", -57, "migrate-0042-mvxg5"),
      ("10.244.2.10", 0, "nobody"), ("10.244.2.10", 20, "cache-5f67866b4b-fzvbp"),
      ("10.244.2.13", 0, "cache-5f67866b4b-dtlf4"), ("10.244.2.13", 20, "nobody"),
      ("192.168.50.11", 20, "nobody"),
    ])
  func holders(address: String, seconds: Int64, expected: String) throws {
    let inventory = Inventory(try Churn().objects())
    let moment = try #require(Churn.start).advanced(bySeconds: seconds)
    let found: String =
      switch Roster(inventory).holder(of: try #require(Address(address)), at: moment) {
      case .pod(let pod): inventory.pods[pod].meta.name
      case .either(let pods): pods.map { inventory.pods[$0].meta.name }.joined(separator: " or ")
      case .nobody: "nobody"
      }
    #expect(found == expected)
  }

  @Test("the events about pods tell the same in any order, and told twice")
  func anyOrder() throws {
    let churn = try Churn()
    let events = try churn.events("pods")
    let expected = try ClusterReading(Array(events.joined())).objects
    #expect(events.count > 50 && expected.count == 13)
    for seed in UInt64(1)...10 {
      var random = SeededRandom(seed: seed)
      let told = (events + events).shuffled(using: &random)
      #expect(try ClusterReading(Array(told.joined())).objects == expected, "seed \(seed)")
    }
  }

  @Test("a list that is older than a watch takes nothing back, whichever is read first")
  func olderList() throws {
    let churn = try Churn()
    let list = try ClusterReading(churn.text("list-pods.json")).objects
    let watch = try ClusterReading(churn.text("watch-pods.jsonl")).objects
    #expect((list + watch).newest == (watch + list).newest)
    #expect((list + watch).newest != list.newest)
  }

  @Test("Services and namespaces that went have an end, and those that stayed have none")
  func otherKinds() throws {
    let others = try Churn().objects().newest.filter { $0.kind != "Pod" }
    #expect(others.count > 20)
    let ended = others.filter { $0.meta.deleted != nil }
    #expect(ended.map(\.kind).sorted() == ["EndpointSlice", "Namespace", "Service"])
    #expect(ended.allSatisfy { $0.meta.name == "scratch" || $0.meta.name.hasPrefix("extra") })
  }

  @Test("a watch from a version that is forgotten is a failure of the API server")
  func expired() throws {
    let reading = try ClusterReading(Churn().text("expired.jsonl"))
    #expect(reading.objects.isEmpty)
    #expect(reading.failures == ["too old resource version: 601 (897)"])
  }
}
