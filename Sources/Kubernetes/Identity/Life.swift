public import Traffic

/// From when until when an object of the cluster was there.
public struct Life: Hashable, Sendable {
  /// From when; the distant past where it doesn't say.
  public let from: Instant
  /// Until when, that moment left out; the distant future while it is there.
  public let until: Instant

  /// The life between two moments.
  init(from: Instant, until: Instant) {
    self.from = from
    self.until = max(from, until)
  }

  /// The life that an object tells of itself; one that ended before it began, by two clocks, ended when it began.
  public init(_ meta: ObjectMeta) {
    from = meta.created ?? .distantPast
    until = max(from, meta.deleted ?? .distantFuture)
  }

  /// The life of a pod, as far as others can reach it.
  public init(of pod: Pod) {
    let held = pod.held
    self.init(from: held.from, until: held.until)
  }

  /// The life of something of which nobody tells when it came or went.
  static let always = Life(ObjectMeta(name: ""))

  /// Those of several objects that were there at a moment; where none was, those that came or went within slack of it.
  ///
  /// As with pods' leases, slack never reaches into the life of another.
  public static func present<Key>(_ keys: [Key], at moment: Instant, life: (Key) -> Life) -> [Key] {
    let sure = keys.filter { life($0).holds(moment, slack: 0) }
    return sure.isEmpty ? keys.filter { life($0).holds(moment, slack: Roster.slackSeconds) } : sure
  }

  /// The moments at which it may change who was present.
  public var changes: [Instant] {
    [
      from.advanced(bySeconds: -Roster.slackSeconds), from, until,
      until.advanced(bySeconds: Roster.slackSeconds),
    ]
  }

  private func holds(_ moment: Instant, slack: Int64) -> Bool {
    from.advanced(bySeconds: -slack) <= moment
      && (until == .distantFuture || moment < until.advanced(bySeconds: slack))
  }
}
