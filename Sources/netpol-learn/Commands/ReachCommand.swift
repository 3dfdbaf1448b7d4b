import Console
import Documents
import Kubernetes
import Review
import Traffic

/// Asks what a set of manifests allows.
struct ReachCommand: Command {
  var talk = Talk()
  var namespaces = NamespaceOptions()
  var cluster = ClusterOptions()
  var manifests: [String] = []
  var from: String?
  var to: String?
  var port: Question.Port?
  var transport = Transport.tcp
  var queries: String?
  var form: Form?

  /// How the answers are shown.
  enum Form: String, CaseIterable, OptionValue {
    case table, wide, json, jsonl
  }

  static let name = "reach"
  static let summary = "what a set of manifests allows, and by which rule"
  static let detail = [
    """
    With `--from`, `--to` and `--port` it answers one question, and ends with 0 where the connection is allowed and \
    with 1 where it is not. With `--queries` it answers one question a line, and without questions it shows every way \
    that is open between workloads, and between them and addresses outside; `--from` or `--to` alone shows the ways \
    of one end.
    """,
    """
    Manifests may hold policies, pods, what makes pods, namespaces and Services, in any file. What could not be read \
    is left out of the answers, and the run ends with 3.
    """,
    """
    A question is one line of JSON: `{"from": "ns/pod", "to": "ns/pod", "port": 80, "protocol": "TCP"}`. The answer \
    names the rules with file and line. One that can't be answered gets `"allowed": null` and a note, and the run goes \
    on; a line that is no question does too, and the run ends with 3.
    """,
  ]
  static let examples = [
    Example(
      "may the shop ask the database?",
      "netpol-learn reach --manifests manifests/ --from web/frontend --to payments/postgres --port 5432"),
    Example("who can reach it?", "netpol-learn reach --manifests manifests/ --to payments/postgres"),
    Example("many questions", "netpol-learn reach --manifests manifests/ --queries questions.jsonl"),
  ]
  static var options: [Option<ReachCommand>] {
    [
      .values(
        "--manifests", value: "PATH", to: \.manifests,
        "policies and what they are about: a file, a folder or `-`; may be given several times",
        required: true),
      .value(
        "--from", value: "END", to: \.from, "who asks: namespace/pod, namespace/workload or an address"),
      .value(
        "--to", value: "END", to: \.to, "who is asked: the same, or namespace/service"),
      .value(
        "--port", value: "PORT", to: \.port, "the port of the pod that is asked, by number or by name"),
      .value("--protocol", value: "PROTOCOL", to: \.transport, "the protocol of the port"),
      .value("--queries", value: "FILE", to: \.queries, "questions as JSON lines, or `-` for standard input"),
      .value(
        "-o", "--output", value: "FORM", to: \.form, "how the answers are shown",
        otherwise: "table, and jsonl for `--queries`"),
    ]
  }
  static var groups: [[Option<ReachCommand>]] { [.group(\.namespaces), .group(\.cluster)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    try refuseOddQuestions()
    let world = try World(manifests: manifests, cluster: cluster.sources, namespaces: namespaces.names)
    try world.requireAnything()
    world.tell(on: &terminal)
    let inventory = world.inventory
    let known = Set(world.policies.map(\.namespace) + world.objects.map(\.meta.namespace)).subtracting([""])
    let chosen = try namespaces.chosen(
      among: known.union(inventory.namespaces.keys).sorted(), isNeeded: false)
    let population = Population(
      inventory, world.policies, unread: world.hasUnreadText ? .anywhere : .namespaces(world.unreadNamespaces)
    )
    if let queries {
      return try QuestionRun(population, form ?? .jsonl).answer(queries, on: &terminal).and(world.exitCode)
    }
    if let from, let to, let port {
      let question = Question(from: from, to: to, port: port, transport: transport)
      return try answer(question, population, on: &terminal).and(world.exitCode)
    }
    for name in [from, to].compactMap(\.self) { try Self.requireEnd(name, population) }
    show(Ways(population, from: from, to: to, namespaces: chosen), population, world, on: &terminal)
    return world.exitCode
  }

  private func refuseOddQuestions() throws(Complaint) {
    if queries != nil, from != nil || to != nil || port != nil {
      throw Complaint(
        "`--queries` has questions of its own", hint: "leave out `--from`, `--to` and `--port`",
        exitCode: .usage)
    }
    if from != nil, to != nil, port == nil {
      throw Complaint("which port of `\(to ?? "")`?", hint: "say `--port PORT`", exitCode: .usage)
    }
    if port != nil, queries == nil, from == nil || to == nil {
      throw Complaint(
        "`--port` asks about one connection", hint: "say who asks with `--from` and who is asked with `--to`",
        exitCode: .usage)
    }
  }

  private func answer(_ question: Question, _ population: Population, on terminal: inout Terminal) throws
    -> ExitCode
  {
    var answering = Answering(population)
    let answer = answering.answer(question)
    if let stranger = answer.strangers.first { throw Self.stranger(stranger, population) }
    switch form ?? .table {
    case .table, .wide: terminal.write(answering.text(answer))
    case .json: terminal.print(JSON.write(AnswerDocument.node(answer), indented: true))
    case .jsonl: terminal.print(JSON.write(AnswerDocument.node(answer)))
    }
    return answer.isAllowed.map { $0 ? .done : .difference } ?? .usage
  }

  private func show(_ ways: Ways, _ population: Population, _ world: World, on terminal: inout Terminal) {
    switch form ?? .table {
    case .table, .wide:
      let lines = form == .wide ? ways.each : ways.grouped
      let table = Table(
        lines,
        columns: [Column("FROM") { $0.from }, Column("TO") { $0.to }, Column("PORTS") { $0.on }])
      if !lines.isEmpty { terminal.print(table) }
    case .json: terminal.print(JSON.write(.sequence(ways.all.map(Ways.node)), indented: true))
    case .jsonl: for way in ways.all { terminal.print(JSON.write(Ways.node(way))) }
    }
    for note in ways.notes { terminal.say("note", note) }
    let tally = population.reach.tally
    let policies = world.policies.count.counted("policy", "policies")
    terminal.say(
      "world",
      "\(tally.pods.counted("pod")), which \(policies) \(world.policies.count == 1 ? "tells" : "tell") apart into "
        + "\(population.reach.classCount.counted("class", "classes")) with the addresses outside")
    terminal.say("open", "\(tally.openPairs.grouped) of \(tally.pairs.counted("pair")) of pods")
  }

  private static func requireEnd(_ name: String, _ population: Population) throws(Complaint) {
    if !population.isKnown(name) { throw stranger(name, population) }
  }

  private static func stranger(_ name: String, _ population: Population) -> Complaint {
    let near = population.nearest(to: name).map { "`\($0)`" }
    return Complaint(
      "nobody is called `\(name)`",
      hint: near.isEmpty
        ? "an end is `namespace/pod`, `namespace/workload` or an address; `--cluster SOURCE` adds a cluster's objects"
        : "did you mean \(near.joined(separator: " or "))?", exitCode: .usage)
  }
}
