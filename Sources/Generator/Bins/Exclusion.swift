/// What kind of reason keeps an edge out, and so what would let it in.
public enum Exclusion: Hashable, Sendable {
  /// It never succeeded: once it is seen to, it is a need.
  case failed
  /// Policies that run deny it, and as long as they do it can't succeed.
  case denied
  /// One pod did it once, and whoever is strict wants more.
  case thin
  /// It is kept out whether or not it succeeds: only somebody who accepts it lets it in.
  case suspicious

  /// How an edge failed, as its reason says.
  enum Failure: String, CaseIterable {
    case refused
    case unestablished = "never established"
    case unanswered = "nothing came back"
  }

  /// How the reason of an edge begins that policies deny.
  static let denialWord = "denied by "
}

extension Edge {
  /// What kind of reason keeps it out; nil where it is not quarantined.
  public var exclusion: Exclusion? {
    guard bin == .quarantined, let reason else { return nil }
    if reason.hasPrefix(Exclusion.denialWord) { return .denied }
    if reason == Remark.thin.rawValue { return .thin }
    return Exclusion.Failure(rawValue: reason) == nil ? .suspicious : .failed
  }
}
