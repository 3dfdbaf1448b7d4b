import Documents
import Traffic

/// What a field that is needed must hold for it to be read.
///
/// A field that is left out, or null, says nothing. One that holds something of another form would be passed over just
/// as quietly, and an address or a port would be missing without a word.
indirect enum NeededForm: Sendable {
  case text, flag, port, portOrName, moment, address
  /// Each element is of this form.
  case list(NeededForm)
  /// The members with these names are of these forms; others are not looked at.
  case members(Fields)

  /// Members by name: so few that looking at each is quicker than looking one up.
  struct Fields: ExpressibleByDictionaryLiteral, Sendable {
    private let forms: [(name: String, form: NeededForm)]

    init(dictionaryLiteral elements: (String, NeededForm)...) {
      forms = elements.map { (name: $0.0, form: $0.1) }
    }

    subscript(name: String) -> NeededForm? { forms.first { $0.name == name }?.form }
  }

  /// A field that holds something else.
  struct Flaw {
    let field: String
    let node: Node
    let wanted: String
  }

  /// The first field of an object of this kind that holds something else, in the order of the text.
  ///
  /// Nearly every object is as it should be, so the names of fields are put together only for one that is not.
  static func flaw(in object: Node, kind: String) -> Flaw? {
    [metadata, forms[kind]].lazy.compactMap(\.self).filter { !$0.holds(object) }
      .compactMap { $0.flaw(in: object, at: "") }.first
  }
}

// How it works.
extension NeededForm {
  private var words: String {
    switch self {
    case .text: "text"
    case .flag: "true or false"
    case .port: "a port"
    case .portOrName: "a port or the name of one"
    case .moment: "a time such as `2026-11-20T09:00:00Z`"
    case .address: "an address"
    case .list: "a list"
    case .members: "a mapping"
    }
  }

  private func flaw(in node: Node, at field: String) -> Flaw? {
    if node.isNull { return nil }
    switch self {
    case .list(let element):
      guard let nodes = node.sequence else { break }
      for (place, node) in nodes.enumerated() {
        if let flaw = element.flaw(in: node, at: "\(field)[\(place)]") { return flaw }
      }
      return nil
    case .members(let forms):
      guard let members = node.mapping else { break }
      for member in members {
        guard let form = forms[member.key] else { continue }
        let inside = field.isEmpty ? member.key : "\(field).\(member.key)"
        if let flaw = form.flaw(in: member.value, at: inside) { return flaw }
      }
      return nil
    default:
      if holds(node) { return nil }
    }
    return Flaw(field: field, node: node, wanted: words)
  }

  /// Whether a value is of this form, with all that stands in it.
  ///
  /// An empty text is what a server writes for nothing, and so is port 0.
  private func holds(_ node: Node) -> Bool {
    if node.isNull { return true }
    return switch self {
    case .text: node.string != nil
    case .flag: node.bool != nil
    case .port: node.integer.flatMap { UInt16(exactly: $0) } != nil
    case .portOrName: node.string != nil || node.integer.flatMap { UInt16(exactly: $0) } != nil
    case .moment: node.string.map { $0.isEmpty || Instant($0) != nil } ?? false
    case .address: node.string.map { $0.isEmpty || Address($0) != nil } ?? false
    case .list(let element): node.sequence?.allSatisfy(element.holds) ?? false
    case .members(let forms): node.mapping?.allSatisfy { forms[$0.key]?.holds($0.value) ?? true } ?? false
    }
  }
}

// Which fields are needed.
extension NeededForm {
  private static let metadata: NeededForm = .members([
    "metadata": .members([
      "uid": .text, "resourceVersion": .text, "creationTimestamp": .moment, "deletionTimestamp": .moment,
      "ownerReferences": .list(
        .members(["apiVersion": .text, "kind": .text, "name": .text, "uid": .text, "controller": .flag])),
    ])
  ])

