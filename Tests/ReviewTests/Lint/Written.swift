/// Manifests as tests write them: one document each, in flow style, so that a test's lines are easily counted.
enum Written {
  /// A pod with one label `app`, and the ports of its container as YAML has them.
  static func pod(
    _ app: String, in namespace: String = "shop", ports: String = "", more: String = "",
    status: String = "{}"
  ) -> String {
    labelled(app, "app: \(app)", in: namespace, ports: ports, more: more, status: status)
  }

  /// A pod with these labels.
  static func labelled(
    _ name: String, _ labels: String, in namespace: String = "shop", ports: String = "", more: String = "",
    status: String = "{}"
  ) -> String {
    """
    ---
    kind: Pod
    metadata: {name: \(name), namespace: \(namespace), labels: {\(labels)}}
    spec: {containers: [{name: main, ports: [\(ports)]}]\(more)}
    status: \(status)

    """
  }

  /// A Service in front of the pods with one label `app`.
  static func service(_ app: String, in namespace: String = "shop", ports: String, more: String = "")
    -> String
  {
    """
    ---
    kind: Service
    metadata: {name: \(app), namespace: \(namespace)\(more)}
    spec: {selector: {app: \(app)}, ports: [\(ports)]}

    """
  }

  /// A policy of five lines, the last of which is its `spec`.
  static func policy(_ name: String, in namespace: String = "shop", _ spec: String) -> String {
    """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: \(name), namespace: \(namespace)}
    spec: {\(spec)}

    """
  }

  /// A policy about the pods with one label `app`, with these rules for ingress.
  static func ingress(_ app: String, in namespace: String = "shop", _ rules: String) -> String {
    policy(app, in: namespace, "podSelector: {matchLabels: {app: \(app)}}, ingress: [\(rules)]")
  }

  /// A policy about the pods with one label `app`, with these rules for egress.
  static func egress(_ app: String, in namespace: String = "shop", _ rules: String) -> String {
    policy(
      app, in: namespace,
      "podSelector: {matchLabels: {app: \(app)}}, policyTypes: [Egress], egress: [\(rules)]")
  }

  /// The cluster's DNS: pods that listen on this port behind their Service.
  static func dns(_ port: Int = 53) -> String {
    """
    ---
    kind: Service
    metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
    spec:
      clusterIP: 10.96.0.10
      selector: {k8s-app: kube-dns}
      ports: [{port: 53, protocol: UDP, targetPort: dns}, {port: 53, targetPort: dns-tcp}]
    ---
    kind: Pod
    metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
    spec:
      containers:
      - ports: [{containerPort: \(port), name: dns, protocol: UDP}, {containerPort: \(port), name: dns-tcp}]

    """
  }

  /// A whole cluster, as far as one can tell: the namespaces that each has, and its DNS.
  static let cluster =
    ["default", "kube-node-lease", "kube-public", "kube-system"].map { name in
      "---\nkind: Namespace\nmetadata: {name: \(name)}\n"
    }.joined() + dns()
}
