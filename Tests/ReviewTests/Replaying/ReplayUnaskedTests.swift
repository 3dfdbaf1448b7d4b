import Documents
import Generator
import Kubernetes
import Testing
import Traffic

@testable import Review

@Suite("What a replay can't know is said, and taken for nothing else")
struct ReplayUnaskedTests {
  private static func policy(
    _ name: String, of app: String, _ direction: String, _ rules: String, in namespace: String = "shop"
  ) -> String {
    """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      podSelector: {matchLabels: {app: \(app)}}
      policyTypes: [\(direction)]
      \(direction.lowercased()):
    \(rules)

    """
  }

  private func replay(_ learned: Learned, _ policies: String) throws -> Replay {
    Replay(learned, under: try Market.policies(policies))
  }

  /// The rules of the log, each with the line where it is shown.
  private func results(_ replay: Replay) -> [String] {
    let log = replay.sarif(version: "0", withUnused: false)
    return (log["runs"]?.sequence?.first?["results"]?.sequence ?? []).map { result in
      let place = result["locations"]?.sequence?.first?["physicalLocation"]
      let line = place?[["region", "startLine"]]?.integer.map(String.init) ?? "nowhere"
      return "\(result["ruleId"]?.string ?? "") \(line)"
    }
  }

  private static let remark = "1 needed edge that could not be asked may pass by it"

  @Test("rules that a need may pass by whose pods nobody knows are unused with that remark, and no others")
  func unknownBackends() throws {
    var market = try Market(
      """
      kind: Service
      metadata: {name: redis, namespace: shop}
      spec: {clusterIP: 10.96.0.77, ports: [{port: 6379}]}
      """)
    try market.saw("10.244.1.5", "10.96.0.77", 6379)
    let policies =
      Self.policy(
        "web", of: "web", "Egress",
        """
          - to: [{podSelector: {matchLabels: {app: redis}}}]
            ports: [{port: 6379}]
          - to: [{podSelector: {matchLabels: {app: redis}}}]
            ports: [{port: 6380}]
        """)
      + Self.policy(
        "redis", of: "redis", "Ingress",
        """
          - from: [{podSelector: {matchLabels: {app: web}}}]
            ports: [{port: redis}]
          - from: [{podSelector: {matchLabels: {app: api}}}]
            ports: [{port: 6379}]
        """)
    let replay = try replay(market.learned("shop"), policies)
    #expect(replay.losses.isEmpty && replay.outcomes.isEmpty)
    #expect(replay.unaskedNeeds.map(\.cause) == [.unknownBackends])
    #expect(replay.unused.map(\.remark) == [Self.remark, nil, Self.remark, nil])
    #expect(results(replay).filter { $0.hasPrefix("replay-unasked") }.count == 1)
    // Where somebody decided to bear its loss, nobody waits for it.
    let edge = try #require(replay.unaskedNeeds.first?.edge)
    for answer in Decision.Answer.allCases {
      let decided = Decisions([EdgeName(edge): Decision(answer, owner: "ada")])
      let left = try self.replay(market.learned("shop", decisions: decided), policies).unaskedNeeds
      // A rejection bears no loss of a need.
      #expect(left.isEmpty == (answer == .accept), "\(answer)")
    }
  }

  @Test("of pods that a table of addresses tells no labels are known, which is not to have none")
  func table() throws {
    var market = try Market(
      table: """
        address,namespace,workload,kind,from,until
        10.244.1.40,shop,batch,Deployment,,
        10.244.1.41,shop,store,Deployment,,
        """)
    try market.saw("10.244.1.40", "10.244.1.41", 5432)
    let policies = Self.policy(
      "store", of: "store", "Ingress",
      """
        - from: [{podSelector: {matchLabels: {app: batch}}}]
          ports: [{port: 5432}]
      """)
    let replay = try replay(market.learned("shop"), policies)
    #expect(replay.unasked.map(\.cause) == [.faceless] && replay.losses.isEmpty)
    #expect(replay.unaskedNeeds.count == 1)
    #expect(replay.unused.map(\.remark) == [Self.remark])
    #expect(replay.idle.isEmpty)
  }

  @Test("where a rule asks for labels of a namespace that nobody told, that is said of what it cuts")
  func namespaces() throws {
    func remarks(_ yaml: String, _ selector: String) throws -> [String] {
      var market = try Market(yaml)
      try market.saw("10.244.2.5", "10.244.1.6", 8080)
      let replay = try replay(
        market.learned("shop"),
        Self.policy(
          "api", of: "api", "Ingress",
          """
            - from: [{namespaceSelector: {matchLabels: {\(selector)}}}]
              ports: [{port: 8080}]
          """))
      #expect(replay.losses.count == 1)
      return replay.losses[0].ruling.remarks
    }
    let doubt =
      "a rule asks for labels of the namespace `other`, which is not known as an object: with the right ones it may pass"
    #expect(try remarks("", "team: guests") == [doubt])
    #expect(try remarks("", "kubernetes.io/metadata.name: other, team: guests") == [doubt])
    #expect(try remarks("", "kubernetes.io/metadata.name: shop, team: guests").isEmpty)
    #expect(try remarks("kind: Namespace\nmetadata: {name: other}\n", "team: guests").isEmpty)
  }

  @Test("a rule for what a machine asks its own pods is not called needless where some plugins need it")
  func ownMachine() throws {
    var market = try Market()
    try market.saw("10.0.0.11", "10.244.1.6", 8080)
    let policies = Self.policy(
      "probes", of: "api", "Ingress",
      """
        - from: [{ipBlock: {cidr: 10.0.0.11/32}}]
          ports: [{port: 8080}]
        - from: [{ipBlock: {cidr: 10.0.0.12/32}}]
          ports: [{port: 8080}]
      """)
    let words = "what a machine asks its own pods passes by it, and some network plugins rule that"
    #expect(try replay(market.learned("shop"), policies).unused.map(\.remark) == [words, nil])
    #expect(
      try replay(market.learned("shop", plugin: .calico), policies).unused.map(\.remark) == [nil, nil])
  }

  @Test(
    "each finding in the log has a place, also where no policy isolates, and one without a place is left out")
  func places() throws {
    var market = try Market()
    try market.saw("10.244.2.5", "10.244.1.6", 9090, .refused)
    let rule = "  - from: [{podSelector: {}}]"
    let here = try replay(market.learned("shop"), Self.policy("a", of: "web", "Ingress", rule))
    #expect(here.openings.count == 1 && results(here) == ["replay-open 2"])
    let elsewhere = try replay(
      market.learned("shop"), Self.policy("a", of: "web", "Ingress", rule, in: "third"))
    #expect(elsewhere.openings.count == 1 && results(elsewhere).isEmpty)
  }

  @Test("a cut that somebody decided to bear is a loss still, and says who decided")
  func borne() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let policies = Self.policy(
      "api", of: "api", "Ingress", "  - from: [{podSelector: {matchLabels: {app: nobody}}}]")
    let plain = try replay(market.learned("shop"), policies)
    #expect(OutcomeRow.rows(plain.losses).map(\.decided) == [nil])
    let edge = try #require(plain.losses.first?.edge)
    let decided = Decisions([EdgeName(edge): Decision(.accept, owner: "ada")])
    let replay = try replay(market.learned("shop", decisions: decided), policies)
    #expect(replay.losses.map(\.isBorne) == [true])
    #expect(OutcomeRow.rows(replay.losses).map(\.decided) == ["cut, as ada decided"])
  }
}
