/// The files of this repository, named by their path from its root.
public enum Repository {
  /// The folder that holds `Package.swift`.
  public static let root = folder(of: #filePath, up: 4)

  /// What a file of the repository holds.
  public static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    try FileBytes.read(absolute(path))
  }

  /// What a text file of the repository holds.
  public static func text(_ path: String) throws(FileProblem) -> String {
    String(decoding: try read(path), as: UTF8.self)
  }

  /// The whole path of a file of the repository.
  public static func absolute(_ path: String) -> String { root + "/" + path }

  private static func folder(of file: String, up levels: Int) -> String {
    file.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels).joined(separator: "/")
  }
}
