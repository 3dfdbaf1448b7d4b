import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("What a cluster may be told by")
struct WatchCommandTests {
  private static let events = """
    {"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"api","namespace":"n","uid":"1","resourceVersion":"5"}}}
    {"type":"MODIFIED","object":{"kind":"Pod","metadata":{"name":"api","namespace":"n","uid":"1","resourceVersion":"6"}}}
    {"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"7"}}}

    """

  @Test("a watch in a pipe is kept like a list, each object once")
  func watch() throws {
    let session = try Session()
    let pipe = try Pipe(Array(Self.events.utf8))
    let outcome = try session.run("cluster", "--cluster", pipe.path)
    #expect(outcome.code == .done)
    #expect(outcome.talk.hasPrefix("kept     1 cluster object in netpol-learn.db: 1 Pod\n"))
  }

  @Test("a watch that breaks off ends with 3, and what it told before is kept")
  func cut() throws {
    let session = try Session()
    try session.write(Self.events + "{\"type\":\"ADDED\",\"obj", to: "pods.jsonl")
    let outcome = try session.run("cluster", "--cluster", "@pods.jsonl")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("kept     1 cluster object in netpol-learn.db"))
    #expect(outcome.talk.contains("`pods.jsonl:4` is not a whole watch"))
    #expect(outcome.talk.contains("what it told before stands"))
  }

  @Test("in a folder watches and tables are read beside manifests")
  func folder() throws {
    let session = try Session()
    try session.write(Self.events, to: "pods.jsonl")
    try session.write("address,workload\n10.0.0.1,shop\n10.0.0.256,shop\n", to: "addresses.csv")
    let outcome = try session.run("cluster", "--cluster", session.path(""))
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("kept     2 cluster objects in netpol-learn.db: 2 Pod"))
    #expect(outcome.talk.contains("addresses.csv:3`: `10.0.0.256` is no address"))
  }

  @Test("what a capture shows is a workload's by a table alone")
  func table() throws {
    let session = try Session()
    try session.write(
      "address,namespace,workload,kind\n10.244.1.10,shop,basket,Deployment\n", to: "addresses.csv")
    _ = try session.run("learn", "-r", Story.capture, "--cluster", "@addresses.csv")
    #expect(try session.run("flows").output.contains("shop/basket"))
  }
}
