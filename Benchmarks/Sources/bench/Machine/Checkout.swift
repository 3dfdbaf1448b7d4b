import Console

/// The files of this checkout, where it was built.
enum Checkout {
  /// The folder that holds `Package.swift`.
  static let root = folder(of: #filePath, up: 5)

  /// A path in the checkout.
  static func path(_ path: String) -> String { "\(root)/\(path)" }

  /// Where the worlds and the references lie: they can be made anew at any time.
  static let scratch = path("Benchmarks/.build/scratch")

  /// The program as `make build` leaves it.
  static let program = path(".build/release/netpol-learn")

  /// What was measured last and kept.
  static func results(of name: String) -> String { path("Benchmarks/results/\(name).jsonl") }

  private static func folder(of file: String, up levels: Int) -> String {
    file.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels).joined(separator: "/")
  }
}
