/// Where something was read.
public struct Origin: Hashable, Sendable {
  /// The file, as its reader named it.
  public let file: String
  /// The line, counted from 1; nil where the source has none.
  public let line: Int?

  /// A place in a file.
  public init(file: String, line: Int?) {
    self.file = file
    self.line = line
  }
}

extension Origin: Comparable {
  /// By file, then by line.
  public static func < (one: Origin, other: Origin) -> Bool {
    (one.file, one.line ?? 0) < (other.file, other.line ?? 0)
  }
}

extension Origin: CustomStringConvertible {
  /// The file and the line, as compilers print them.
  public var description: String { line.map { "\(file):\($0)" } ?? file }
}
