import Documents
import TestSupport

/// Files with one JSON value on each line.
enum JSONLines {
  /// The values of a file of the repository.
  static func read(_ path: String) throws -> [Node] {
    try Repository.read(path).split(separator: UInt8(ascii: "\n")).map { try JSON.read(Array($0)) }
  }
}
