import Generator

/// The review files of a folder of policies, by their paths in it.
///
/// Each keeps its place and its entries when they are renewed; what is new goes into the one nearest to the top.
public struct ReviewFolder: Sendable {
  /// The files, as they were read.
  public private(set) var files: [String: ReviewFile] = [:]
  private var bytes: [String: [UInt8]] = [:]

  /// A folder without any.
  public init() {}

  /// Reads a file of the folder; `name` is what people call it by.
  public mutating func read(_ text: [UInt8], at path: String, named name: String) throws(OwnFileError) {
    files[path] = try ReviewFile(text, file: name)
    bytes[path] = text
  }
}

// What it can tell.
extension ReviewFolder {
  /// Whether a file of this folder holds these bytes, so that nothing is lost when it is renewed.
  public func holds(_ text: [UInt8]) -> Bool { bytes.values.contains(text) }

  /// Where new entries go.
  public var home: String {
    func depth(_ path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
    return files.keys.min { (depth($0), $0) < (depth($1), $1) } ?? ReviewFile.name
  }

  /// The files that change when they are to say this.
  public func renewed(_ review: ReviewFile) -> [String: String] {
    let home = home
    var places: [EdgeName: String] = [:]
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      for entry in file.entries where places[entry.edge] == nil { places[entry.edge] = path }
    }
    let entries = Dictionary(grouping: review.entries) { places[$0.edge] ?? home }
    var texts: [String: String] = [:]
    for path in Set(files.keys).union(entries.keys) {
      let earlier = files[path]
      let text = ReviewFile(
        entries[path] ?? [], above: earlier?.above ?? [], below: earlier?.below ?? []
      ).text
      if Array(text.utf8) != bytes[path] { texts[path] = text }
    }
    return texts
  }
}
