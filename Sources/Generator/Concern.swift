/// Something that people must know before the policies are applied, and that no rule can settle.
public struct Concern: Hashable, Sendable {
  /// What it is about.
  public let kind: Kind
  /// What there is to know, for people.
  public let message: String
  /// What it is about one by one, where that is more than the message says.
  public let detail: [String]
  /// What to do about it, where that is known.
  public let hint: String?

  init(_ kind: Kind, _ message: String, detail: [String] = [], hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.detail = detail
    self.hint = hint
  }

  /// What concerns are about, as scripts call it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Somebody declared that metrics are to be collected, and nobody was seen to.
    case scrapesNotSeen = "scrapes-not-seen"
    /// The API server asks a Service before it takes an object, and nobody knows the pods behind it.
    case webhooksUnknown = "webhooks-unknown"
    /// Workloads find their pods by labels that don't last.
    case passingLabels = "passing-labels"
    /// Workloads are told from others by labels that their own selectors don't ask for.
    case labelsBesideSelector = "labels-beside-selector"
    /// One policy is for several workloads that had the same labels one after the other.
    case sharedPolicies = "shared-policies"
    /// Machines hand guests on in their own names, and those of machines that come later are cut.
    case guestsHidden = "guests-hidden"
    /// Guests came to ports that nothing known offers outside.
    case guestsUnexplained = "guests-unexplained"
    /// Guests from private addresses came to ports that are offered outside.
    case guestsPrivate = "guests-private"
    /// Workloads may hold connections that were opened before the recording.
    case oldConnections = "old-connections"
    /// Others sent in the names of clients what their needs stand on.
    case spoofedSources = "spoofed-sources"
    /// Machines needed something at addresses that no machine has now.
    case machinesGone = "machines-gone"
    /// Broad rules leave out what lies around pods, where nobody tells which addresses are pods'.
    case blocksDerived = "blocks-derived"
    /// The cluster's DNS lets the machines' caches of names in by address.
    case cachesByAddress = "caches-by-address"
    /// The cluster's DNS watches the API server, whose addresses nobody knows.
    case apiServerUnknown = "apiserver-unknown"
    /// Nobody knows whom the cluster's DNS asks for names outside the cluster.
    case resolversUnknown = "resolvers-unknown"
    /// The network plugin puts no policy in force, or only where it was asked to.
    case policiesNotInForce = "policies-not-in-force"
    /// The network plugin lets no machine through by its address.
    case machinesNotMatched = "machines-not-matched"
    /// The network plugin doesn't rule the transport of some needs.
    case transportNotRuled = "transport-not-ruled"
    /// Policies of another namespace would cut something that is needed.
    case companionNeeded = "companion-needed"
    /// Policies of another namespace would cut something that is needed, and no policy can be made that mends it.
    case cutElsewhere = "cut-elsewhere"
    /// Policies that others wrote have names of those that are made, which take their places.
    case namesTaken = "names-taken"
  }
}
