import TestSupport
import Testing
import Traffic

/// The samples' files are what their scripts make, and agree with each other.
@Suite struct StoryTests {
  @Test(arguments: Sample.all)
  func `the capture is what the script makes, byte for byte`(sample: Sample) throws {
    let bytes = try sample.script().capture()
    expectGolden(bytes: bytes, sample.capture)
    #expect(try sample.script().capture() == bytes, "the same script makes the same bytes again")
  }

  @Test(arguments: Sample.all)
  func `the truth is what the script says`(sample: Sample) throws {
    expectGolden(try sample.script().truth, sample.truth)
  }

  @Test(arguments: Sample.all)
  func `the files stay small enough to live in the repository`(sample: Sample) throws {
    #expect(try Repository.read(sample.capture).count < 100_000)
    #expect(try Repository.read(sample.cluster).count < 150_000)
  }

  @Test(arguments: Sample.all)
  func `every pod of the script has the same address and node in the cluster`(sample: Sample) throws {
    let objects = try Repository.text(sample.cluster).split(separator: "\n        {\n")
    for pod in try sample.script().pods {
      let facts = [
        #""kind": "Pod""#, #""name": "\#(pod.name)""#, #""namespace": "\#(pod.namespace)""#,
        #""ip": "\#(pod.address)""#, #""nodeName": "\#(pod.node)""#,
      ]
      let agrees = objects.contains { object in facts.allSatisfy { object.contains($0) } }
      #expect(agrees, "`\(pod.called)` is not in cluster.json, or not at \(pod.address) on \(pod.node)")
    }
  }

  @Test(arguments: Sample.all)
  func `conversations of the wire and edges of the truth count the same connections`(sample: Sample) throws {
    let story = try sample.script()
    let edges = story.edges.reduce(0) { $0 + $1.conversations }
    // One of an exchange's faces is real; the others show the same exchange.
    let real = story.conversations.filter { $0.face == .real }.reduce(0) { $0 + $1.count }
    #expect(edges == real)
  }

  @Test func `every bin has something in it in the payments story`() throws {
    let bins = try Set(Sample.payments.script().edges.map(\.bin))
    #expect(bins == ["learned", "baseline", "quarantined", "unattributed", "out-of-scope"])
  }

  @Test func `every folder of samples is a story that is tested`() {
    #expect(Set(FileNames.of(Repository.absolute("samples"))) == Set(Sample.all.map(\.name)))
  }
}
