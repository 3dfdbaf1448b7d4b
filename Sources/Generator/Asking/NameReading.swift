/// One way to read what people write as the name of an end.
///
/// People copy names from tables, from kubectl, from review files and from what a program dials, and each has its own form.
struct NameReading: Hashable {
  /// The name that is looked for.
  let name: String
  /// What it must be; nil for anything.
  var kind: Kind?

  /// What a name may have to be.
  enum Kind: Hashable {
    /// A workload whose kind is called so, in lower case.
    case workload(String)
    /// A Service.
    case service
  }

  /// Every way, the plainest first; names without a namespace are also looked for in this one.
  static func all(of text: String, home: String?) -> [NameReading] {
    let bare = String(text.lowercased().reversed().drop { $0 == "." }.reversed())
    let plain = [text, bare].flatMap { name -> [NameReading] in
      let inside = name.contains("/") ? nil : home.map { NameReading(name: "\($0)/\(name)") }
      return [NameReading(name: name)] + [inside].compactMap(\.self)
    }
    return (plain + [titled(bare)].compactMap(\.self) + dialled(bare)).reduce(into: []) { all, reading in
      if !all.contains(reading) { all.append(reading) }
    }
  }

  /// A name behind its kind, and before its address where it has one: `StatefulSet shop/db`, `Node n 10.0.0.1`,
  /// `deployment/shop/api`.
  private static func titled(_ text: String) -> NameReading? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 3 { return titled("\(parts[0]) \(parts[1])/\(parts[2])") }
    let words = text.split(separator: " ").map(String.init)
    guard (2...3).contains(words.count) else { return nil }
    switch words[0] {
    case "node", "address": return NameReading(name: words[1])
    case "api": return words[1] == "server" ? NameReading(name: Meaning.apiServer) : nil
    case "service": return NameReading(name: words[1], kind: .service)
    default: return NameReading(name: words[1], kind: .workload(words[0]))
    }
  }

  /// The name by which pods dial a Service, `name.namespace` or longer, or one pod behind it.
  private static func dialled(_ text: String) -> [NameReading] {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if labels.count == 2 || labels.count > 2 && labels[2] == "svc" {
      return [NameReading(name: "\(labels[1])/\(labels[0])", kind: .service)]
    }
    return labels.count > 3 && labels[3] == "svc" ? [NameReading(name: "\(labels[2])/\(labels[0])")] : []
  }
}
