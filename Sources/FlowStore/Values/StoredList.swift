public import Traffic

/// A list of the cluster's objects as the store keeps it: when it was made, and a body that only its writer understands.
///
/// Its objects are rows of their own. It stays so that what it shows to be gone is gone in whatever order lists come.
public struct StoredList: Hashable, Sendable {
  /// When it was made, or shortly before.
  public let moment: Instant
  /// What it shows.
  public let body: String

  /// A list.
  public init(moment: Instant, body: String) {
    self.moment = moment
    self.body = body
  }
}
