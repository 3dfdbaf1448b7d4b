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

// Mutants of policies.
extension Stress {
  // The variable is only looked at.
  private static let isEveryMutantAskedFor = unsafe getenv("NETPOL_MUTANTS") != nil

  /// Of how many mutants one is tried; with `NETPOL_MUTANTS` in the environment, all are.
  public static var mutantStep: Int { isEveryMutantAskedFor ? 1 : 7 }

  /// Says what became of a mutant, where all were asked for.
  public static func tellMutant(_ words: String) {
    if isEveryMutantAskedFor { print(words) }
  }
}
