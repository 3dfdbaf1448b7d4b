import Documents
import Traffic

/// A table in CSV of who held which address when, for those who have a capture and nobody to ask about the cluster.
///
/// Its first line names its columns: `address` and `workload`, and where known `namespace`, `kind`, `from` and `until`.
/// What is nobody's of the cluster, an address or a block of them, is of the kind `External`.
struct AddressTable {
  /// What the rows tell, in order.
  private(set) var objects: [ClusterObject] = []
  /// The rows that tell nothing, in order.
  private(set) var problems: [ObjectError] = []

  /// Reads a table that `isTable` says is one.
  init(_ text: [UInt8]) {
    let lines = Self.lines(text[...])
    let columns = Self.fields(lines.first ?? [])?.map { $0.lowercased() } ?? []
    if let stranger = columns.first(where: { Column(rawValue: $0) == nil }) {
      problems.append(.row("there is no column `\(stranger)`", position: Position(line: 1, column: 1)))
      return
    }
    for (place, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      do {
        objects.append(try Self.object(line, columns))
      } catch {
        problems.append(.row(error.words, position: Position(line: place + 1, column: 1)))
      }
    }
  }

  /// Whether a text that begins so is an address table, and not JSON or YAML.
  static func isTable(_ beginning: [UInt8]) -> Bool {
    let columns = fields(lines(beginning[...]).first ?? [])?.map { $0.lowercased() } ?? []
    return columns.contains(Column.address.rawValue) && columns.contains(Column.workload.rawValue)
  }

  /// Whether an identity is that of a row: no API server gives one with a blank in it.
  static func isRow(_ uid: String) -> Bool {
    guard let blank = uid.firstIndex(of: " ") else { return false }
    return Address(String(uid[..<blank])) != nil
  }

  private static func uid(of address: Address, _ from: Instant?) -> String {
    "\(address) \(from?.description ?? "")"
  }

  private enum Column: String {
    case address, namespace, workload, kind, from, until
  }

  /// What is wrong with a row.
  private struct Flaw: Error {
    let words: String
  }
}

// How a row is read.
extension AddressTable {
  private static func object(_ line: ArraySlice<UInt8>, _ columns: [String]) throws(Flaw) -> ClusterObject {
    guard let fields = fields(line) else { throw Flaw(words: "a quoted field has no end") }
    guard fields.count <= columns.count else {
      throw Flaw(words: "\(fields.count) fields in a table of \(columns.count) columns")
    }
    let row = Dictionary(zip(columns, fields), uniquingKeysWith: { first, _ in first })
    func text(_ column: Column) -> String { row[column.rawValue, default: ""] }

    let kind = try kind(text(.kind))
    if kind == OutsideBlock.kind { return try outside(text) }
    guard let address = Address(text(.address)) else {
      throw Flaw(words: "`\(text(.address))` is no address")
    }
    let name = text(.workload)
    guard Syntax.subdomain(name).isEmpty else { throw Flaw(words: "`\(name)` is no name of a \(kind)") }
    let namespace = kind == "Node" ? "" : text(.namespace).isEmpty ? "default" : text(.namespace)
    guard namespace.isEmpty || Syntax.namespaceName(namespace).isEmpty else {
      throw Flaw(words: "`\(namespace)` is no name of a namespace")
    }
    let from = try moment(text(.from))
    let until = try moment(text(.until))
    if let from, let until, until <= from {
      throw Flaw(words: "`\(text(.until))` is not after `\(text(.from))`")
    }
    // Each row is a holder of its own, though many have one name; a row that is read again is the same one.
    let uid = uid(of: address, from)
    var meta = ObjectMeta(namespace: namespace, name: name, uid: uid, created: from, deleted: until)
    switch kind {
    case "Node": return .node(ClusterNode(meta: meta, addresses: [address], podRanges: []))
    case "Service":
      return .service(
        Service(meta: meta, selector: [:], clusterAddresses: [address], otherAddresses: [], ports: []))
    default:
      if kind != "Pod" { meta.owner = OwnerReference(kind: kind, name: name) }
      return .pod(
        Pod(
          meta: meta, usesHostNetwork: false, ports: [], probes: [], addresses: [address], started: from,
          finished: until, isOver: until != nil))
    }
  }

  /// A row of what is outside, which it is at any time.
  private static func outside(_ text: (Column) -> String) throws(Flaw) -> ClusterObject {
    let written = text(.address)
    guard let block = Prefix(written) ?? Address(written).map(Prefix.init(only:)) else {
      throw Flaw(words: "`\(written)` is no address and no block of addresses such as `10.0.7.0/24`")
    }
    for column in [Column.namespace, .from, .until] where !text(column).isEmpty {
      throw Flaw(words: "`External` has no `\(column.rawValue)`: it is outside at any time")
    }
    let name = text(.workload)
    guard Syntax.subdomain(name).isEmpty else {
      throw Flaw(words: "`\(name)` is no name such as `orders-db`")
    }
    return .outside(OutsideBlock(meta: ObjectMeta(name: name, uid: block.description), block: block))
  }

  /// The kind as Kubernetes writes it; a Pod where nobody knows what makes it.
  private static func kind(_ text: String) throws(Flaw) -> String {
    guard !text.isEmpty else { return "Pod" }
    let known = Workload.kinds.union(["Pod", "Node", "Service", OutsideBlock.kind])
    if let kind = known.first(where: { $0.lowercased() == text.lowercased() }) { return kind }
    // Other kinds, such as an operator's, are known by their names only.
    guard text.utf8.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else {
      throw Flaw(words: "`\(text)` is no kind")
    }
    return text
  }

  private static func moment(_ text: String) throws(Flaw) -> Instant? {
    guard !text.isEmpty else { return nil }
    guard let moment = Instant(text) else {
      throw Flaw(words: "`\(text)` is no time such as `2026-11-20T09:00:00Z`")
    }
    return moment
  }
}

// How lines and fields are told apart (RFC 4180), but that a field holds no line break.
extension AddressTable {
  private static func lines(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = text.starts(with: mark) ? text.dropFirst(mark.count) : text
    return body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
  }

  /// The fields of a line, without the blanks around them; nil where a quote is not closed.
  private static func fields(_ line: ArraySlice<UInt8>) -> [String]? {
    let quote = UInt8(ascii: "\"")
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var isAfterQuote = false
    for byte in line {
      if byte == quote {
        // Two quotes within a quoted field are one of the text.
        if isAfterQuote { fields[fields.count - 1].append(quote) }
        isAfterQuote = isQuoted
        isQuoted.toggle()
      } else {
        isAfterQuote = false
        if byte == UInt8(ascii: ","), !isQuoted {
          fields.append([])
        } else {
          fields[fields.count - 1].append(byte)
        }
      }
    }
    guard !isQuoted else { return nil }
    return fields.map { field in
      let blanks = " \t".utf8
      let text = field.drop { blanks.contains($0) }
      let last = text.lastIndex { !blanks.contains($0) }
      return String(decoding: last.map { text[...$0] } ?? [], as: UTF8.self)
    }
  }
}
