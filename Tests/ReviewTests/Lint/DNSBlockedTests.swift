import Testing

@testable import Review

@Suite("Pods that cannot ask for names are found")
struct DNSBlockedTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .dnsBlocked).lines }
  private let web = "{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}"
  private let kubeDNS =
    "to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]"

  @Test("where a policy opens something, and no policy opens DNS")
  func nothing() throws {
    #expect(
      try found(Written.egress("api", web)) == [
        "2 dns-blocked: `shop/api` isolates its pods for egress, and no policy lets them ask for names"
      ])
    #expect(
      try found(Written.egress("api", web) + Written.pod("api")) == [
        "2 dns-blocked: `shop/api` isolates `shop/api` for egress, and no policy lets them ask for names"
      ])
  }

  @Test("also for pods that are not among the manifests, where others of their namespace are")
  func unlisted() throws {
    let policy = Written.egress("b", "{ports: [{port: 5432}]}")
    #expect(try found(policy + Written.pod("a")).count == 1)
    #expect(try found(policy + Written.pod("a") + Written.cluster) == [], "there are no such pods")
    let all = Written.policy(
      "all", "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]")
    #expect(try found(policy + all + Written.pod("a")) == [])
  }

  @Test("where DNS is opened over TCP alone, at the line of the port")
  func tcp() throws {
    let text = """
      kind: NetworkPolicy
      metadata: {name: api, namespace: shop}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - ports:
          - port: 443
          - port: 53
      """
    let scene = try LintScene(text, rule: .dnsBlocked)
    #expect(
      scene.lines == [
        "9 dns-blocked: `shop/api`, egress rule 0, lets its pods ask for names over TCP and not over UDP"
      ])
    #expect(
      scene.lint.findings[0].hint
        == "add the same port with `protocol: UDP`; a port without `protocol` is TCP")
  }

  @Test("where the port of DNS is opened to others, told once for all the pods")
  func elsewhere() throws {
    // As the cluster's objects show it, nothing labels the namespace so.
    let labelled =
      "{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}], ports: [{port: 53, protocol: UDP}]}"
    let all = Written.policy("dns", "podSelector: {}, policyTypes: [Egress], egress: [\(labelled)]")
    let pods = Written.pod("api") + Written.pod("web")
    #expect(
      try found(all + pods + Written.egress("api", web) + Written.cluster) == [
        "5 dns-blocked: `shop/dns`, egress rule 0, opens the port of DNS, but not to `kube-system/coredns`, and "
          + "nothing else lets `shop/api`, `shop/web` ask it"
      ])
    // Without the namespace's labels, it may well be labelled so.
    #expect(try found(all + pods) == [])
    // The pods of the own namespace are never the cluster's DNS.
    let own = "{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}"
    #expect(try found(Written.egress("api", own)).count == 1)
  }

  @Test("where the number is the Service's and the pods listen on 5353")
  func port() throws {
    let rule = { (port: Int) in "{\(kubeDNS), ports: [{port: \(port), protocol: UDP}]}" }
    let scene = try LintScene(
      Written.egress("api", rule(53)) + Written.pod("api") + Written.dns(5353), rule: .dnsBlocked)
    #expect(scene.lines.count == 1)
    #expect(
      scene.lint.findings.map(\.hint) == [
        "its pods are in namespace `kube-system`, which `kubernetes.io/metadata.name` picks, and listen on UDP/5353"
      ])
    #expect(try found(Written.egress("api", rule(5353)) + Written.pod("api") + Written.dns(5353)) == [])
    #expect(try found(Written.egress("api", rule(5353)) + Written.pod("api") + Written.dns(53)).count == 1)
  }

  @Test("where the policies of the DNS pods let nobody in")
  func shut() throws {
    let lock = Written.policy("lock", in: "kube-system", "podSelector: {}, policyTypes: [Ingress]")
    let rule = "{\(kubeDNS), ports: [{port: 53, protocol: UDP}, {port: 53}]}"
    #expect(
      try found(Written.egress("api", rule) + Written.pod("api") + Written.dns() + lock) == [
        "25 dns-blocked: `kube-system/lock` isolates `kube-system/coredns` for ingress, and lets `shop/api` not ask for "
          + "names"
      ])
  }

  @Test(
    "not where any of the common name servers, or one of somebody's own, can be asked",
    arguments: [
      "{ports: [{port: 53, protocol: UDP}]}", "{}", "{to: [{namespaceSelector: {}}]}",
      "{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}",
      "{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: dns, protocol: UDP}]}",
      "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}], ports: [{port: 5353, protocol: UDP}]}",
      "{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}], ports: [{port: 53, protocol: UDP}]}",
      "{to: [{ipBlock: {cidr: 169.254.20.10/32}}], ports: [{port: 53, protocol: UDP}]}",
      "{to: [{ipBlock: {cidr: 10.96.0.10/32}}], ports: [{port: 53, protocol: UDP}]}",
      "{to: [{ipBlock: {cidr: 8.8.8.8/32}}], ports: [{port: 53, protocol: UDP}]}",
      "{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}",
      "{ports: [{port: 1, endPort: 65535, protocol: UDP}]}",
    ])
  func answered(_ rule: String) throws {
    #expect(try found(Written.egress("api", "\(web), \(rule)")) == [])
    #expect(try found(Written.egress("api", "\(web), \(rule)") + Written.pod("api")) == [])
  }

  @Test("not where another policy about the same pods opens it, known or not")
  func other() throws {
    let all = Written.policy(
      "dns", "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]")
    #expect(try found(Written.egress("api", web) + all) == [])
    #expect(try found(Written.egress("api", web) + all + Written.pod("api")) == [])
    // A policy for all pods beside one that opens DNS for some: which pods are neither is not known.
    let broad = Written.policy("web", "podSelector: {}, policyTypes: [Egress], egress: [\(web)]")
    let some = Written.egress("api", "{ports: [{port: 53, protocol: UDP}]}")
    #expect(try found(broad + some) == [])
    #expect(try found(broad + some + Written.pod("api")) == [])
    #expect(try found(broad + some + Written.pod("db")).count == 1)
  }

  @Test("not for pods that may ask for nothing, or only for single addresses, or that are not isolated")
  func silent() throws {
    let deny = Written.policy("deny", "podSelector: {}, policyTypes: [Ingress, Egress]")
    #expect(try found(deny + Written.pod("api")) == [])
    let one = "{to: [{ipBlock: {cidr: 192.0.2.7/32}}], ports: [{port: 5432}]}"
    #expect(try found(Written.egress("api", one)) == [])
    #expect(try found(Written.ingress("api", "{ports: [{port: 80}]}") + Written.pod("api")) == [])
    let host = Written.pod("api", more: ", hostNetwork: true")
    #expect(try found(Written.egress("api", web) + host) == [])
  }

  @Test("selectors that no labels meet are passed over")
  func impossible() throws {
    let policy = Written.policy(
      "odd",
      "podSelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: DoesNotExist}]}, policyTypes: [Egress], egress: [\(web)]"
    )
    #expect(try found(policy) == [])
  }
}
