/// A name that somebody asked for and an address that somebody answered, within one hour.
public struct DNSFact: Hashable, Sendable {
  /// What makes it this row and no other.
  public let key: Key
  /// When it was answered.
  public private(set) var activity: Activity

  /// An answer; nil when the activity is not of the key's hour.
  public init?(key: Key, activity: Activity) {
    guard activity.hour == key.hour else { return nil }
    self.key = key
    self.activity = activity
  }

  /// Adds another row of the same key.
  public mutating func merge(_ other: DNSFact) {
    precondition(key == other.key, "rows of different keys are different facts")
    activity.merge(other.activity)
  }
}

extension DNSFact {
  /// The identity of a row, in the order that the store sorts by.
  public struct Key: Hashable, Sendable {
    /// Hours since the epoch.
    public let hour: Int64
    /// Who recorded it.
    public let recorder: String
    /// Who asked.
    public let asker: Address
    /// Who answered; whether that is the cluster's DNS is decided at attribution.
    public let answerer: Address
    /// The name asked for, in lower case, without the final dot.
    public let name: String
    /// The address answered, through all aliases.
    public let address: Address

    /// The key with these parts.
    public init(
      hour: Int64, recorder: String, asker: Address, answerer: Address, name: String, address: Address
    ) {
      self.hour = hour
      self.recorder = recorder
      self.asker = asker
      self.answerer = answerer
      self.name = name
      self.address = address
    }
  }
}

extension DNSFact.Key: Comparable {
  /// By its parts in the order that they are declared.
  public static func < (one: DNSFact.Key, other: DNSFact.Key) -> Bool {
    if one.hour != other.hour { return one.hour < other.hour }
    if one.recorder != other.recorder { return one.recorder < other.recorder }
    if one.asker != other.asker { return one.asker < other.asker }
    if one.answerer != other.answerer { return one.answerer < other.answerer }
    if one.name != other.name { return one.name < other.name }
    return one.address < other.address
  }
}
