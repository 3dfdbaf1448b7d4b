public import Documents

extension NetworkPolicy {
  /// Reads an object as the API server would: with its defaults, and with what it would refuse as an error.
  ///
  /// `file` is what origins and complaints call the source. A policy without a namespace goes to `defaultNamespace`.
  /// `admission` is what else the server would know; what it refuses for that is the only complaint, as there.
  public init(
    _ node: Node, file: String, defaultNamespace: String, admission: Admission = .unknown
  ) throws(PolicyError) {
    var findings = PolicyFindings()
    let object = PolicyField(node: node, path: "")
    findings.expect(["apiVersion", "kind", "metadata", "spec"], in: object)
    findings.check(object["apiVersion"], is: "networking.k8s.io/v1", .apiVersion)
    findings.check(object["kind"], is: "NetworkPolicy", .kind)

    let metadata = PolicyField(node: node["metadata"] ?? .null, path: "metadata")
    // Only a server gives an object its identity.
    findings.isStored = metadata["uid"] != nil
    let (namespace, name) = findings.identity(metadata, defaultNamespace: defaultNamespace)
    if let flaw = admission.flaw(ofNamespace: namespace) {
      let cause = PolicyError.Cause(
        field: metadata.child("namespace"), flaw: flaw,
        position: metadata["namespace"]?.node.position ?? metadata.node.position)
      throw PolicyError(file: file, policy: "\(namespace)/\(name)", causes: OneOrMore(cause))
    }
    let labels = findings.labels(metadata["labels"])
    let annotations = findings.annotations(metadata["annotations"])

    let spec = PolicyField(node: node["spec"] ?? .null, path: "spec")
    findings.expect(["egress", "ingress", "podSelector", "policyTypes"], in: spec)
    let subject = findings.selector(spec["podSelector"]) ?? .everything
    let ingress = findings.rules(spec["ingress"], .ingress, file: file)
    let egress = findings.rules(spec["egress"], .egress, file: file)
    let isolates = findings.isolation(spec["policyTypes"], hasEgressRules: !egress.isEmpty)

    if let causes = OneOrMore(findings.causes) {
      throw PolicyError(file: file, policy: "\(namespace)/\(name)", causes: causes)
    }
    self.init(
      namespace: namespace, name: name, labels: labels, annotations: annotations, subject: subject,
      isolates: isolates, ingress: ingress, egress: egress,
      origin: Origin(file: file, line: node.position?.line))
  }
}

extension PolicyFindings {
  fileprivate mutating func check(_ field: PolicyField?, is wanted: String, _ demand: Demand) {
    guard let field, let text = text(field), text != wanted else { return }
    note(.invalid(PolicyFlaw.quoted(text), demand), at: field)
  }

  /// Namespace and name; where one is missing or not right, what there is of it.
  fileprivate mutating func identity(
    _ metadata: PolicyField, defaultNamespace: String
  ) -> (namespace: String, name: String) {
    expect(Self.metadataFields, in: metadata)
    let name = text(metadata["name"]) ?? ""
    if !name.isEmpty, let field = metadata["name"] {
      note(Syntax.subdomain(name), by: name, at: field)
    } else if metadata["name"]?.node.string != nil || metadata["name"] == nil {
      note(
        .required(.nameOrGenerateName),
        at: PolicyField(node: metadata["name"]?.node ?? metadata.node, path: "metadata.name"))
    }
    var namespace = text(metadata["namespace"]) ?? defaultNamespace
    if namespace.isEmpty { namespace = defaultNamespace }
    if let field = metadata["namespace"], !namespace.isEmpty {
      note(Syntax.namespaceName(namespace), by: namespace, at: field)
    }
    return (namespace, name)
  }

  /// The API's ObjectMeta; what is not read here changes nothing that a policy does.
  private static let metadataFields = [
    "annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers",
    "generateName", "generation", "labels", "managedFields", "name", "namespace", "ownerReferences",
    "resourceVersion", "selfLink", "uid",
  ]

  /// The isolated directions; absent means ingress, and egress where there are egress rules.
  ///
  /// An empty list is an absent one to the API server, so `egress: []` alone isolates ingress, not egress.
  fileprivate mutating func isolation(_ field: PolicyField?, hasEgressRules: Bool) -> Isolation {
    let elements = elements(of: field)
    let texts = elements.map { text($0) }
    if let field, elements.count > 2 {
      let list = texts.map { PolicyFlaw.quoted($0 ?? "") }.joined(separator: ",")
      note(.invalid("[\(list)]", .twoPolicyTypes), at: field)
      return .both
    }
    var directions: Set<PolicyDirection> = []
    for (element, text) in zip(elements, texts) {
      guard let text else { continue }
      if let direction = PolicyDirection.allCases.first(where: { $0.policyType == text }) {
        directions.insert(direction)
      } else {
        let supported = PolicyDirection.allCases.map(\.policyType)
        note(.unsupported(PolicyFlaw.quoted(text), supported: supported), at: element)
      }
    }
    switch (directions.contains(.ingress), directions.contains(.egress)) {
    case (true, true): return .both
    case (true, false): return .ingress
    case (false, true): return .egress
    case (false, false): return hasEgressRules ? .both : .ingress
    }
  }
}
