import Kubernetes
import Traffic

/// One of the possible pairs, as two parties that can be asked about, with words that say who they are.
struct Witness {
  let source: NamedParty
  let destination: NamedParty
  /// Whether both ends have addresses, of different families: they could not speak to each other.
  var isMixed: Bool {
    guard let one = source.party.addresses.primary, let other = destination.party.addresses.primary else {
      return false
    }
    return one.isV4 != other.isV4
  }

  /// The labels of the namespaces that nobody described, as they are in this example.
  let namespaces: [String: Labels]

  /// The plainest of these pairs.
  init(_ pairs: Possibility, in encounter: Encounter) {
    let subject = Example(
      of: .subject, at: encounter.subject, pairs, declares: encounter.direction == .ingress)
    let peer = Example(of: .peer, at: encounter.peer, pairs, declares: encounter.direction == .egress)
    (source, destination) =
      encounter.direction == .ingress ? (peer.party, subject.party) : (subject.party, peer.party)
    namespaces = subject.namespaces.merging(peer.namespaces) { one, _ in one }
  }
}

/// The plainest end of possible pairs.
private struct Example {
  let party: NamedParty
  var namespaces: [String: Labels] = [:]

  init(of end: PairEnd, at home: Home, _ pairs: Possibility, declares: Bool) {
    let spans: AddressSpans = if case .addresses(let spans) = pairs[.address(end)] { spans } else { .any }
    // An address is told only where something hangs on it.
    let address = spans.hasNone ? nil : spans.example
    if home == .outside {
      let known = address ?? Address(v4: 0)
      party = NamedParty(name: spans.words, outside: known)
      return
    }
    let labels = Picked(pairs) { if case .label(end, let key) = $0 { key } else { nil } }
    let (namespace, place) = Self.namespace(home, pairs, &namespaces)
    let ports = declares ? Self.ports(pairs) : []
    let traits = PodTraits(namespace: namespace, labels: labels.values, ports: ports)
    var words = labels.words.isEmpty ? "any pod" : "a pod labelled \(labels.words)"
    if !ports.isEmpty {
      words +=
        " declaring " + ports.map { "\($0.name ?? "")=\($0.number)/\($0.transport)" }.joined(separator: ",")
    }
    if address != nil { words += " at \(spans.words)" }
    party = NamedParty(name: "\(words) of \(place)", .pod(traits, address: address))
  }

  private static func namespace(
    _ home: Home, _ pairs: Possibility, _ namespaces: inout [String: Labels]
  ) -> (name: String, words: String) {
    let nameKey = LabelSelector.namespaceNameLabel
    switch home {
    case .outside: return ("", "")
    case .known(let name, _): return (name, "namespace \(name)")
    case .undescribed(let name):
      let labels = Picked(pairs) { if case .namespaceLabel(name, let key) = $0 { key } else { nil } }
      namespaces[name] = labels.values
      return (name, "namespace \(name)" + (labels.words.isEmpty ? "" : ", if labelled \(labels.words)"))
    case .new(let names):
      let labels = Picked(pairs) {
        if case .namespaceLabel(nil, let key) = $0, key != nameKey { key } else { nil }
      }
      var name = LabelValues.unnamed("other", besides: Set<String?>(names))
      var words = "a new namespace" + (labels.words.isEmpty ? "" : " labelled \(labels.words)")
      if case .values(let scope) = pairs[.namespaceLabel(nil, nameKey)] {
        if case .these = scope {
          name = scope.example ?? name
          words = "namespace \(name)" + (labels.words.isEmpty ? "" : ", if labelled \(labels.words)")
        } else if case .allBut(let besides) = scope {
          name = LabelValues.unnamed("other", besides: besides.union(Set<String?>(names)))
        }
      }
      namespaces[name] = labels.values
      return (name, words)
    }
  }

  /// The port that is asked for, under each name that hangs on it.
  private static func ports(_ pairs: Possibility) -> [ContainerPort] {
    guard case .ports(let ports) = pairs[.port], let lowest = ports.ranges.first else { return [] }
    let names = pairs.traits.compactMap { trait -> PortName? in
      guard case .declares(let transport, let name) = trait, case .values(let claim) = pairs[trait],
        claim.isSubset(of: .present)
      else { return nil }
      return PortName(transport: transport, name: name)
    }
    return names.sorted().map { port in
      let usual: UInt16 = ports.contains(8080, port.transport) ? 8080 : lowest.ports.first
      return ContainerPort(name: port.name, number: usual, transport: port.transport)
    }
  }
}

/// Labels of an example, and the words that say what hangs on them.
private struct Picked {
  private(set) var values: Labels = [:]
  let words: String

  /// The labels of those traits that are some; `key` gives a trait's label.
  init(_ pairs: Possibility, _ key: (Trait) -> String?) {
    var words: [String] = []
    let keys = pairs.traits.compactMap { trait in key(trait).map { ($0, trait) } }
    for (key, trait) in keys.sorted(by: { $0.0 < $1.0 }) {
      guard case .values(let scope) = pairs[trait], scope != .any else { continue }
      if let value = scope.example {
        values[key] = value
        words.append("\(key)=\(value)")
      } else if case .allBut(let others) = scope, others.count <= 3 {
        words.append("\(key) notin (\(others.compactMap(\.self).sorted().joined(separator: ",")))")
      } else {
        words.append("!\(key)")
      }
    }
    self.words = words.joined(separator: ",")
  }
}
