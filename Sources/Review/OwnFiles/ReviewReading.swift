import Documents
import Generator
import Kubernetes
import Traffic

extension ReviewFile {
  /// Reads a review file, as it was written and filled in; `file` is what places in it are called by.
  public init(_ text: [UInt8], file name: String) throws(OwnFileError) {
    let file = try OwnFields(text, kind: Self.kind, known: ["edges"])
    let nodes = try file.list("edges")
    let comments: ReviewComments
    do {
      comments = ReviewComments(
        try YAML.comments(in: text), beside: file.node.mapping?.first { $0.key == "edges" })
    } catch { throw .text(error) }
    var entries: [EdgeName: ReviewEntry] = [:]
    for (place, node) in nodes.enumerated() {
      for var entry in try Self.entries(node, in: name) {
        entry.comments = comments[place]
        if let first = entries.updateValue(entry, forKey: entry.edge) {
          let line = first.origin?.line
          throw .twice("\(entry.edge)", first: line.map { Position(line: $0, column: 1) }, node.position)
        }
        // Ranges of ports make many of one.
        guard entries.count <= Self.most else { throw .tooMany(limit: Self.most) }
      }
    }
    self.init(Array(entries.values), above: comments.above, below: comments.below)
  }

  static let kind = "Review"
  private static let most = 1_000_000

  private static let fields = [
    "client", "server", "port", "protocol", "direction", "bin", "finding", "tier", "names", "decision",
    "owner", "reason", "expires",
  ]

  /// An entry for each port that stands in it.
  private static func entries(_ node: Node, in file: String) throws(OwnFileError) -> [ReviewEntry] {
    let fields = try OwnFields(node, called: "edges", known: fields)
    let (client, server) = (try fields.required("client"), try fields.required("server"))
    guard let transport = Transport(name: try fields.required("protocol")) else {
      throw .wrong(field: "protocol", wanted: "TCP, UDP or SCTP", node["protocol"]?.position)
    }
    let direction = try fields.text("direction")
    guard direction == nil || direction == unknown else {
      throw .wrong(field: "direction", wanted: "`\(unknown)`", node["direction"]?.position)
    }
    let shown = ReviewEntry.Shown(
      bin: try fields.text("bin") ?? "", finding: try fields.text("finding") ?? "",
      tier: try fields.text("tier") ?? "", names: try names(fields))
    let said = try said(fields)
    return try ports(fields).map { port in
      ReviewEntry(
        edge: EdgeName(
          client: client, server: server, port: port, transport: transport, isDirected: direction == nil),
        shown: shown, said: said, origin: Origin(file: file, line: node.position?.line))
    }
  }

  /// What the direction of an edge is called of which nobody can tell who asked.
  static let unknown = "unknown"

  private static func names(_ fields: OwnFields) throws(OwnFileError) -> [String] {
    var names: [String] = []
    for name in try fields.list("names") {
      guard let text = name.string else {
        throw .wrong(field: "names", wanted: "a list of texts", name.position)
      }
      names.append(text)
    }
    return names
  }

  private static func said(_ fields: OwnFields) throws(OwnFileError) -> ReviewEntry.Said {
    var said = ReviewEntry.Said()
    if let text = try fields.text("decision") {
      guard let answer = Decision.Answer(rawValue: text) else {
        throw .wrong(
          field: "decision", wanted: "`accept`, `reject` or empty", fields.node["decision"]?.position)
      }
      said.answer = answer
    }
    said.owner = try fields.text("owner").flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    said.reason = try fields.text("reason")
    if let text = try fields.text("expires") {
      guard let day = Day(text) else {
        throw .wrong(
          field: "expires", wanted: "a day such as `2027-01-31`", fields.node["expires"]?.position)
      }
      said.expires = day
    }
    if let answer = said.answer, said.owner == nil {
      throw .nobodys(answer, (fields.node["owner"] ?? fields.node["decision"])?.position)
    }
    return said
  }

  /// One port as a number, or several ports and ranges of them as text: `22, 80, 8000-8010`.
  private static func ports(_ fields: OwnFields) throws(OwnFileError) -> [UInt16] {
    guard let node = fields.node["port"], !node.isNull else { throw .missing("port", fields.node.position) }
    let wanted = "a port, or ports such as `22, 80, 8000-8010`"
    if let number = node.integer {
      guard let port = UInt16(exactly: number) else {
        throw .wrong(field: "port", wanted: wanted, node.position)
      }
      return [port]
    }
    var ports: Set<UInt16> = []
    for part in (node.string ?? "").split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.filter { $0 != " " }.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2, let low = ends.first.flatMap({ UInt16($0) }),
        let high = ends.last.flatMap({ UInt16($0) }), low <= high
      else { throw .wrong(field: "port", wanted: wanted, node.position) }
      ports.formUnion(low...high)
    }
    return ports.sorted()
  }
}
