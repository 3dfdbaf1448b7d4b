import Kubernetes
import Traffic

/// Every end that two sets of `PolicyWorld` can tell apart, listed one by one: the judge of what was found by thinking.
enum SmallUniverse {
  /// A difference between two sets; nil where no pair of ends shows any.
  ///
  /// Each way in which the undescribed namespace `y` and a new one may be labelled is tried.
  static func difference(
    _ before: [NetworkPolicy], _ after: [NetworkPolicy]
  ) -> (from: Party, to: Party, before: PortSet, after: PortSet)? {
    let rules = (before + after).flatMap { $0.ingress + $0.egress }
    let isTeamAsked = rules.contains { $0.description.contains("team") }
    let labels: [Labels] = isTeamAsked ? [[:], ["team": "red"], ["team": "blue"]] : [[:]]
    for ofY in labels {
      for ofNew in labels {
        let namespaces = PolicyWorld.namespaces.merging(["y": ofY, "z": ofNew, "w": ofNew]) { $1 }
        let old = PolicySet(before, namespaces: namespaces)
        let new = PolicySet(after, namespaces: namespaces)
        let ends = pods + outside
        let was = ends.map { old.standing(of: $0) }
        let now = ends.map { new.standing(of: $0) }
        for one in ends.indices {
          for other in ends.indices where isRuled(ends[one]) || isRuled(ends[other]) {
            let open = old.open(from: was[one], to: was[other], areReplicas: true)
            let opened = new.open(from: now[one], to: now[other], areReplicas: true)
            if open != opened { return (ends[one], ends[other], open, opened) }
          }
        }
      }
    }
    return nil
  }

  /// Whether policies may isolate it: they are all of two namespaces.
  private static func isRuled(_ party: Party) -> Bool {
    party.selectable.map { $0.namespace == "x" || $0.namespace == "y" } ?? false
  }

  private static let outside: [Party] = ["10.0.0.1", "10.1.0.1", "10.200.0.1", "192.0.2.1", "2001:db8::1"]
    .compactMap { Address($0) }.map { .address($0) }

  /// Pods of four namespaces with any of the labels that selectors name, and one value that none names.
  private static let pods: [Party] = ["x", "y", "z", "w"].flatMap { namespace in
    [nil, "1", "2", "3"].flatMap { a in
      [nil, "1", "2", "3"].flatMap { b -> [Party] in
        var labels: Labels = [:]
        labels["a"] = a
        labels["b"] = b
        let plain = PodTraits(namespace: namespace, labels: labels)
        let declaring = PodTraits(
          namespace: namespace, labels: labels, ports: [ContainerPort(name: "http", number: 8080)])
        if a == "3" || b == "3" { return [.pod(plain, address: nil)] }
        let anywhere = [plain, declaring].map { Party.pod($0, address: nil) }
        if a == "2" || b == "2" { return anywhere }
        return anywhere + [Address("10.1.0.9"), Address("2001:db8::9")].map { .pod(declaring, address: $0) }
      }
    }
  }
}
