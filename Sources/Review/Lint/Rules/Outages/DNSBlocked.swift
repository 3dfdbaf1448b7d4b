import Kubernetes
import Traffic

extension LintRule {
  /// Pods that may call others and cannot learn where they are.
  static let dnsBlocked = LintRule(
    "dns-blocked", .error, "pods that may ask for something, but not for the address behind a name",
    why: [
      """
      Pods that are isolated for egress reach only what a rule names, and the cluster's DNS is among what has to be named: \
      without it every call by name fails. A port without `protocol` is TCP, and names are asked for over UDP first. The \
      number is the one on which the DNS pods listen, which on OpenShift is 5353.
      """,
      """
      It is judged with all policies together, against the cluster's DNS where that is known, else against what the \
      common distributions have. Pods that may ask for nothing at all need no names and are left out, as are those that \
      may only ask single addresses.
      """,
    ],
    bad: policy(""),
    good: policy("protocol: UDP\n    - port: 53\n      ")
  ) { scene in
    let names = NameServers(scene)
    let answered = scene.namespacesWithAnswers(names)
    var blocked: [DNSFault: Set<WorkloadID>] = [:]
    for asker in scene.askers {
      let rules = scene.rules(of: asker.isolators, .egress)
      guard rules.contains(where: \.needsNames), !names.answer(asker.standing, over: .udp, in: scene.set),
        !rules.contains(where: { names.mayLie(behind: $0.rule) })
      else { continue }
      // Of pods that are not known, some may be let through by a policy about fewer of them.
      if asker.workloads.isEmpty, let policy = asker.isolators.first.map({ scene.policies[$0].policy }),
        answered.contains(policy.namespace), asker.standing.party.selectable?.labels.isEmpty ?? true
      {
        continue
      }
      guard let fault = DNSFault(asker, rules, names, scene) else { continue }
      blocked[fault, default: []].formUnion(asker.workloads)
    }
    return blocked.map { $0.key.notice(about: $0.value, names, scene) }
  }

  private static func policy(_ protocols: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: api
      policyTypes: [Egress]
      egress:
      - ports:
        - port: 53
          \(protocols)protocol: TCP
      - ports:
        - port: 5432
        to:
        - podSelector:
            matchLabels:
              app: postgres
    """
  }
}

/// What keeps pods from asking for names, and where that is best told.
private struct DNSFault: Hashable {
  let policy: Int
  let rule: Int?
  let port: Int?
  let kind: Kind

  enum Kind: Hashable { case onlyTCP, elsewhere, nothing, shut }

  init?(_ asker: Asker, _ rules: [WrittenRule], _ names: NameServers, _ scene: Scene) {
    let place = { (rule: WrittenRule) in
      asker.isolators.first { scene.policies[$0].policy == rule.owner.policy }
    }
    if names.areShut(to: asker.standing, in: scene.set) {
      guard let first = names.servers.lazy.flatMap({ $0.standing.isolators(.ingress) }).first else {
        return nil
      }
      (policy, rule, port, kind) = (first, nil, nil, .shut)
    } else if names.answer(asker.standing, over: .tcp, in: scene.set),
      let rule = rules.first(where: { $0.rule.names([53, 5353], .tcp) }), let place = place(rule)
    {
      let port = rule.ports.first { $0.port.opens(53, .tcp) || $0.port.opens(5353, .tcp) }?.index
      (policy, self.rule, self.port, kind) = (place, rule.index, port, .onlyTCP)
    } else if let rule = rules.first(where: { $0.rule.asksForNames }), let place = place(rule) {
      (policy, self.rule, port, kind) = (place, rule.index, nil, .elsewhere)
    } else {
      let telling = asker.isolators.first {
        !scene.policies[$0].policy.subject.isEverything && !scene.policies[$0].policy.egress.isEmpty
      }
      guard let place = telling ?? asker.isolators.first(where: { !scene.policies[$0].policy.egress.isEmpty })
      else { return nil }
      (policy, rule, port, kind) = (place, nil, nil, .nothing)
    }
  }

  func notice(about workloads: Set<WorkloadID>, _ names: NameServers, _ scene: Scene) -> Notice {
    let written = scene.policies[policy]
    let path = "`\(written.policy.path)`"
    let pods = workloads.isEmpty ? "its pods" : workloads.words
    let servers = names.workloads.isEmpty ? "the cluster's DNS" : names.workloads.words
    let ports = names.podPorts.map { "UDP/\($0)" }.joined(separator: " or ")
    let rule = rule.flatMap { index in written.rules(.egress).first { $0.index == index } }
    let words = rule.map { ", \($0.words)," } ?? ""
    let (message, hint) =
      switch kind {
      case .onlyTCP:
        (
          "\(path)\(words) lets \(pods) ask for names over TCP and not over UDP",
          "add the same port with `protocol: UDP`; a port without `protocol` is TCP"
        )
      case .elsewhere:
        (
          "\(path)\(words) opens the port of DNS, but not to \(servers), and nothing else lets \(pods) ask it",
          "its pods are in namespace `\(names.home)`, which `kubernetes.io/metadata.name` picks, and listen on \(ports)"
        )
      case .nothing:
        (
          "\(path) isolates \(pods) for egress, and no policy lets them ask for names",
          "add a rule to \(servers) on \(ports), and the same for TCP"
        )
      case .shut:
        (
          "\(path) isolates \(servers) for ingress, and lets \(pods) not ask for names",
          "let them in on \(ports), and the same for TCP"
        )
      }
    let place = rule.map { rule in port.map { rule.place(ofPort: $0) } ?? rule.place }
    return Notice(message, hint: hint, on: written, at: place)
  }
}

extension WrittenRule {
  /// Whether it leads to more than single addresses: whoever calls one address may know it by heart.
  fileprivate var needsNames: Bool {
    peers.isEmpty
      || peers.contains { _, peer in
        guard case .block(let block, _) = peer else { return true }
        return block.length < (block.isV4 ? 32 : 128)
      }
  }
}

extension Scene {
  /// The namespaces of unknown pods in which some policy lets its pods ask for names.
  fileprivate func namespacesWithAnswers(_ names: NameServers) -> Set<String> {
    Set(
      askers.filter { asker in
        asker.workloads.isEmpty
          && (names.answer(asker.standing, over: .udp, in: set)
            || rules(of: asker.isolators, .egress).contains { names.mayLie(behind: $0.rule) })
      }.compactMap { $0.standing.party.selectable?.namespace })
  }
}
