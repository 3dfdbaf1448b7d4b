public import Traffic

/// An object of the cluster as the store keeps it: when it was, and a body that only its writer understands.
public struct StoredObject: Hashable, Sendable {
  /// Its kind, with its group where that is needed.
  public let kind: String
  /// Its namespace, empty for objects of the whole cluster.
  public let namespace: String
  /// Its name.
  public let name: String
  /// Its uid, empty where a manifest gives none.
  public let uid: String
  /// What must not be forgotten when it changes, of which each is a row; empty where the newest telling is enough.
  public let look: String
  /// Which of two versions is the newer one; 0 where nobody counts.
  public let version: Int64
  /// Since when it has been there, or is known with this look.
  public let from: Instant
  /// When it ended; nil while it has not.
  public let until: Instant?
  /// When the newest list that tells when it was made told it; nil where none did.
  public let told: Instant?
  /// What it says.
  public let body: String

  /// An object; one that ended before it began, by two clocks, ended when it began.
  public init(
    kind: String, namespace: String, name: String, uid: String, look: String = "", version: Int64 = 0,
    from: Instant, until: Instant? = nil, told: Instant? = nil, body: String
  ) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
    self.uid = uid
    self.look = look
    self.version = version
    self.from = from
    self.until = until.map { max($0, from) }
    self.told = told
    self.body = body
  }
}
