import Kubernetes
import Testing

@Suite struct LabelSelectorTests {
  static let cases: [(requirement: LabelRequirement, labels: Labels, isMatch: Bool)] = [
    (.init("k", .isOneOf(.init("a", "b"))), ["k": "b"], true),
    (.init("k", .isOneOf(.init("a", "b"))), ["k": "c"], false),
    (.init("k", .isOneOf(.init("a"))), [:], false),
    (.init("k", .isOneOf(.init(""))), [:], false),
    (.init("k", .isNoneOf(.init("a"))), ["k": "a"], false),
    (.init("k", .isNoneOf(.init("a"))), ["k": "b"], true),
    (.init("k", .isNoneOf(.init("a"))), [:], true),
    (.init("k", .isPresent), ["k": ""], true),
    (.init("k", .isPresent), [:], false),
    (.init("k", .isAbsent), [:], true),
    (.init("k", .isAbsent), ["k": ""], false),
  ]

  @Test("each operator chooses what Kubernetes chooses", arguments: cases)
  func operators(requirement: LabelRequirement, labels: Labels, isMatch: Bool) {
    #expect(LabelSelector([:], [requirement]).matches(labels) == isMatch)
  }

  @Test("labels and requirements must all hold")
  func conjunction() {
    let selector = LabelSelector(["app": "api"], [.init("canary", .isAbsent)])
    #expect(selector.matches(["app": "api", "x": "y"]))
    #expect(!selector.matches(["app": "api", "canary": "1"]))
    #expect(!selector.matches(["canary": "1"]))
  }

  @Test("the selector that asks for nothing matches everything")
  func everything() {
    #expect(LabelSelector.everything.matches([:]))
    #expect(LabelSelector.everything.description == "everything")
  }

  @Test("the order in which a selector was written is no part of it")
  func canonical() {
    let one = LabelSelector(
      ["b": "2", "a": "1"], [.init("z", .isPresent), .init("t", .isOneOf(.init("y", "x", "y")))])
    let other = LabelSelector(
      ["a": "1", "b": "2"],
      [.init("t", .isOneOf(.init("x", "y"))), .init("z", .isPresent), .init("z", .isPresent)])
    #expect(one == other)
    #expect(one.description == "a=1,b=2,t in (x,y),z")
  }

  @Test("peers stand in one order: near, then by namespace, then addresses")
  func peerOrder() throws {
    let api = LabelSelector(["app": "api"])
    let inOrder: [Peer] = [
      .pods(.everything), .pods(api), .namespaces(.namespace("monitoring")),
      .podsIn(namespaces: .namespace("monitoring"), pods: api), .namespaces(.namespace("web")),
    ]
    #expect(inOrder.reversed().sorted() == inOrder)
  }
}
