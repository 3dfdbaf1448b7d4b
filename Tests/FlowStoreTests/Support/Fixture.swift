import Glibc

/// Stores that older versions wrote.
enum Fixture {
  static func path(version: Int) -> String { folder + "/version-\(version).db" }

  static var mayWrite: Bool { unsafe getenv("NETPOL_UPDATE") != nil }

  private static var folder: String {
    let here = "\(#filePath)"
    return here.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
      + "/Fixtures"
  }
}
