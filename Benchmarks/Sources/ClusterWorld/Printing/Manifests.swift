public import Documents
import Kubernetes
import Traffic

/// The cluster as a team keeps it in files.
extension ClusterWorld {
  /// The policies, as objects.
  public var policyManifests: [Node] { policies.map(\.node) }

  /// The namespaces with their labels, as objects.
  public var namespaceManifests: [Node] {
    namespaces.sorted { $0.key < $1.key }.map { name, labels in
      .mapping([
        "apiVersion": .string("v1"), "kind": .string("Namespace"),
        "metadata": .mapping(["labels": Node(texts: labels), "name": .string(name)]),
      ])
    }
  }

  /// The workloads, as objects: Deployments all of them, for not every reader knows more.
  public var workloadManifests: [Node] { workloads.map(\.manifest) }
}

extension WorldWorkload {
  fileprivate var manifest: Node {
    let name = Node.string(name)
    let template = Node.mapping([
      "metadata": .mapping(["labels": Node(texts: labels)]),
      "spec": .mapping([
        "containers": .sequence([
          .mapping([
            "image": .string("registry.example.com/\(component):1.0"), "name": .string("main"),
            "ports": .sequence(
              ports.map { port in
                .mapping([
                  "containerPort": .integer(port.number), "name": .string(port.name ?? "\(port.number)"),
                  "protocol": .string(port.transport.name),
                ])
              }),
          ])
        ])
      ]),
    ])
    return .mapping([
      "apiVersion": .string("apps/v1"), "kind": .string("Deployment"),
      "metadata": .mapping(["labels": Node(texts: labels), "name": name, "namespace": .string(namespace)]),
      "spec": .mapping([
        "replicas": .integer(1), "selector": .mapping(["matchLabels": Node(texts: labels)]),
        "template": template,
      ]),
    ])
  }
}

extension Node {
  fileprivate init(texts: Labels) {
    self.init(.mapping(texts.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) }))
  }
}
