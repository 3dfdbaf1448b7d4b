import Kubernetes
import TestSupport
import Testing
import Traffic

/// The corners of the API, one file of manifests each: read as a user's files are, and asked of both evaluators.
@Suite struct CornerTests {
  static let corners = Result {
    try FileNames.of(Repository.absolute(Corner.folder)).filter { $0.hasSuffix(".yaml") }.map(Corner.init)
  }

  /// Rows of the checklist that no question about one connection can show, and why.
  static let unasked: [Int: String] = [
    34: "replies belong to a connection that is allowed; nobody asks about them",
    35: "what becomes of connections that are open when a policy comes is not defined",
    36: "which address a plugin sees of a Service is not defined; a question is about the pod's own port",
    38: "policies take effect some time after a pod starts; a question is about the time after that",
    40: "a plugin without policies lets everything through; nothing in the objects tells",
  ]

  @Test("every row of the checklist, 1 to 42, is in a corner, or it is said why not")
  func rows() throws {
    let covered = try Self.corners.get().reduce(into: Set<Int>()) { $0.formUnion($1.rows) }
    #expect(covered.isDisjoint(with: Self.unasked.keys))
    #expect(covered.union(Self.unasked.keys) == Set(1...42))
  }

  @Test("a corner is answered as its file says, by both evaluators", arguments: try corners.get())
  func corner(_ corner: Corner) throws {
    let (world, refused) = try corner.world()
    #expect(refused == corner.refused)
    #expect(!corner.asks.isEmpty && !corner.rows.isEmpty)
    for name in corner.gone { #expect(world.ends[name] == nil, "\(name)") }
    for ask in corner.asks {
      let question = Question(
        source: try #require(world.ends[ask.source], "\(ask.text)"),
        destination: try #require(world.ends[ask.destination], "\(ask.text)"),
        port: ask.port, transport: ask.transport, family: ask.family)
      let verdict = question.verdict(in: world)
      #expect(verdict.isAllowed == ask.isAllowed, "\(ask.text)")
      let naive = world.naive.allows(
        from: question.source.naive, to: question.destination.naive, port: Int(ask.port),
        protocol: ask.transport.name, over: ask.family?.description)
      #expect(naive == ask.isAllowed, "the second evaluator: \(ask.text)")
      #expect(question.fault(of: verdict, in: world) == nil, "\(ask.text)")
      let isAllowed = world.set.allows(
        from: question.source.standing, to: question.destination.standing, port: ask.port,
        transport: ask.transport, over: ask.family)
      #expect(isAllowed == ask.isAllowed, "without reasons: \(ask.text)")
      let notes = verdict.notes.map(\.description)
      if let words = ask.note {
        #expect(notes.contains { $0.contains(words) }, "\(ask.text): \(notes)")
      } else {
        #expect(notes.isEmpty, "\(ask.text)")
      }
      let open = world.set.open(
        from: question.source.standing, to: question.destination.standing, over: ask.family)
      #expect(open.contains(ask.port, ask.transport) == ask.isAllowed, "\(ask.text): open \(open)")
    }
  }
}