  private static let forms: [String: NeededForm] = [
    "Pod": .members([
      "spec": podSpec,
      "status": .members([
        "phase": .text, "podIP": .address, "podIPs": .list(.members(["ip": .address])), "startTime": .moment,
        "initContainerStatuses": .list(
          .members(["state": .members(["terminated": .members(["finishedAt": .moment])])])),
        "containerStatuses": .list(
          .members([
            "state": .members([
              "running": .members(["startedAt": .moment]),
              "terminated": .members(["startedAt": .moment, "finishedAt": .moment]),
            ])
          ])),
      ]),
    ]),
    "Service": .members([
      "spec": .members([
        "clusterIP": .text, "clusterIPs": .list(.text), "externalIPs": .list(.text), "externalName": .text,
        "externalTrafficPolicy": .text,
        "ports": .list(
          .members([
            "name": .text, "port": .port, "protocol": .text, "targetPort": .portOrName, "nodePort": .port,
          ])),
      ]),
      "status": .members([
        "loadBalancer": .members(["ingress": .list(.members(["ip": .address, "hostname": .text]))])
      ]),
    ]),
    "EndpointSlice": .members(["endpoints": .list(.members(["addresses": .list(.text)])), "ports": endPorts]),
    "Endpoints": .members([
      "subsets": .list(
        .members([
          "addresses": .list(.members(["ip": .address])),
          "notReadyAddresses": .list(.members(["ip": .address])), "ports": endPorts,
        ]))
    ]),
    "Node": .members([
      "spec": .members(["podCIDR": .text, "podCIDRs": .list(.text)]),
      "status": .members([
        "addresses": .list(.members(["address": .text])), "nodeInfo": .members(["kubeletVersion": .text]),
      ]),
    ]),
    "Deployment": maker, "ReplicaSet": maker, "StatefulSet": maker, "DaemonSet": maker, "Job": maker,
    "ReplicationController": maker, "Rollout": maker,
    "CronJob": .members(["spec": .members(["jobTemplate": maker])]),
    "ServiceMonitor": monitor("endpoints"), "VMServiceScrape": monitor("endpoints"),
    "PodMonitor": monitor("podMetricsEndpoints"), "VMPodScrape": monitor("podMetricsEndpoints"),
    "ValidatingWebhookConfiguration": webhooks, "MutatingWebhookConfiguration": webhooks,
    "APIService": .members(["spec": called]),
    "CustomResourceDefinition": .members([
      "spec": .members([
        "conversion": .members(["strategy": .text, "webhook": .members(["clientConfig": called])])
      ])
    ]),
  ]

  private static let endPorts: NeededForm = .list(
    .members(["name": .text, "port": .port, "protocol": .text]))

  private static let container: NeededForm = .members([
    "ports": .list(
      .members([
        "name": .text, "containerPort": .port, "protocol": .text, "hostPort": .port, "hostIP": .address,
      ])),
    "livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
  ])

  private static let probe: NeededForm = .members([
    "httpGet": .members(["port": .portOrName]), "tcpSocket": .members(["port": .portOrName]),
    "grpc": .members(["port": .port]),
  ])

  private static let podSpec: NeededForm = .members([
    "nodeName": .text, "hostNetwork": .flag, "containers": .list(container),
    "initContainers": .list(container),
  ])

  private static let maker: NeededForm = .members([
    "spec": .members([
      "template": .members(["spec": podSpec]),
      "workloadRef": .members(["kind": .text, "name": .text]),
    ])
  ])

  private static func monitor(_ endpoints: String) -> NeededForm {
    .members([
      "spec": .members([
        "namespaceSelector": .members(["any": .flag, "matchNames": .list(.text)]),
        endpoints: .list(
          .members(["port": .text, "portNumber": .port, "targetPort": .portOrName])),
      ])
    ])
  }

  private static let webhooks: NeededForm = .members([
    "webhooks": .list(.members(["clientConfig": called]))
  ])

  private static let called: NeededForm = .members([
    "service": .members(["namespace": .text, "name": .text, "port": .port])
  ])
}
