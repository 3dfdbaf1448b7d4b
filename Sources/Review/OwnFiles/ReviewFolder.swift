public import Generator

/// The review files of a folder of policies, by their paths in it, and those around it that count as well.
///
/// Each keeps its place, its entries and what people wrote in it; what is new goes into the one nearest to the top.
public struct ReviewFolder: Sendable {
  /// The files, as they were read.
  public private(set) var files: [String: ReviewFile] = [:]
  /// Those around the folder, into which nothing is written.
  private var others: [(file: ReviewFile, isAbove: Bool)] = []
  private var bytes: [String: [UInt8]] = [:]
  private var otherBytes: Set<[UInt8]> = []
  /// The folders that are those of a namespace, as far as the folder itself shows it.
  private var own: Set<String> = []

  /// A folder without any, in which these namespaces have a folder of their own.
  public init(own: Set<String> = []) {
    self.own = own
  }

  /// Reads a file of the folder; `name` is what people call it by.
  public mutating func read(_ text: [UInt8], at path: String, named name: String) throws(OwnFileError) {
    files[path] = try ReviewFile(text, file: name)
    bytes[path] = text
  }

  /// Reads a file of the folder above, or of one beside this.
  public mutating func read(_ text: [UInt8], isAbove: Bool, named name: String) throws(OwnFileError) {
    others.append((try ReviewFile(text, file: name), isAbove))
    otherBytes.insert(text)
  }
}

// What it can tell.
extension ReviewFolder {
  /// Every file that counts: those of the folder, from the top down, and those around it.
  public var all: [ReviewFile] { paths.compactMap { files[$0] } + others.map(\.file) }

  /// Whether a file of this folder holds these bytes, so that nothing is lost when it is renewed.
  public func holds(_ text: [UInt8]) -> Bool { bytes.values.contains(text) }

  /// Whether a file with these bytes counts already.
  public func counts(_ text: [UInt8]) -> Bool { holds(text) || otherBytes.contains(text) }

  /// The files that change when they are to say this, and the one nearest to the top that has an entry then.
  public func renewed(
    _ review: ReviewFile, about learned: Learned
  ) -> (texts: [String: String], nearest: String?) {
    let entries = spread(review, about: learned)
    var texts: [String: String] = [:]
    for path in Set(files.keys).union(entries.keys) {
      let earlier = files[path]
      let text = ReviewFile(
        entries[path] ?? [], above: earlier?.above ?? [], below: earlier?.below ?? []
      ).text
      if Array(text.utf8) != bytes[path] { texts[path] = text }
    }
    return (texts, Self.fromTheTop(entries.keys).first)
  }
}

// How it works.
extension ReviewFolder {
  private var paths: [String] { Self.fromTheTop(files.keys) }

  private static func fromTheTop(_ paths: some Sequence<String>) -> [String] {
    func depth(_ path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
    return paths.sorted { (depth($0), $0) < (depth($1), $1) }
  }

  /// Where new entries go: into no file of a namespace's folder, unless that namespace alone is asked for.
  private func home(about learned: Learned) -> String {
    let chosen = learned.options.namespaces
    let apart = own.union(learned.knownNamespaces).subtracting(chosen.count == 1 ? chosen : [])
    return paths.first { path in
      !apart.contains(String(path.split(separator: "/").dropLast().last ?? ""))
    } ?? ReviewFile.name
  }

  /// The entries of each file.
  ///
  /// What several files have an entry for stays in each of them, as people filled it in there: written into another, a
  /// decision would have to be taken back twice. What none of them says yet goes into the first.
  private func spread(_ review: ReviewFile, about learned: Learned) -> [String: [ReviewEntry]] {
    let home = home(about: learned)
    let meanings = learned.options.decisions.meanings
    var holders: [EdgeName: [(path: String, entry: ReviewEntry)]] = [:]
    for path in paths {
      for entry in files[path]?.naming(meanings).entries ?? [] {
        holders[entry.edge, default: []].append((path, entry))
      }
    }
    let around = Dictionary(
      grouping: others.flatMap { other in
        other.file.naming(meanings).entries.map { (entry: $0, isAbove: other.isAbove) }
      },
      by: \.entry.edge)
    let touching = around.isEmpty ? [] : Set(learned.edges.map(EdgeName.init))
    var spread: [String: [ReviewEntry]] = [:]
    for entry in review.entries {
      let here = holders[entry.edge] ?? []
      let there = around[entry.edge] ?? []
      var first = here.first?.entry ?? ReviewEntry(edge: entry.edge, shown: entry.shown, said: .nothing)
      first.takeOver(entry, besides: here.map(\.entry) + there.map(\.entry))
      if here.isEmpty, !there.isEmpty, !first.isFilledIn {
        let isListed = there.contains { $0.isAbove || $0.entry.said.answer != nil }
        guard !isListed, touching.contains(entry.edge) else { continue }
      }
      spread[here.first?.path ?? home, default: []].append(first)
      for (path, other) in here.dropFirst() {
        spread[path, default: []].append(
          ReviewEntry(edge: entry.edge, shown: entry.shown, said: other.said, comments: other.comments))
      }
    }
    return spread
  }
}

extension ReviewEntry {
  /// Takes over what is known of its edge, and what is said to it that none of these entries says.
  fileprivate mutating func takeOver(_ whole: ReviewEntry, besides known: [ReviewEntry]) {
    shown = whole.shown
    if !known.contains(where: { $0.said.answer != nil }) { said.answer = whole.said.answer }
    if !known.contains(where: { $0.said.owner != nil }) { said.owner = whole.said.owner }
    if !known.contains(where: { $0.said.reason != nil }) { said.reason = whole.said.reason }
    if !known.contains(where: { $0.said.expires != nil }) { said.expires = whole.said.expires }
    // An answer that nobody owns is refused when it is read, wherever else its owner stands.
    if said.answer != nil, said.owner == nil { said.owner = whole.said.owner }
    comments += whole.comments.filter { comment in !known.contains { $0.comments.contains(comment) } }
  }
}
