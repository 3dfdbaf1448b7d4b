import Kubernetes
import Traffic

/// One thing a workload's policy must let through, in one direction.
struct Need: Hashable {
  /// Who is at the other end; nil for everybody, where nobody can say who it will be.
  let peer: Peer?
  /// On which of the server's own ports.
  let port: PolicyPort
  /// How a comment calls the peer: by several names where it stands for several.
  let names: [String]
  /// How the server calls the port.
  let portName: String?
  /// What kind of opening it is.
  let breadth: Breadth
  /// Who let it through though it was kept out, empty where nobody says so; nil where nobody had to.
  var approval: String?

  /// How much a rule opens beyond the edge it stands for.
  enum Breadth: Int, Hashable, Comparable {
    /// Nothing.
    case exact
    /// What the baseline opens by design.
    case baseline
    /// What the baseline opens to the machines that there are.
    case machines
    /// A network that people gave a name, of which one address was seen.
    case network
    /// Everywhere outside, because the addresses of a name rotate.
    case publicName
    /// Everywhere outside, because guests can come from anywhere.
    case guests
    /// Everywhere but at pods, because nobody knows whom the cluster's DNS asks.
    case resolvers
    /// Everywhere, because the API server calls from another place in every cluster.
    case webhook

    /// Whether it opens more than anybody can list.
    var isBroad: Bool { self >= .publicName }

    /// Whether it is there by design, also where no edge was seen.
    var isBaseline: Bool {
      switch self {
      case .baseline, .machines, .resolvers, .webhook: true
      case .exact, .network, .publicName, .guests: false
      }
    }

    /// What a comment says of it.
    var remark: String? {
      switch self {
      case .exact, .baseline: nil
      case .machines: ": a machine that comes later is not among them"
      case .network: ", a named network"
      case .publicName: ", by public name: addresses rotate, so this is broad"
      case .guests: ": they can come from anywhere, so this is broad"
      case .resolvers: ": none was seen, and each machine names its own, so this is broad"
      case .webhook: ": it asks from another place in every cluster, so this is broad"
      }
    }

    static func < (one: Breadth, other: Breadth) -> Bool { one.rawValue < other.rawValue }
  }
}

extension Need {
  /// A need whose peer has one name.
  init(peer: Peer?, port: PolicyPort, name: String, portName: String?, breadth: Breadth) {
    self.init(peer: peer, port: port, names: [name], portName: portName, breadth: breadth)
  }

  /// The needs that rules must be written for: each peer and port once, and no address that a broader need covers.
  ///
  /// A covered need is told in the name of the one that covers it, so that the rule's comment says all it is for.
  static func distinct(_ needs: [Need]) -> [Need] {
    let byOpening = Dictionary(grouping: needs) { Opening(peer: $0.peer, port: $0.port) }
    let merged = byOpening.values.flatMap { all -> [Need] in
      guard all.count > 1 else { return all }
      let same = Set(all)
      // What is needed anyhow is nobody's decision, and the narrowest of them is the one that something needs.
      let own = same.filter { $0.approval == nil }
      let candidates = own.isEmpty ? same : own
      let breadth = candidates.map(\.breadth).min() ?? .exact
      return candidates.filter { $0.breadth == breadth }
    }
    let broad = BroadNeeds(merged)
    guard !broad.isEmpty else { return merged }
    var kept: Set<Need> = []
    for need in merged {
      let covering = broad.covering(need)
      if covering.isEmpty { kept.insert(need) }
      for wide in covering { kept.insert(wide.called(need.names)) }
    }
    return Array(kept)
  }

  private struct Opening: Hashable {
    let peer: Peer?
    let port: PolicyPort
  }

  /// The same need in the name of others.
  func called(_ names: [String]) -> Need {
    Need(peer: peer, port: port, names: names, portName: portName, breadth: breadth, approval: approval)
  }
}
