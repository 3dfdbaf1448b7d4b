import Glibc

/// How hard the laws are tried: as much as a change can wait for, or as much as `make stress` asks for.
public enum Stress {
  /// How many worlds a law is tried in, all seeds together; `NETPOL_WORLDS` asks for another number.
  ///
  /// Every law has seeds of its own, at most a hundred, and tries at least one world for each.
  public static let worlds: Int = {
    // The variable's text is copied before anything could change it.
    max(100, unsafe getenv("NETPOL_WORLDS").flatMap { unsafe Int(String(cString: $0)) } ?? 500)
  }()

  /// Whether another number of worlds was asked for.
  private static let isAskedFor = unsafe getenv("NETPOL_WORLDS") != nil

  /// Says what was tried, where somebody asked for more than usual.
  public static func tell(_ words: String) {
    if isAskedFor { print(words) }
  }
}
