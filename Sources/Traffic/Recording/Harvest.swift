/// What a recording found.
public struct Harvest: Hashable, Sendable {
  /// Who talked to whom, sorted by key.
  public let facts: [Fact]
  /// What was begun in another's name, which is no fact of the client that it names; sorted by key.
  public let spoofed: [Fact]
  /// Which names led to which addresses, sorted by key.
  public let dns: [DNSFact]
  /// How much taught nothing, by reason.
  public let passed: [Passed: UInt64]
  /// How many frames there were.
  public let frames: UInt64
  /// When the first frame was seen; nil when there was none of a credible time.
  public let first: Instant?
  /// When the last frame was seen; nil when there was none of a credible time.
  public let last: Instant?
  /// How many TCP connections there were, each counted once.
  public let connections: UInt64
  /// How many SCTP associations there were, each counted once.
  public let associations: UInt64
  /// How many interfaces showed each connection and association, added up.
  public let sightings: UInt64
  /// How many UDP exchanges there were; one through a Service counts on each side of the Service.
  public let exchanges: UInt64

  /// How many different names were answered with an address.
  public var names: Int { Set(dns.map(\.key.name)).count }
}
