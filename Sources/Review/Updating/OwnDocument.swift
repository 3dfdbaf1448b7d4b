public import Documents

/// Which documents were written here, and may be replaced.
public enum OwnDocument {
  /// The kinds that policies are written as.
  static let policyKinds: Set<String> = ["NetworkPolicy", "StagedKubernetesNetworkPolicy"]
  /// The label that every policy of ours has, and its value.
  static let mark = (key: "app.kubernetes.io/managed-by", value: "netpol-learn")

  /// Whether it is a policy of ours.
  public static func isPolicy(_ document: Node) -> Bool {
    document["kind"]?.string.map(policyKinds.contains) ?? false
      && document["metadata"]?["labels"]?[mark.key]?.string == mark.value
  }

  /// Whether it is our list of policies for Kustomize, to which nobody added what would be lost.
  public static func isList(_ document: Node) -> Bool {
    let known = ["apiVersion", "kind", "resources", "sortOptions"]
    guard document["kind"]?.string == "Kustomization",
      document.mapping?.allSatisfy({ known.contains($0.key) }) == true
    else { return false }
    return (document["resources"]?.sequence ?? []).allSatisfy { resource in
      guard let name = resource.string else { return false }
      return name.hasPrefix("networkpolicy-") && name.hasSuffix(".yaml")
    }
  }
}
