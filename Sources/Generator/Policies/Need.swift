import Kubernetes
import Traffic

/// One thing a workload's policy must let through, in one direction.
struct Need: Hashable {
  /// Who is at the other end.
  let peer: Peer
  /// On which of the server's own ports.
  let port: PolicyPort
  /// How a comment calls the peer.
  let name: String
  /// How the server calls the port.
  let portName: String?
  /// What kind of opening it is.
  let breadth: Breadth

  /// How much a rule opens beyond the edge it stands for.
  enum Breadth: Int, Hashable, Comparable {
    /// Nothing.
    case exact
    /// What the baseline opens by design.
    case baseline
    /// Everywhere outside, because the addresses of a name rotate.
    case publicName
    /// Everywhere outside, because guests can come from anywhere.
    case guests

    /// Whether it opens a block of addresses.
    var isBroad: Bool { self == .publicName || self == .guests }

    /// What a comment says of it.
    var remark: String? {
      switch self {
      case .exact, .baseline: nil
      case .publicName: ", by public name: addresses rotate, so this is broad"
      case .guests: ": they can come from anywhere, so this is broad"
      }
    }

    static func < (one: Breadth, other: Breadth) -> Bool { one.rawValue < other.rawValue }
  }
}
