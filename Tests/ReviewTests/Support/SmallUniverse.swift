import Kubernetes
import Traffic

/// Every end that two sets of `PolicyWorld` can tell apart, listed one by one: the judge of what was found by thinking.
///
/// One end of each class is asked about: see `EndClasses`.
enum SmallUniverse {
  /// A difference between two sets; nil where no pair of ends shows any.
  ///
  /// Each way in which the undescribed namespace `y` and a new one may be labelled is tried.
  static func difference(
    _ before: [NetworkPolicy], _ after: [NetworkPolicy]
  ) -> (from: Party, to: Party, before: PortSet, after: PortSet)? {
    var classes = EndClasses(of: before + after)
    var asked: Set<Pair> = []
    for namespaces in namespaces(before + after) {
      let old = PolicySet(before, namespaces: namespaces)
      let new = PolicySet(after, namespaces: namespaces)
      let ends = classes.firstOfEach(old.labels)
      let was = ends.map { old.standing(of: $0.end.party) }
      let now = ends.map { new.standing(of: $0.end.party) }
      for (one, source) in ends.enumerated() {
        for (other, destination) in ends.enumerated() where source.end.isRuled || destination.end.isRuled {
          guard asked.insert(Pair(source: source.number, destination: destination.number)).inserted else {
            continue
          }
          let open = old.open(from: was[one], to: was[other], areReplicas: true)
          let opened = new.open(from: now[one], to: now[other], areReplicas: true)
          if open != opened { return (source.end.party, destination.end.party, open, opened) }
        }
      }
    }
    return nil
  }

  /// The labels that the namespaces may have.
  static func namespaces(_ policies: [NetworkPolicy]) -> [[String: Labels]] {
    let isTeamAsked = policies.flatMap { $0.ingress + $0.egress }.contains { $0.description.contains("team") }
    let labels: [Labels] = isTeamAsked ? [[:], ["team": "red"], ["team": "blue"]] : [[:]]
    return labels.flatMap { ofY in
      labels.map { ofNew in PolicyWorld.namespaces.merging(["y": ofY, "z": ofNew, "w": ofNew]) { $1 } }
    }
  }

  private struct Pair: Hashable {
    let source: Int
    let destination: Int
  }

  /// One end.
  struct End {
    let party: Party
    /// Nil for what is outside.
    let traits: PodTraits?
    /// Which of the ports and addresses it has that an end can have; of what is outside each has its own.
    let form: Int

    /// Whether policies may isolate it: they are all of two namespaces.
    var isRuled: Bool { traits.map { $0.namespace == "x" || $0.namespace == "y" } ?? false }
  }

  /// All of them.
  static let ends: [End] = pods + outside

  private static let outside: [End] =
    ["10.0.0.1", "10.1.0.1", "10.200.0.1", "192.0.2.1", "2001:db8::1"]
    .compactMap { Address($0) }.enumerated().map { End(party: .address($1), traits: nil, form: $0) }

  /// Pods of four namespaces with any of the labels that selectors name, and one value that none names.
  private static let pods: [End] = ["x", "y", "z", "w"].flatMap { namespace in
    [nil, "1", "2", "3"].flatMap { a in
      [nil, "1", "2", "3"].flatMap { b -> [End] in
        var labels: Labels = [:]
        labels["a"] = a
        labels["b"] = b
        let plain = PodTraits(namespace: namespace, labels: labels)
        let declaring = PodTraits(
          namespace: namespace, labels: labels, ports: [ContainerPort(name: "http", number: 8080)])
        let forms =
          [(plain, nil), (declaring, nil)]
          + ["10.1.0.9", "2001:db8::9"].map { (declaring, Address($0)) }
        let count = a == "3" || b == "3" ? 1 : a == "2" || b == "2" ? 2 : 4
        return forms.prefix(count).enumerated().map { form, pod in
          End(party: .pod(pod.0, address: pod.1), traits: pod.0, form: form)
        }
      }
    }
  }
}
