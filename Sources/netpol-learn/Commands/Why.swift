import Console
import Documents
import Generator
import Kubernetes
import Review
import Traffic

/// Explains one connection.
struct Why: Command {
  var talk = Talk()
  var source = SourceOptions()
  var from: String?
  var to: String?
  var port: PortAndTransport?
  var namespaces = NamespaceOptions()
  var decisions = DecisionOptions()
  var policies: [String] = []
  var form = Form.text

  /// How the answer is shown.
  enum Form: String, CaseIterable, OptionValue {
    case text, json
  }

  static let name = "why"
  static let summary = "one connection: was it seen, is it allowed, by which rule, what to do"
  static let detail = [
    """
    `FROM` and `TO` are a workload or a pod with its namespace, an address, `node` for any machine or a machine's name, \
    and `apiserver`; `TO` is also a name that was asked for in DNS, or a Service, by its name with its namespace or as \
    pods dial it. With `--ns` an end needs no namespace: it is looked for in each that is named, with `-A` in all. The port is the pods' own; a Service's is taken for theirs where \
    the Service is named or dialled by its address.
    """,
    """
    With `--policies` these decide. Without, it is told what the policies say that would be generated for the namespaces \
    of both ends, and what those in the inventory say, where there are any.
    """,
    """
    Ends with 0 where the question could be answered, whatever the answer, and with 1 where a connection of bin learned \
    or baseline was seen and some of these policies would block it.
    """,
  ]
  static var arguments: [Argument<Why>] {
    [
      .one("FROM", to: \.from, "who asks"), .one("TO", to: \.to, "who is asked"),
      .one(
        "PORT", to: \.port,
        "the port, with `/UDP` or `/SCTP` behind it where it is not TCP; or type it behind `TO`, as in `payments/api:8080`",
        optional: true),
    ]
  }
  static let examples = [
    Example("may the shop ask the database?", "netpol-learn why web/frontend payments/postgres 5432"),
    Example(
      "what these manifests do to it",
      "netpol-learn why web/frontend payments/api 8080 --policies manifests/"),
    Example("names", "netpol-learn why payments/api kube-system/coredns 53/UDP"),
  ]
  static var options: [Option<Why>] {
    [
      .values(
        "--policies", value: "PATH", to: \.policies,
        "the manifests that decide: a file, a folder or `-`; may be given several times",
        otherwise: "those that would be generated, and those in the inventory"),
      .value("-o", "--output", value: "FORM", to: \.form, "how the answer is shown"),
    ]
  }
  static var groups: [[Option<Why>]] { [.group(\.decisions), .group(\.namespaces), .group(\.source)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    try settlePort()
    guard let from, let to, let port else { return .usage }
    let given =
      policies.isEmpty
      ? nil : try GivenPolicies(policies, namespaces, on: &terminal)
    let kept = try Kept(source, on: &terminal)
    let decided = try Decided(at: decisions.accepted, beside: ReviewFolder())
    let learned = decisions.learned(from: kept, decided)
    decided.tellExpired(on: &terminal)
    _ = try namespaces.chosen(among: learned.knownNamespaces, isNeeded: false)
    let homes = namespaces.isEvery ? learned.knownNamespaces : namespaces.names
    let meaning = Meaning(learned, homes: homes)
    let client = meaning.client(from)
    let server = meaning.server(to, port: port.number, transport: port.transport)
    if client.isNobody || server.isNobody {
      throw Strangers(
        from: client.isNobody ? meaning.near(client: from) : nil,
        to: server.isNobody
          ? meaning.near(server: to, port: port.number, transport: port.transport) : nil
      ).complaint(self)
    }
    let sets =
      given.map { [PolicySource(.given, $0.policies)] }
      ?? Self.sets(learned, kept, about: Set(client.workloads + server.workloads))
    let explanation = Explanation(
      Explanation.Connection(from: from, to: to, port: port.number, transport: port.transport), learned,
      of: kept.facts, client: client, server: server, under: sets)
    switch form {
    case .text: WhyView(explanation: explanation).show(on: &terminal)
    case .json: terminal.print(JSON.write(ExplanationDocument.node(explanation), indented: true))
    }
    return (explanation.isLoss ? ExitCode.difference : .done).and(given?.exitCode ?? .done).and(kept.exitCode)
  }

  /// Takes the port from behind `TO` where it stands there, and asks for it where it stands nowhere.
  private mutating func settlePort() throws {
    guard let from, let to else { return }
    guard let (end, typed) = PortAndTransport.split(to) else {
      guard port == nil else { return }
      throw Complaint(
        "`PORT` is missing",
        hint:
          "name it, as in `netpol-learn why \(from) \(to) 5432` or `netpol-learn why \(from) \(to) 53/UDP`",
        exitCode: .usage)
    }
    guard let behind = PortAndTransport(typed: typed) else {
      throw UsageError.badValue(
        of: "PORT", value: typed, expectation: PortAndTransport.expectation, meant: nil)
    }
    if let port, port.typed != behind.typed {
      throw UsageError.surplusArgument(port.typed, "netpol-learn why")
    }
    self.to = end
    port = behind
  }

  /// The policies that would be generated, and those that run.
  private static func sets(_ learned: Learned, _ kept: Kept, about workloads: Set<WorkloadID>)
    -> [PolicySource]
  {
    let running = kept.inventory.policies.map(\.policy)
    let generated = GeneratedPolicies(learned, about: workloads).source
    return [generated].compactMap(\.self) + (running.isEmpty ? [] : [PolicySource(.running, running)])
  }
}
