/// What a reviewer should know of an edge that becomes a rule.
public enum Remark: String, Hashable, Sendable {
  /// Little evidence.
  case thin = "thin: one pod, once"
  /// Somebody decided that it is a need.
  case accepted = "accepted in the review"
  /// Its port was closed for a while.
  case refusedAtTimes = "refused in some minutes"
  /// Nobody answered, and a recorder saw others send the same in the client's name.
  case spoofed = "others send there in its name"
  /// A policy that the cluster has would cut it.
  case denied = "a policy of the cluster denies it"
  /// Its addresses will be others tomorrow.
  case publicName = "public name, addresses rotate"
  /// The cloud's own endpoint for a pod's identity.
  case identity = "cloud identity endpoint"
  /// A private address behind a name.
  case privateName = "private address by name: fragile where the name moves"
  /// Names of a server that isn't the cluster's: a rule of its own lets them through.
  case otherNames = "names from a server that is not the cluster's"
  /// A machine's address, where translation may have put it in the place of another.
  case machine = "a machine's address: a pod or a guest may stand behind it"
}
