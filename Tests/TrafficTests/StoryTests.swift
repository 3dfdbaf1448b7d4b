import TestSupport
import Testing
import Traffic

/// The sample's files are what its script makes, and agree with each other.
@Suite struct StoryTests {
  let text: String
  let story: TrafficScript

  init() throws {
    text = try Repository.text("samples/payments/story.txt")
    story = try TrafficScript(text)
  }

  @Test func `the capture is what the script makes, byte for byte`() {
    expectGolden(bytes: story.capture(), "samples/payments/node-a.pcap")
  }

  @Test func `the truth is what the script says`() {
    expectGolden(story.truth, "samples/payments/truth.tsv")
  }

  @Test func `the same script makes the same bytes again`() throws {
    #expect(try TrafficScript(text).capture() == story.capture())
  }

  @Test func `the capture stays small enough to live in the repository`() throws {
    #expect(try Repository.read("samples/payments/node-a.pcap").count < 100_000)
    #expect(try Repository.read("samples/payments/cluster.json").count < 150_000)
  }

  @Test func `every pod of the script has the same address and node in the cluster`() throws {
    let objects = try Repository.text("samples/payments/cluster.json").split(separator: "\n        {\n")
    for pod in story.pods {
      let facts = [
        #""kind": "Pod""#, #""name": "\#(pod.name)""#, #""namespace": "\#(pod.namespace)""#,
        #""podIP": "\#(pod.address)""#, #""nodeName": "\#(pod.node)""#,
      ]
      let agrees = objects.contains { object in facts.allSatisfy { object.contains($0) } }
      #expect(agrees, "`\(pod.called)` is not in cluster.json, or not at \(pod.address) on \(pod.node)")
    }
  }

  @Test func `conversations of the wire and edges of the truth count the same connections`() {
    let edges = story.edges.reduce(0) { $0 + $1.conversations }
    // One of an exchange's faces is real; the others show the same exchange.
    let real = story.conversations.filter { $0.face == .real }.reduce(0) { $0 + $1.count }
    #expect(edges == real)
  }

  @Test func `every bin has something in it`() {
    let bins = Set(story.edges.map(\.bin))
    #expect(bins == ["learned", "baseline", "quarantined", "unattributed", "out-of-scope"])
  }
}
