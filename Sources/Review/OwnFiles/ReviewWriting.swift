import Documents
public import Generator
import Traffic

extension ReviewFile {
  /// The file, ready to be filled in.
  ///
  /// Comments of people stand as they were written, and so beside what our writer spells.
  public var text: String {
    let head = Node.mapping(["apiVersion": .string(OwnFields.version), "kind": .string(Self.kind)])
    let list = folded.map { fold in
      (fold.entry.comments.map { $0 + "\n" } + [YAML.write([.sequence([Self.node(fold)])])]).joined()
    }
    let introduction = Self.introduction.map { $0.isEmpty ? "#" : "# \($0)" }
    return (introduction + above).map { $0 + "\n" }.joined() + YAML.write([head])
      + (list.isEmpty ? "edges: []\n" : "edges:\n" + list.joined()) + below.map { $0 + "\n" }.joined()
  }

  /// The entries as lines that can be saved as a review file, each edge on one, with this as its decision.
  ///
  /// Who decides must put a name there: nobody else can.
  public func lines(deciding answer: Decision.Answer) -> [String] {
    ["kind: \(Self.kind)", "edges:"]
      + folded.map { fold in
        let members =
          Self.edge(fold) + [
            Node.Member("decision", .string(answer.rawValue)), Node.Member("owner", .string("")),
          ]
        // JSON in one line is YAML in one line.
        return "- " + JSON.write(Node(.mapping(members)), indented: false)
      }
  }

  private static let introduction = [
    "Edges that the policies keep out, and those that no rule can be written for.",
    "",
    "Write `accept` or `reject` as the `decision`, and who decided as the `owner`; `reason` and `expires`",
    "(the last day on which it holds, such as 2027-01-31) may stay empty. Whoever generates into this folder",
    "again needs no more than that; elsewhere `--accept` reads this file. What is quarantined and accepted",
    "becomes a rule; of what is unattributed, or has no rule, the loss is accepted; what is rejected stays",
    "closed. Comments stay with the entry that they stand above or in, and all else here is written anew.",
  ]

  /// Every line that an introduction ever had, so that an older one is not taken for somebody's comment.
  static let everyIntroduction =
    introduction + [
      "(the last day on which it holds, such as 2027-01-31) may stay empty. Then generate again with",
      "`--accept` and this file. What is quarantined and accepted becomes a rule; of what is unattributed,",
      "or has no rule, the loss is accepted; what is rejected stays closed. All else here is written anew.",
    ]

  /// Edges between the same ends that differ in nothing but their ports.
  private struct Fold: Hashable {
    let edge: EdgeName
    let shown: ReviewEntry.Shown
    let said: ReviewEntry.Said
    let comments: [String]

    init(_ entry: ReviewEntry) {
      edge = EdgeName(
        client: entry.edge.client, server: entry.edge.server, port: 0, transport: entry.edge.transport,
        isDirected: entry.edge.isDirected)
      shown = entry.shown
      said = entry.said
      comments = entry.comments
    }
  }

  /// A scan makes thousands of edges, and one entry for those that are alike is one decision.
  private var folded: [(entry: ReviewEntry, ports: [UInt16])] {
    var places: [Fold: Int] = [:]
    var folded: [(entry: ReviewEntry, ports: [UInt16])] = []
    for entry in entries {
      if let place = places[Fold(entry)] {
        folded[place].ports.append(entry.edge.port)
      } else {
        places[Fold(entry)] = folded.count
        folded.append((entry, [entry.edge.port]))
      }
    }
    return folded
  }

  private static func node(_ fold: (entry: ReviewEntry, ports: [UInt16])) -> Node {
    let (shown, said) = (fold.entry.shown, fold.entry.said)
    var members = edge(fold)
    if !shown.bin.isEmpty { members.append(Node.Member("bin", .string(shown.bin))) }
    if !shown.finding.isEmpty { members.append(Node.Member("finding", .string(shown.finding))) }
    if !shown.tier.isEmpty { members.append(Node.Member("tier", .string(shown.tier))) }
    if !shown.names.isEmpty {
      members.append(Node.Member("names", .sequence(shown.names.map { .string($0) })))
    }
    return Node(
      .mapping(
        members + [
          Node.Member("decision", .string(said.answer?.rawValue ?? "")),
          Node.Member("owner", .string(said.owner ?? "")),
          Node.Member("reason", .string(said.reason ?? "")),
          Node.Member("expires", .string(said.expires?.description ?? "")),
        ]))
  }

  private static func edge(_ fold: (entry: ReviewEntry, ports: [UInt16])) -> [Node.Member] {
    let edge = fold.entry.edge
    return [
      Node.Member("client", .string(edge.client)), Node.Member("server", .string(edge.server)),
      Node.Member("port", ports(fold.ports)), Node.Member("protocol", .string(edge.transport.name)),
    ] + (edge.isDirected ? [] : [Node.Member("direction", .string(unknown))])
  }

  /// One port as a number, several as text, those beside each other as a range.
  private static func ports(_ ports: [UInt16]) -> Node {
    ports.count == 1 ? .integer(ports[0]) : .string(PortList.words(ports))
  }
}
